#include "app/screens/header.hpp"
#include "app/widgets/parts.hpp"

namespace adal::screens {
namespace {

constexpr std::string_view prefix = "language.";

std::vector<widgets::Segment> languages(const Words& words)
{
    std::vector<widgets::Segment> segments;
    for (auto language : all_languages) {
        const std::string id = std::string(prefix) + std::string(code(language));
        segments.push_back({.id = id, .label = words("screen.header." + id)});
    }
    return segments;
}

widgets::Header content(const Surround& surround, const Words& words)
{
    widgets::Header header;
    if (surround.is_demo) header.demo = words("screen.header.demo");
    header.place = surround.place;
    header.place_short = surround.place_short;
    header.person = surround.person;
    header.saved = surround.saved;
    header.at_hq = surround.at_hq;
    header.waiting = surround.is_waiting;
    header.clock = surround.clock;
    header.person_label = surround.person;
    header.sync_label = surround.saved + ". " + surround.at_hq;
    return header;
}
} // namespace

std::optional<Intent> draw_header(widgets::Frame& f, const Surround& surround, const Words& words, LanguageSwitch shown)
{
    auto header = content(surround, words);
    if (shown == LanguageSwitch::Shown) {
        header.languages = languages(words);
        header.language = std::string(prefix) + std::string(code(surround.language));
    }
    const auto touch = widgets::header(f, header);
    if (touch.language.size() <= prefix.size()) return std::nullopt;
    const auto chosen = language_from(std::string_view(touch.language).substr(prefix.size()));
    return chosen ? std::optional<Intent>{ChooseLanguage{*chosen}} : std::nullopt;
}

widgets::Page begin_page(widgets::Frame& f, const Surround& surround, const Words& words, std::optional<Intent>& intent, bool with_footer)
{
    const auto page = widgets::page(f, with_footer);
    if (auto wanted = draw_header(f, surround, words)) intent = wanted;
    return page;
}

} // namespace adal::screens
