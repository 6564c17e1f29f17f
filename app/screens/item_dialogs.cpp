#include "app/screens/item_dialogs.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>

namespace adal::screens {
namespace {

using namespace widgets;
constexpr float dialog_width = 640, padding = 32, button_height = 64;

/// A question with two ways out: the careful one at the left, the primary at the right.
struct Question {
    Icon icon{};
    std::string title;
    std::vector<std::string> sentences;
    Button left, right;
    Intent left_intent, right_intent;
};

std::vector<std::string> before_submitting(const ItemScreen& screen, const Words& words)
{
    std::vector<std::string> sentences;
    if (screen.unanswered == 0) sentences.push_back(words("screen.item.submit.complete"));
    if (screen.unanswered > 0) sentences.push_back(words("screen.item.submit.unanswered", {{"n", std::to_string(screen.unanswered)}}));
    if (screen.flagged > 0) sentences.push_back(words("screen.item.submit.flagged", {{"n", std::to_string(screen.flagged)}}));
    sentences.push_back(words("screen.item.submit.note"));
    return sentences;
}

Question submit_question(const ItemScreen& screen, const Words& words)
{
    return {.icon = Icon::Test,
            .title = words("screen.item.submit.title"),
            .sentences = before_submitting(screen, words),
            .left = {.id = "dialog.stay", .label = words("screen.item.submit.stay")},
            .right = {.id = "dialog.submit", .label = words("screen.item.submit.confirm"), .kind = Kind::Primary},
            .left_intent = StayInTest{},
            .right_intent = SubmitTest{}};
}

Question leave_question(const Words& words)
{
    return {.icon = Icon::Door,
            .title = words("screen.item.leave.title"),
            .sentences = {words("screen.item.leave.text")},
            .left = {.id = "dialog.leave", .label = words("screen.item.leave.confirm")},
            .right = {.id = "dialog.stay", .label = words("screen.item.leave.stay"), .kind = Kind::Primary},
            .left_intent = LeaveTest{},
            .right_intent = StayInTest{}};
}

Stack told_by(Frame& f, float width, const Question& question)
{
    constexpr float tile_room = 48 + 16;
    Stack stack(f, width);
    const float title = text_height(f, width - tile_room, question.title, {Type::DialogTitle});
    stack.part(std::max(48.F, title), 16, [&f, &question, title](Rect where) {
        tile(f, where.cut_left(48, 16).with_height(48), question.icon, Tone::Copper);
        text(f, where.centred(where.w, title), question.title, {Type::DialogTitle});
    });
    for (const auto& sentence : question.sentences) stack.text(sentence, {Type::Body}, 8);
    return stack;
}

/// The two side by side, or one below the other where the words are too long.
bool are_beside(Frame& f, float width, const Question& question)
{
    return button_width(f, question.left) + 16 + button_width(f, question.right) <= width;
}

std::optional<Intent> draw_buttons(Frame& f, Rect place, const Question& question)
{
    const float wanted = button_width(f, question.left);
    Rect left = place;
    if (are_beside(f, place.w, question))
        left = place.cut_left(wanted, 16);
    else
        left = place.cut_bottom(button_height, 12);
    std::optional<Intent> intent;
    if (button(f, left, question.left)) intent = question.left_intent;
    if (button(f, place, question.right)) intent = question.right_intent;
    return intent;
}

std::optional<Intent> ask(Frame& f, const Question& question)
{
    const float width = std::min(dialog_width, f.screen().w - 2 * f.margin()), inner = width - 2 * padding;
    const Stack told = told_by(f, inner, question);
    const float buttons = are_beside(f, inner, question) ? button_height : 2 * button_height + 12;
    Dialog dialog(f, "dialog", question.title, told.height() + 28 + buttons + 2 * padding, width);
    Rect inside = dialog.inside();
    auto intent = draw_buttons(f, inside.cut_bottom(buttons, 28), question);
    told.draw(inside);
    if (f.key(window::Key::Escape)) intent = StayInTest{};
    return intent;
}
} // namespace

std::optional<Intent> draw_item_dialog(Frame& f, const ItemScreen& screen, const Words& words)
{
    if (screen.dialog == TestDialog::Submit) return ask(f, submit_question(screen, words));
    if (screen.dialog == TestDialog::Leave) return ask(f, leave_question(words));
    return std::nullopt;
}

} // namespace adal::screens
