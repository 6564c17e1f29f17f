#include "app/window/headless.hpp"
#include "app/window/assets.hpp"
#include "app/window/canvas.hpp"

namespace adal::window {

struct Headless::Impl {
    Impl(Glyphs glyphs, Size display) : canvas(std::move(glyphs), assets_folder() / "icons", textures), size(display) {}
    NoTextures textures;
    Canvas canvas;
    InputQueue queue;
    Size size;

    bool frame(const Draw& draw)
    {
        const auto input = queue.take();
        bool more = false, incomplete = false;
        canvas.begin(size);
        draw(Shot{canvas, input, {0, 0, size.w, size.h}, 1.F / 60, &more});
        canvas.end(incomplete);
        return more || incomplete;
    }
};

Headless::Headless(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Headless::Headless(Headless&&) noexcept = default;
Headless& Headless::operator=(Headless&&) noexcept = default;
Headless::~Headless() = default;

Expected<Headless> Headless::open(Size size)
{
    const auto folder = fonts_folder();
    if (!folder) return folder.error();
    auto glyphs = Glyphs::open(*folder);
    if (!glyphs) return glyphs.error();
    return Headless(std::make_unique<Impl>(std::move(glyphs).value(), size));
}

void Headless::push(Event event) { impl_->queue.push(std::move(event)); }
void Headless::frame(const Draw& draw) { impl_->frame(draw); }
void Headless::resize(Size size) { impl_->size = size; }

void Headless::settle(const Draw& draw)
{
    int quiet = 0; // what a tap changes is drawn by the frame after it, and that one may still ask for more
    for (int i = 0; i < 200 && quiet < 2; ++i) {
        const bool waiting = !impl_->queue.empty();
        quiet = impl_->frame(draw) || waiting ? 0 : quiet + 1;
    }
}

void Headless::click(Point at, const Draw& draw)
{
    push(PointerMoved{at});
    push(PointerPressed{at});
    push(PointerReleased{at});
    settle(draw);
}

void Headless::press(Key key, const Draw& draw)
{
    push(KeyPressed{key});
    settle(draw);
}

void Headless::type(std::string_view utf8, const Draw& draw)
{
    push(Typed{std::string(utf8)});
    settle(draw);
}

} // namespace adal::window
