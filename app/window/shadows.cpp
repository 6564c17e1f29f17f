#include "app/window/shadows.hpp"
#include <array>
#include <cmath>
#include <vector>

namespace adal::window {

namespace {

struct Layer {
    float down, blur, strength;
};
struct Recipe {
    std::array<Layer, 2> layers;
    Colour colour;
    float scale; // the widest blur is smooth enough for half the pixels
};

const Recipe& recipe(Shadow kind)
{
    static const Recipe rest{{{{1, 2, 0.05F}, {4, 16, 0.06F}}}, Colour::hex(0x3C2D19), 1};
    static const Recipe raised{{{{2, 6, 0.16F}, {16, 48, 0.24F}}}, Colour::hex(0x1C1A17), 2};
    static const Recipe primary{{{{2, 4, 0.18F}, {6, 16, 0.16F}}}, Colour::hex(0x083A37), 1};
    return kind == Shadow::Rest ? rest : kind == Shadow::Raised ? raised : primary;
}

using Field = std::vector<float>; // side x side

/// How much of the pixel lies inside the rounded square.
float coverage(float x, float y, float inset, float side, float radius)
{
    const float half = side / 2 - inset;
    const float dx = std::max(0.F, std::abs(x - side / 2) - (half - radius));
    const float dy = std::max(0.F, std::abs(y - side / 2) - (half - radius));
    return std::clamp(radius - std::hypot(dx, dy) + 0.5F, 0.F, 1.F);
}

void box_blur_rows(Field& field, int side, int reach)
{
    Field line(static_cast<std::size_t>(side));
    const auto at = [&](int i) { return i < 0 || i >= side ? 0.F : line[static_cast<std::size_t>(i)]; };
    for (int row = 0; row < side; ++row) {
        float* out = &field[static_cast<std::size_t>(row * side)];
        std::copy(out, out + side, line.begin());
        float sum = 0;
        for (int i = -reach; i <= reach; ++i) sum += at(i);
        for (int i = 0; i < side; ++i) {
            out[i] = sum / static_cast<float>(2 * reach + 1);
            sum += at(i + reach + 1) - at(i - reach);
        }
    }
}

void transpose(Field& field, int side)
{
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < y; ++x)
            std::swap(field[static_cast<std::size_t>(y * side + x)], field[static_cast<std::size_t>(x * side + y)]);
}

/// Three box blurs are a Gaussian to the eye.
void blur(Field& field, int side, float sigma)
{
    const int reach = static_cast<int>(std::round((std::sqrt(4 * sigma * sigma + 1) - 1) / 2));
    for (int axis = 0; axis < 2; ++axis) {
        for (int pass = 0; pass < 3; ++pass) box_blur_rows(field, side, reach);
        transpose(field, side);
    }
}

struct Shape {
    int side;
    float reach, corner, radius; // in atlas pixels
};

Field layer_field(const Layer& layer, const Shape& shape, float scale)
{
    Field mask(static_cast<std::size_t>(shape.side * shape.side));
    const auto side = static_cast<float>(shape.side);
    for (int y = 0; y < shape.side; ++y)
        for (int x = 0; x < shape.side; ++x)
            mask[static_cast<std::size_t>(y * shape.side + x)] =
                coverage(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F, shape.reach, side, shape.radius);
    blur(mask, shape.side, layer.blur / 2 / scale);
    return mask;
}

} // namespace

const ShadowPiece* Shadows::find(Shadow kind, int radius, Atlas& atlas)
{
    const auto known = cache_.find({kind, radius});
    if (known != cache_.end()) return &known->second;
    const auto& r = recipe(kind);
    const auto& wide = r.layers[1];
    Shape shape{};
    shape.radius = static_cast<float>(radius) / r.scale;
    shape.reach = std::ceil((wide.down + 1.5F * wide.blur) / r.scale);
    shape.corner = shape.reach + std::ceil(shape.radius + 1.5F * wide.blur / r.scale);
    shape.side = 2 * static_cast<int>(shape.corner) + 1;

    Field clear(static_cast<std::size_t>(shape.side * shape.side), 1.F); // what shines through
    for (const auto& layer : r.layers) {
        const auto field = layer_field(layer, shape, r.scale);
        const int down = static_cast<int>(std::round(layer.down / r.scale));
        for (int y = down; y < shape.side; ++y)
            for (int x = 0; x < shape.side; ++x)
                clear[static_cast<std::size_t>(y * shape.side + x)] *=
                    1 - layer.strength * field[static_cast<std::size_t>((y - down) * shape.side + x)];
    }
    const float strongest = 1 - (1 - r.layers[0].strength) * (1 - r.layers[1].strength);
    std::vector<std::uint8_t> alpha;
    alpha.reserve(clear.size());
    for (const float c : clear)
        alpha.push_back(static_cast<std::uint8_t>(std::lround(std::min(1.F, (1 - c) / strongest) * 255)));
    const auto spot = atlas.add(shape.side, shape.side, alpha.data());
    if (!spot) return nullptr;
    const ShadowPiece piece{*spot, r.scale, shape.corner * r.scale, shape.reach * r.scale, r.colour.faded(strongest)};
    return &cache_.emplace(std::pair{kind, radius}, piece).first->second;
}

} // namespace adal::window
