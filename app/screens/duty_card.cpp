#include "app/screens/duty_card.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/parts.hpp"

namespace adal::screens {
namespace {

using namespace widgets;
using sync::DutyState;
constexpr float side = 20;

float above(CardSetting setting) { return setting == CardSetting::Close ? 12 : 16; }
float below(CardSetting setting) { return setting == CardSetting::Close ? 10 : 12; }

Icon icon_of(content::DutyKind kind)
{
    switch (kind) {
    case content::DutyKind::Acknowledgement: return Icon::Book;
    case content::DutyKind::Module: return Icon::Module;
    case content::DutyKind::Test: return Icon::Test;
    }
    return Icon::None;
}

DutyLook look_of(DutyState state)
{
    switch (state) {
    case DutyState::NotDue: return DutyLook::NotDue;
    case DutyState::Due: return DutyLook::Due;
    case DutyState::InProgress: return DutyLook::InProgress;
    case DutyState::AwaitingPerson: return DutyLook::Awaiting;
    case DutyState::Done: return DutyLook::Done;
    case DutyState::Refused: return DutyLook::Refused;
    case DutyState::AttemptsUsedUp: return DutyLook::AttemptsUsed;
    case DutyState::Overdue: return DutyLook::Overdue;
    case DutyState::Expired: return DutyLook::Expired;
    case DutyState::Suspended: return DutyLook::Suspended;
    case DutyState::Waived: return DutyLook::Waived;
    }
    return DutyLook::NotDue;
}

/// Copper is what is still to do now; what waits for something else is said in plain ink.
Token due_colour(const DutyCard& card)
{
    if (card.is_overdue) return Token::Alarm;
    const bool is_now = card.state == DutyState::Due || card.state == DutyState::InProgress || card.state == DutyState::Expired;
    return is_now ? Token::Copper : Token::Ink2;
}

Icon evidence_icon(const DutyCard& card)
{
    if (card.is_at_hq) return Icon::Hq;
    const bool is_kept = card.state == DutyState::Done || card.parts_done > 0;
    return is_kept ? Icon::Term : Icon::Info;
}

void top_row(Frame& f, Rect where, const DutyCard& card)
{
    tile(f, where.cut_left(40, 8), icon_of(card.kind));
    const Chip state = duty_chip(look_of(card.state), card.state_word);
    chip(f, {where.right() - chip_width(f, state), where.y + 4}, state);
}

void progress_row(Frame& f, Rect where, const DutyCard& card)
{
    const auto words = std::to_string(card.parts_done) + " / " + std::to_string(card.parts_total);
    const Rect figure = where.cut_right(text_width(f, words, Type::SmallStrong), 12);
    line(f, figure, words, {Type::SmallStrong});
    const float share = static_cast<float>(card.parts_done) / static_cast<float>(card.parts_total);
    progress_bar(f, where.centred(where.w, 8), share, words);
}

Stack inside(Frame& f, float width, const DutyCard& card, CardSetting setting)
{
    const bool is_close = setting == CardSetting::Close;
    Stack stack(f, width);
    stack.part(40, is_close ? 4.F : 10.F, [&f, &card](const Rect& r) { top_row(f, r, card); });
    stack.text(card.title, {Type::Subheading}, is_close ? 2.F : 4.F);
    if (!card.note.empty()) stack.text(card.note, {Type::Small, Token::Ink2}, is_close ? 6.F : 12.F);
    stack.spring();
    if (card.parts_total > 0 && card.state != DutyState::Done)
        stack.part(line_height(f, Type::SmallStrong), 6, [&f, &card](const Rect& r) { progress_row(f, r, card); });
    if (!card.due.empty()) stack.icon_text(Icon::Cal, card.due, {Type::SmallStrong, due_colour(card)}, 0);
    if (!card.done.empty()) stack.icon_text(Icon::Checks, card.done, {Type::SmallStrong, Token::Ink2}, 0);
    if (!card.evidence.empty()) stack.icon_text(evidence_icon(card), card.evidence, {Type::Small, Token::Ink2}, 0);
    return stack;
}

CardLook card_look(const DutyCard& card)
{
    if (card.is_next) return CardLook::Next;
    return card.state == DutyState::Done ? CardLook::Done : CardLook::Plain;
}
} // namespace

float duty_card_height(Frame& f, float width, const DutyCard& card, CardSetting setting)
{
    return above(setting) + inside(f, width - 2 * side, card, setting).height() + below(setting);
}

std::optional<Intent> draw_duty_card(Frame& f, const Rect& where, const DutyCard& card, CardSetting setting)
{
    bool tapped = false;
    if (card.can_open)
        tapped = card_button(f, where, "duties.open." + card.duty.text, card.title + ", " + card.state_word, card_look(card));
    else
        widgets::card(f, where, card_look(card));
    const Rect place{where.x + side, where.y + above(setting), where.w - 2 * side, where.h - above(setting) - below(setting)};
    inside(f, place.w, card, setting).draw(place);
    return tapped ? std::optional<Intent>{OpenDuty{card.duty}} : std::nullopt;
}

} // namespace adal::screens
