#include "app/drive.hpp"
#include "content/base/overloaded.hpp"
#include <nlohmann/json.hpp>

namespace adal::app {
namespace {

using nlohmann::ordered_json;
using namespace screens;

ordered_json to(const std::optional<Notice>& notice)
{
    if (!notice) return nullptr;
    return {{"title", notice->title}, {"text", notice->text}, {"grave", notice->is_grave}};
}

ordered_json to(const Surround& shown)
{
    return {{"language", code(shown.language)},
            {"demo", shown.is_demo},
            {"place", shown.place},
            {"person", shown.person},
            {"saved", shown.saved},
            {"at_hq", shown.at_hq},
            {"waiting", shown.is_waiting},
            {"clock", shown.clock},
            {"text_size", shown.text_size},
            {"dark", shown.is_dark}};
}

template <class Rows, class To> ordered_json list(const Rows& rows, const To& row_to)
{
    auto all = ordered_json::array();
    for (const auto& row : rows) all.push_back(row_to(row));
    return all;
}

std::string_view code(content::DutyKind kind)
{
    switch (kind) {
    case content::DutyKind::Acknowledgement:
        return "acknowledgement";
    case content::DutyKind::Module:
        return "module";
    case content::DutyKind::Test:
        return "test";
    }
    return "";
}

ordered_json blocks(const std::vector<content::Block>& all)
{
    return list(all, [](const content::Block& block) {
        return ordered_json{{"anchor", block.anchor}, {"text", content::plain(block.runs)}};
    });
}

ordered_json to(const StartScreen& s)
{
    return {{"phone", s.phone}, {"mail", s.mail}, {"address", s.address}, {"notice", to(s.notice)}};
}

ordered_json to(const NumberScreen& s)
{
    return {{"digits", s.digits}, {"can_confirm", s.can_confirm}, {"notice", to(s.notice)}};
}

ordered_json to(const EmployerScreen& s)
{
    const auto row = [](const EmployerScreen::Row& each) {
        return ordered_json{{"employer", each.employer.text}, {"name", each.name}, {"unit", each.unit}};
    };
    return {{"number", s.number}, {"rows", list(s.rows, row)}, {"notice", to(s.notice)}};
}

ordered_json to(const SecretScreen& s)
{
    return {{"number", s.number},
            {"typed", s.typed},
            {"needed", s.needed},
            {"can_confirm", s.can_confirm},
            {"wait_seconds", s.wait_seconds},
            {"locked", s.is_locked},
            {"notice", to(s.notice)}};
}

ordered_json to(const DutyCard& card)
{
    return {{"duty", card.duty.text},
            {"kind", code(card.kind)},
            {"state", sync::code(card.state)},
            {"state_word", card.state_word},
            {"title", card.title},
            {"note", card.note},
            {"parts_done", card.parts_done},
            {"parts_total", card.parts_total},
            {"due", card.due},
            {"done", card.done},
            {"evidence", card.evidence},
            {"at_hq", card.is_at_hq},
            {"next", card.is_next},
            {"overdue", card.is_overdue},
            {"can_open", card.can_open}};
}

ordered_json to(const DutiesScreen& s)
{
    return {{"subtitle", s.subtitle},
            {"duties", list(s.cards, [](const DutyCard& card) { return to(card); })},
            {"left", s.left},
            {"all", s.all},
            {"shows_all", s.shows_all},
            {"primary", s.primary},
            {"primary_duty", s.primary_duty.text},
            {"notice", to(s.notice)}};
}

ordered_json to(const ReaderScreen& s)
{
    const auto entry = [](const ReaderScreen::Contents& each) {
        return ordered_json{{"section", each.number}, {"title", each.title}, {"read", each.is_read}};
    };
    return {{"document", s.document.text},
            {"title", s.title},
            {"edition", s.edition},
            {"contents", list(s.contents, entry)},
            {"section", s.section},
            {"section_title", s.section_title},
            {"blocks", blocks(s.blocks)},
            {"marked", s.marked_anchor},
            {"last", s.is_last},
            {"acknowledged", s.is_acknowledged},
            {"from_result", s.from_result},
            {"notice", to(s.notice)}};
}

ordered_json to(const AcknowledgementScreen& s)
{
    return {{"declaration", s.declaration}, {"document", s.document},
            {"languages", s.languages},     {"time", s.time},
            {"fingerprint", s.fingerprint}, {"typed", s.typed},
            {"needed", s.needed},           {"wait_seconds", s.wait_seconds},
            {"can_confirm", s.can_confirm}, {"notice", to(s.notice)}};
}

ordered_json to(const std::optional<ModuleScreen::Check>& check)
{
    if (!check) return nullptr;
    const auto option = [](const ModuleScreen::Check::Option& each) {
        return ordered_json{{"choice", each.choice.text}, {"text", each.text}};
    };
    return {{"item", check->item.text},
            {"stem", check->stem},
            {"options", list(check->options, option)},
            {"chosen", check->chosen ? check->chosen->text : ""},
            {"right", check->is_right},
            {"verdict", check->verdict},
            {"feedback", check->feedback}};
}

ordered_json to(const ModuleScreen& s)
{
    return {{"module", s.module.text},
            {"module_title", s.module_title},
            {"title", s.title},
            {"page", s.page},
            {"pages", s.pages},
            {"blocks", blocks(s.blocks)},
            {"picture", s.picture ? s.picture->key : ""},
            {"picture_text", s.picture_text},
            {"check", to(s.check)},
            {"can_go_on", s.can_go_on},
            {"last", s.is_last},
            {"notice", to(s.notice)}};
}

ordered_json to(const TestIntroScreen& s)
{
    return {{"duty", s.duty.text},
            {"title", s.title},
            {"rules", s.rules},
            {"can_start", s.can_start},
            {"notice", to(s.notice)}};
}

std::string_view code(TestDialog dialog)
{
    return dialog == TestDialog::Submit ? "submit" : dialog == TestDialog::Leave ? "leave" : "";
}

std::string_view code(Answering answering)
{
    constexpr std::string_view codes[]{"choose", "match", "order", "number", "words"};
    return codes[static_cast<std::size_t>(answering)];
}

ordered_json to(const ItemScreen& s)
{
    const auto option = [](const ItemScreen::Option& each) {
        ordered_json shown{{"choice", each.choice.text}, {"text", each.text}, {"selected", each.is_selected}};
        if (!each.partner.empty()) shown["partner"] = each.partner.text;
        return shown;
    };
    const auto target = [](const ItemScreen::Target& each) { return ordered_json{{"target", each.choice.text}, {"text", each.text}}; };
    const auto cell = [](const ItemScreen::Cell& each) {
        return ordered_json{{"answered", each.is_answered}, {"flagged", each.is_flagged}};
    };
    return {{"test_title", s.test_title},
            {"progress", s.progress},
            {"item", s.item.text},
            {"number", s.number},
            {"total", s.total},
            {"story", s.story},
            {"stem", s.stem},
            {"hint", s.hint},
            {"answering", code(s.answering)},
            {"answered", s.is_answered},
            {"multiple", s.is_multiple},
            {"flagged", s.is_flagged},
            {"options", list(s.options, option)},
            {"targets", list(s.targets, target)},
            {"active", s.active.text},
            {"typed", s.typed},
            {"only_forward", s.goes_only_forward},
            {"cells", list(s.cells, cell)},
            {"time_left", s.time_left},
            {"warning", to(s.warning)},
            {"resumed", s.is_resumed},
            {"dialog", code(s.dialog)},
            {"unanswered", s.unanswered},
            {"flags", s.flagged},
            {"notice", to(s.notice)}};
}

ordered_json to(const ResultScreen& s)
{
    const auto topic = [](const ResultScreen::Topic& each) {
        return ordered_json{{"title", each.title}, {"points", each.points}, {"maximum", each.maximum}};
    };
    const auto reading = [](const ResultScreen::Reading& each) {
        return ordered_json{{"reference", each.reference}, {"anchor", each.anchor}, {"title", each.title}};
    };
    return {{"passed", s.has_passed},
            {"time_expired", s.time_expired},
            {"points", s.points},
            {"maximum", s.maximum},
            {"pass_mark", s.pass_mark},
            {"title", s.title},
            {"explanation", s.explanation},
            {"next", s.next},
            {"topics", list(s.topics, topic)},
            {"read_again", list(s.read_again, reading)},
            {"kept", s.kept},
            {"identified", s.identified},
            {"notice", to(s.notice)}};
}

ordered_json to(const TroubleScreen& s) { return {{"title", s.title}, {"text", s.text}, {"next", s.next}}; }
} // namespace

std::string to_json(const Surround& surround, const State& state)
{
    ordered_json line{{"screen", name_of(state)}};
    line.update(std::visit([](const auto& screen) { return to(screen); }, state));
    line["surround"] = to(surround);
    return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string to_json(const Error& error, const Words& words)
{
    return ordered_json{{"error", words.strings.say(words.language, error)}}.dump(
        -1, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace adal::app
