#include "app/widgets/scroll.hpp"
#include "app/widgets/state.hpp"
#include <cmath>

namespace adal::widgets {

namespace {

using window::Key;

constexpr float bar_room = 16, bar_width = 6;
constexpr float drag_threshold = 8, wheel_step = 90, line_step = 64;
constexpr float friction = 4, slowest = 24; // a second, pixels a second
constexpr float air = 24;                   // left around what is brought into sight

float last(const ScrollState& s, float view) { return std::max(0.F, s.content - view); }
void settle(ScrollState& s, float view) { s.offset = std::clamp(s.offset, 0.F, last(s, view)); }

void hear_keys(const Frame& f, const State& state, ScrollState& s, float view)
{
    const bool arrows = !state.ring;
    if (arrows && f.key(Key::Down)) s.offset += line_step;
    if (arrows && f.key(Key::Up)) s.offset -= line_step;
    if (f.key(Key::PageDown)) s.offset += view * 0.9F;
    if (f.key(Key::PageUp)) s.offset -= view * 0.9F;
    if (f.key(Key::Home)) s.offset = 0;
    if (f.key(Key::End)) s.offset = last(s, view);
}

void hear_finger(Frame& f, State& state, ScrollState& s, const Rect& view)
{
    const auto& in = f.input();
    if (in.pressed && view.contains(in.pointer)) {
        s.held = true;
        s.velocity = 0;
        s.drag_offset = s.offset;
        state.press_at = in.pointer;
    }
    const float moved = state.press_at.y - in.pointer.y;
    if (s.held && in.down && !s.dragging && std::abs(moved) > drag_threshold && s.content > view.h) {
        s.dragging = true;
        state.pressed.clear(); // it was no tap
    }
    if (s.dragging && in.down) {
        const float before = s.offset;
        s.offset = s.drag_offset + moved;
        settle(s, view.h);
        if (f.seconds() > 0) s.velocity = 0.7F * (s.offset - before) / f.seconds() + 0.3F * s.velocity;
    }
    if (!in.down) s.held = s.dragging = false;
}

void coast(Frame& f, ScrollState& s, float view)
{
    if (s.dragging || std::abs(s.velocity) < slowest || f.theme().settings().less_motion) {
        if (!s.dragging) s.velocity = 0;
        return;
    }
    s.offset += s.velocity * f.seconds();
    s.velocity *= std::exp(-friction * f.seconds());
    if (s.offset <= 0 || s.offset >= last(s, view)) s.velocity = 0;
    f.again();
}

void bar(Frame& f, const Rect& view, const ScrollState& s)
{
    if (s.content <= view.h + 0.5F) return;
    const Rect track{view.right() - bar_width - 2, view.y + 8, bar_width, view.h - 16};
    const float size = std::max(48.F, track.h * view.h / s.content);
    const float at = (track.h - size) * s.offset / last(s, view.h);
    f.paint().fill(track, f(Token::Line), bar_width / 2);
    f.paint().fill({track.x, track.y + at, track.w, size}, f(Token::Edge), bar_width / 2);
}

} // namespace

Scroll::Scroll(Frame& f, std::string_view id, const Rect& view)
    : f_(f), id_(id), view_(view), is_new_(!f.state().scrolls.contains(id))
{
    auto& state = f.state();
    auto& s = state.scrolls[id_];
    if (f.on_top()) {
        hear_keys(f, state, s, view.h);
        hear_finger(f, state, s, view);
        if (view.contains(f.input().pointer)) s.offset -= f.input().wheel * wheel_step;
        coast(f, s, view.h);
    }
    settle(s, view.h);
    inside_ = {view.x, std::round(view.y - s.offset), view.w - bar_room, 1e6F};
    f.show({.id = id_, .label = {}, .role = Role::Scroll, .rect = view});
    f.paint().push_clip(view);
    state.scroll_stack.emplace_back(id_, view);
}

Scroll::~Scroll()
{
    f_.state().scroll_stack.pop_back();
    f_.paint().pop_clip();
    bar(f_, view_, f_.state().scrolls[id_]);
}

bool Scroll::sees(const Rect& part) const { return !part.intersected(view_.grown(200)).empty(); }

void Scroll::end(float bottom)
{
    auto& s = f_.state().scrolls[id_];
    const float content = bottom - inside_.y;
    if (std::abs(content - s.content) > 0.5F) f_.again();
    s.content = content;
    if (s.offset + view_.h >= content - 2) s.reached_end = true;
    const auto& wanted = s.jump;
    if (wanted.empty()) return;
    for (const auto& stop : f_.state().stops_now)
        if (stop.id == wanted) bring(stop.rect);
    s.jump.clear();
    f_.state().reveal.clear();
}

bool Scroll::reached_end() const { return f_.state().scrolls[id_].reached_end; }

void Scroll::bring(const Rect& part)
{
    auto& s = f_.state().scrolls[id_];
    const float before = s.offset;
    if (part.y < view_.y + air)
        s.offset -= view_.y + air - part.y;
    else if (part.bottom() > view_.bottom() - air)
        s.offset += std::min(part.bottom() - view_.bottom() + air, part.y - view_.y - air);
    s.offset = std::max(0.F, s.offset);
    if (std::abs(s.offset - before) > 0.5F) f_.again();
}

void Scroll::jump(const Rect& part)
{
    f_.state().scrolls[id_].offset = std::max(0.F, part.y - inside_.y);
    f_.again();
}

void Scroll::to_top()
{
    f_.state().scrolls[id_].offset = 0;
    f_.again();
}

} // namespace adal::widgets
