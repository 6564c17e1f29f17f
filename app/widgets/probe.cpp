#include "app/widgets/probe.hpp"
#include <cstdio>
#include <cstdlib>

namespace adal::widgets {

namespace {

window::Headless open_or_stop(Size size)
{
    auto stage = window::Headless::open(size);
    if (!stage) { // a test without its typeface proves nothing
        std::fprintf(stderr, "%s\n", stage.error().message().c_str());
        std::abort();
    }
    return std::move(stage).value();
}

} // namespace

Probe::Probe(Size size, Page page, Settings settings)
    : size_(size), page_(std::move(page)), settings_(settings), stage_(open_or_stop(size))
{
    settle();
}

window::Draw Probe::drawing()
{
    return [this](const window::Shot& shot) { ui_.draw(shot, settings_, "test", page_); };
}

void Probe::frame() { stage_.frame(drawing()); }
void Probe::settle() { stage_.settle(drawing()); }

bool Probe::click(std::string_view id)
{
    const auto* part = find(id);
    if (part == nullptr || !part->pressable || !part->enabled || part->layer != registry().top_layer()) return false;
    if (part->scrolled && part->visible != part->rect) {
        ui_.reveal(id);
        settle();
        part = find(id);
    }
    if (part == nullptr || part->visible.empty()) return false;
    click_at(part->visible.centre());
    return true;
}

void Probe::click_at(Point at) { stage_.click(at, drawing()); }

void Probe::drag(Point from, Point to)
{
    stage_.push(window::PointerPressed{from});
    frame();
    for (int i = 1; i <= 8; ++i) {
        const float share = static_cast<float>(i) / 8;
        stage_.push(window::PointerMoved{{from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share}});
        frame();
    }
    stage_.push(window::PointerReleased{to});
    settle();
}

void Probe::press(window::Key key) { stage_.press(key, drawing()); }
void Probe::type(std::string_view utf8) { stage_.type(utf8, drawing()); }

void Probe::resize(Size size)
{
    size_ = size;
    stage_.resize(size);
    settle();
}

std::string Probe::focused() const
{
    for (const auto& part : registry().parts())
        if (part.focused) return part.id;
    return {};
}

} // namespace adal::widgets
