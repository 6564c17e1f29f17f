#include "app/window/canvas.hpp"
#include <cmath>
#include <numbers>

namespace adal::window {

namespace {

ImVec2 vec(Point p) { return {p.x, p.y}; }
ImU32 packed(Colour c) { return IM_COL32(c.r, c.g, c.b, c.a); }
ImTextureID texture_id(std::uint64_t texture)
{
    return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture));
}

float clockwise(float turn) { return (turn - 0.25F) * 2 * std::numbers::pi_v<float>; }

std::size_t mix(std::size_t seed, const void* bytes, std::size_t size)
{
    return seed * 1099511628211U ^ std::hash<std::string_view>{}({static_cast<const char*>(bytes), size});
}

} // namespace

Canvas::Canvas(Glyphs glyphs, std::filesystem::path icons, Textures& textures)
    : textures_(textures), glyphs_(std::move(glyphs)), icons_(std::move(icons)), pictures_(textures), list_(&shared_)
{
    shared_.SetCircleTessellationMaxError(0.1F);
    shared_.CurveTessellationTol = 0.5F;
    shared_.TexUvWhitePixel = {Atlas::white_u, Atlas::white_v};
    shared_.InitialFlags =
        ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedFill | ImDrawListFlags_AllowVtxOffset;
    atlas_texture_ = textures_.make(Atlas::side, Atlas::side, 1, atlas_.pixels().data());
    atlas_.take_changes();
}

Canvas::~Canvas() { textures_.drop(atlas_texture_); }

void Canvas::begin(Size display)
{
    display_ = display;
    shared_.ClipRectFullscreen = {0, 0, display.w, display.h};
    list_._ResetForNewFrame();
    list_.PushTextureID(texture_id(atlas_texture_));
    list_.PushClipRectFullScreen();
    clips_.assign(1, Rect{0, 0, display.w, display.h});
}

ImDrawData* Canvas::end(bool& incomplete)
{
    if (const auto part = atlas_.take_changes()) {
        const auto* first = &atlas_.pixels()[static_cast<std::size_t>(part->y * Atlas::side + part->x)];
        textures_.change(atlas_texture_, *part, first, Atlas::side);
    }
    incomplete = atlas_.full();
    if (incomplete) {
        atlas_.clear();
        glyphs_.forget();
        icons_.forget();
        shadows_.forget();
    }
    list_._PopUnusedDrawCmd();
    data_.Clear();
    lists_[0] = &list_;
    data_.Valid = true;
    data_.CmdLists = static_cast<ImDrawList**>(lists_);
    data_.CmdListsCount = 1;
    data_.TotalIdxCount = list_.IdxBuffer.Size;
    data_.TotalVtxCount = list_.VtxBuffer.Size;
    data_.DisplaySize = {display_.w, display_.h};
    data_.FramebufferScale = {1, 1};
    return &data_;
}

std::size_t Canvas::fingerprint() const
{
    std::size_t seed = mix(0, &display_, sizeof display_);
    seed = mix(seed, list_.VtxBuffer.Data, static_cast<std::size_t>(list_.VtxBuffer.size_in_bytes()));
    for (const auto& command : list_.CmdBuffer) {
        seed = mix(seed, &command.ClipRect, sizeof command.ClipRect);
        seed = mix(seed, &command.TextureId, sizeof command.TextureId);
        seed = mix(seed, &command.ElemCount, sizeof command.ElemCount);
    }
    return seed;
}

void Canvas::fill(const Rect& area, Colour colour, float radius)
{
    if (area.empty()) return;
    list_.AddRectFilled({area.x, area.y}, {area.right(), area.bottom()}, packed(colour), radius);
}

void Canvas::border(const Rect& area, Colour colour, float width, float radius)
{
    const Rect middle = area.inset(width / 2);
    list_.PathRect({middle.x, middle.y}, {middle.right(), middle.bottom()}, std::max(0.F, radius - width / 2));
    list_.PathStroke(packed(colour), ImDrawFlags_Closed, width);
}

void Canvas::shadow(const Rect& area, Shadow kind, float radius)
{
    const auto* s = shadows_.find(kind, static_cast<int>(std::lround(radius)), atlas_);
    if (s == nullptr) return;
    const Rect outer = area.grown(s->reach);
    const float cx = std::min(s->corner, outer.w / 2),
                cy = std::min(s->corner, outer.h / 2); // a small shape takes less of each corner
    const float xs[4] = {outer.x, outer.x + cx, outer.right() - cx, outer.right()};
    const float ys[4] = {outer.y, outer.y + cy, outer.bottom() - cy, outer.bottom()};
    const auto atlas_x = [&](float d) { return (static_cast<float>(s->spot.x) + d) / Atlas::side; };
    const auto atlas_y = [&](float d) { return (static_cast<float>(s->spot.y) + d) / Atlas::side; };
    const auto w = static_cast<float>(s->spot.w), h = static_cast<float>(s->spot.h);
    const float us[4] = {atlas_x(0), atlas_x(cx / s->scale), atlas_x(w - cx / s->scale), atlas_x(w)};
    const float vs[4] = {atlas_y(0), atlas_y(cy / s->scale), atlas_y(h - cy / s->scale), atlas_y(h)};
    list_.PrimReserve(9 * 6, 9 * 4);
    for (int i = 0; i < 9; ++i) {
        const int x = i % 3, y = i / 3;
        list_.PrimRectUV({xs[x], ys[y]}, {xs[x + 1], ys[y + 1]}, {us[x], vs[y]}, {us[x + 1], vs[y + 1]},
                         packed(s->colour));
    }
}

void Canvas::line(Point from, Point to, Colour colour, float width, bool round_ends)
{
    const ImVec2 points[2] = {vec(from), vec(to)};
    list_.AddPolyline(static_cast<const ImVec2*>(points), 2, packed(colour), 0, width);
    if (!round_ends) return;
    list_.AddCircleFilled(vec(from), width / 2, packed(colour));
    list_.AddCircleFilled(vec(to), width / 2, packed(colour));
}

void Canvas::curve(Point from, Point control_a, Point control_b, Point to, Colour colour, float width)
{
    list_.AddBezierCubic(vec(from), vec(control_a), vec(control_b), vec(to), packed(colour), width, 32);
}

void Canvas::circle(Point centre, float radius, Colour colour)
{
    list_.AddCircleFilled(vec(centre), radius, packed(colour));
}

void Canvas::ring(Point centre, float radius, Colour colour, float width)
{
    list_.PathArcTo(vec(centre), radius - width / 2, 0, 2 * std::numbers::pi_v<float>);
    list_._Path.Size--; // the last point is the first one
    list_.PathStroke(packed(colour), ImDrawFlags_Closed, width);
}

void Canvas::arc(Point centre, float radius, float from_turn, float to_turn, Colour colour, float width)
{
    if (to_turn <= from_turn) return;
    const int steps = std::max(4, static_cast<int>(std::ceil((to_turn - from_turn) * radius)));
    list_.PathArcTo(vec(centre), radius - width / 2, clockwise(from_turn), clockwise(to_turn), steps);
    list_.PathStroke(packed(colour), 0, width);
}

void Canvas::piece(const Spot& spot, const Rect& area, Colour colour)
{
    constexpr auto side = static_cast<float>(Atlas::side);
    const ImVec2 from{static_cast<float>(spot.x) / side, static_cast<float>(spot.y) / side};
    const ImVec2 to{static_cast<float>(spot.x + spot.w) / side, static_cast<float>(spot.y + spot.h) / side};
    list_.PrimReserve(6, 4);
    list_.PrimRectUV({area.x, area.y}, {area.right(), area.bottom()}, from, to, packed(colour));
}

void Canvas::icon(Icon icon, Point centre, int size, Colour colour)
{
    const auto spot = icon == Icon::None ? std::nullopt : icons_.find(icon, size, atlas_);
    if (!spot) return;
    const auto half = static_cast<float>(spot->w) / 2;
    const Rect area{std::round(centre.x - half), std::round(centre.y - half), 2 * half, 2 * half};
    if (!area.intersected(clip()).empty()) piece(*spot, area, colour);
}

void Canvas::textured(std::uint64_t texture, const Rect& area, float radius)
{
    if (texture == 0) return;
    list_.AddImageRounded(texture_id(texture), {area.x, area.y}, {area.right(), area.bottom()}, {0, 0}, {1, 1},
                          IM_COL32_WHITE, radius);
}

void Canvas::picture(const std::filesystem::path& file, const Rect& area, float radius, Point focus)
{
    const int w = static_cast<int>(std::lround(area.w)), h = static_cast<int>(std::lround(area.h));
    textured(pictures_.find(file, w, h, focus), area, radius);
}

void Canvas::picture(const Pixels& pixels, const Rect& area, float radius, Point focus)
{
    const int w = static_cast<int>(std::lround(area.w)), h = static_cast<int>(std::lround(area.h));
    textured(pictures_.find(pixels, w, h, focus), area, radius);
}

void Canvas::text(Point baseline, std::string_view utf8, Font font, Colour colour)
{
    const Rect seen = clip();
    const float y = std::round(baseline.y);
    if (y + static_cast<float>(font.size) < seen.y || y - 2 * static_cast<float>(font.size) > seen.bottom()) return;
    float pen = baseline.x;
    while (!utf8.empty()) {
        const char32_t letter = next_letter(utf8);
        const float quarters = std::round(pen * 4), whole = std::floor(quarters / 4);
        const auto* glyph = glyphs_.find(letter, font, static_cast<int>(quarters - whole * 4), atlas_);
        if (glyph != nullptr && !glyph->blank) {
            const Rect area{whole + static_cast<float>(glyph->left), y - static_cast<float>(glyph->top),
                            static_cast<float>(glyph->spot.w), static_cast<float>(glyph->spot.h)};
            piece(glyph->spot, area, colour);
        }
        pen += glyphs_.advance(letter, font);
    }
}

float Canvas::text_width(std::string_view utf8, Font font) const
{
    float width = 0;
    while (!utf8.empty()) width += glyphs_.advance(next_letter(utf8), font);
    return width;
}

void Canvas::push_clip(const Rect& area)
{
    clips_.push_back(area.intersected(clips_.back()));
    const auto& c = clips_.back();
    list_.PushClipRect({c.x, c.y}, {c.right(), c.bottom()}, false);
}

void Canvas::pop_clip()
{
    clips_.pop_back();
    list_.PopClipRect();
}

} // namespace adal::window
