#include "app/widgets/frame.hpp"
#include "app/widgets/state.hpp"
#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace adal::widgets {

namespace {
constexpr float page_fade_seconds = 0.12F;
constexpr float release_slack = 8; // a finger rolls a little
} // namespace

Frame::Frame(const window::Shot& shot, const Settings& settings, State& state, Registry& registry)
    : shot_(shot), theme_(settings), state_(state), registry_(registry)
{}

void Frame::show(Part part)
{
    part.layer = layer_;
    part.visible = part.rect.intersected(paint().clip());
    part.scrolled = !state_.scroll_stack.empty();
    registry_.add(std::move(part));
}

Touch Frame::touch(Part part)
{
    part.pressable = true;
    part.focused = state_.focused == part.id;
    const bool live = part.enabled && on_top();
    const Rect reach = part.rect.grown(part.reach).intersected(paint().clip());
    if (live) {
        state_.stops_now.push_back({part.id, part.rect, layer_, part.role == Role::Field});
        if (part.focused && part.role == Role::Field) state_.typing_now = true;
        if (state_.reveal == part.id) {
            if (!state_.scroll_stack.empty()) state_.scrolls[state_.scroll_stack.back().first].jump = part.id;
        }
    }
    Touch touch;
    const bool over = reach.contains(input().pointer);
    if (live && input().pressed && over) { // a part drawn later lies above, so it wins
        state_.pressed = part.id;
        state_.press_at = input().pointer;
        state_.focused = part.id;
        state_.ring = false;
    }
    const bool mine = live && state_.pressed == part.id && !input().pressed;
    touch.held = live && state_.pressed == part.id && input().down && over;
    touch.ring = live && state_.ring && part.focused;
    touch.clicked = (mine && input().released && reach.grown(release_slack).contains(input().pointer)) ||
                    (touch.ring && part.role != Role::Field &&
                     (input().has(window::Key::Enter) || input().has(window::Key::Space)));
    if (touch.clicked) again();
    show(std::move(part));
    return touch;
}

bool Frame::listening() const { return on_top(); }

bool Frame::key(window::Key key) const
{
    using window::Key;
    const bool typed_into =
        state_.typing && key != Key::Escape && key != Key::Service && key != Key::Tab && key != Key::BackTab;
    return on_top() && !typed_into && input().has(key);
}

void Frame::focus(std::string_view id)
{
    if (state_.focused == id) return;
    state_.focused = id;
    state_.reveal = id;
    again();
}

bool Frame::has_focus(std::string_view id) const { return state_.focused == id; }

float Frame::fade(std::string_view id, bool on, float seconds)
{
    const float target = on ? 1 : 0;
    const auto known = state_.fades.find(id);
    if (known == state_.fades.end()) return state_.fades[std::string(id)] = target;
    float& now = known->second;
    if (theme_.settings().less_motion || seconds <= 0) now = target;
    const float step = shot_.seconds / seconds;
    now = now < target ? std::min(target, now + step) : std::max(target, now - step);
    if (now != target) again();
    return now;
}

void Frame::again() { *shot_.more = true; }

void Frame::push_layer() { state_.layers_now = std::max(state_.layers_now, ++layer_); }
void Frame::pop_layer() { --layer_; }
bool Frame::on_top() const { return layer_ == state_.top_layer; }

Ui::Ui() : state_(std::make_unique<State>())
{
    if (const char* file = std::getenv("ADAL_WIDGETS_DUMP"); file != nullptr) dump_file_ = file;
}

Ui::~Ui() = default;

void Ui::reveal(std::string_view id) { state_->reveal = id; }

void Ui::draw(const window::Shot& shot, const Settings& settings, std::string_view page_name, const Page& page)
{
    auto& s = *state_;
    if (page_ != page_name) {
        s.page_fade = page_.empty() || settings.less_motion ? 0 : 1;
        s.forget_page();
        page_ = page_name;
    }
    s.move_focus(shot.input);
    s.stops_now.clear();
    s.scroll_stack.clear();
    s.layers_now = 0;
    s.typing_now = false;
    registry_.clear();
    Frame frame(shot, settings, s, registry_);
    page(frame);

    s.stops.swap(s.stops_now);
    s.typing = s.typing_now;
    if (s.layers_now != s.top_layer) frame.again(); // a dialog came or went: what is live has changed
    if (s.layers_now != s.top_layer && s.ring) s.focused.clear();
    s.top_layer = s.layers_now;
    if (!shot.input.down) s.pressed.clear();
    if (s.page_fade > 0) {
        shot.paint.fill(shot.screen, frame(Token::Ground).faded(s.page_fade));
        s.page_fade -= shot.seconds / page_fade_seconds;
        frame.again();
    }
    dump();
}

void Ui::dump()
{
    if (dump_file_.empty()) return;
    auto now = registry_.to_json();
    if (now == dumped_) return;
    const auto beside = dump_file_ + ".new"; // a script never reads half a list
    std::ofstream(beside) << now << '\n';
    std::rename(beside.c_str(), dump_file_.c_str());
    dumped_ = std::move(now);
}

} // namespace adal::widgets
