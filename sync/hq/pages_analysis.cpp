#include "content/language/dates.hpp"
#include "sync/hq/item_analysis.hpp"
#include "sync/hq/pages.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace adal::sync::hq {
namespace {

namespace statistics = quizzes::analysis;

constexpr std::size_t items_on_a_page = 200;
const std::string no_figure = "–";

/// "0,31", with the language's mark and a real minus.
std::string decimal(const Say& say, const std::optional<double>& value, int places = 2)
{
    if (!value) return no_figure;
    auto text = fmt::format("{:.{}f}", std::abs(*value), places);
    const bool is_nothing = text.find_first_not_of("0.") == std::string::npos;
    if (const auto point = text.find('.'); point != std::string::npos) text.replace(point, 1, say("hq.decimal_mark"));
    return (*value < 0 && !is_nothing ? "\u2212" : "") + text;
}

std::string percent(const statistics::Figure& figure)
{
    return figure.value ? fmt::format("{:.0f}\u00A0%", *figure.value * 100) : no_figure;
}

std::string seconds(double milliseconds) { return fmt::format("{:.0f}", milliseconds / 1000); }

View choices(const statistics::ItemFigures& item)
{
    View::List list;
    const auto share = [](std::int64_t part, std::int64_t whole) { return whole == 0 ? no_figure : fmt::format("{:.0f}", 100.0 * static_cast<double>(part) / static_cast<double>(whole)); };
    for (const auto& one : item.chosen)
        list.push_back(View{{"word", one.word}, {"share", share(one.all, item.reached)}, {"lower", share(one.lower, item.lower_third)}, {"upper", share(one.upper, item.upper_third)}});
    return list;
}

View marks(const Say& say, const std::vector<statistics::Mark>& found)
{
    View::List list;
    for (const auto mark : found) {
        const bool is_grave = mark == statistics::Mark::NegativeDiscrimination || mark == statistics::Mark::DifC;
        list.push_back(View{{"kind", is_grave ? "over" : "due"}, {"pic", is_grave ? "alert" : "info"}, {"word", say(key_of_mark(mark))}});
    }
    return list;
}

std::string dif_text(const Say& say, const statistics::Dif& dif)
{
    if (!dif.value) return no_figure;
    return decimal(say, dif.value->delta) + " " + "ABC"[static_cast<std::size_t>(dif.value->letter)];
}

View item_row(const Say& say, const TestAnalysis& analysis, const statistics::ItemFigures& item)
{
    const auto& dif = analysis.figures.dif.at(item.item);
    const auto found = statistics::marks_of(item, &dif, analysis.settings);
    View row{{"item", item.item.text},
             {"n", number_text(say, item.reached)},
             {"facility", percent(item.facility)},
             {"discrimination", decimal(say, item.discrimination.value)},
             {"not_reached", percent(item.not_reached)},
             {"dif", dif_text(say, dif)},
             {"chosen", choices(item)},
             {"marks", marks(say, found)}};
    const auto& times = item.time.value;
    row.set("median", times ? seconds(times->median) : no_figure).set("quartiles", times ? seconds(times->lower) + "–" + seconds(times->upper) : "");
    return row;
}

View tile(const Say& say, const char* key, const std::string& value, const std::string& note)
{
    return View{{"value", value}, {"title", say(key)}, {"note", note}};
}

/// A figure's n, and when nothing is shown, how many it would need.
std::string n_text(const Say& say, const statistics::Figure& figure, std::int64_t least)
{
    return say(figure.n < least ? "hq.analysis.n.few" : "hq.analysis.n", {{"n", std::to_string(figure.n)}, {"least", std::to_string(least)}});
}

View tiles(const Say& say, const statistics::FormFigures& form, const statistics::Settings& settings)
{
    const auto error = say("hq.analysis.error", {{"points", decimal(say, form.measurement_error.value, 1)}});
    const auto kappa = say("hq.analysis.kappa", {{"kappa", decimal(say, form.kappa.value)}});
    View::List list;
    list.push_back(tile(say, "hq.analysis.score", percent(form.score), n_text(say, form.score, settings.least_of_item)));
    list.push_back(tile(say, "hq.analysis.passed", percent(form.passed), n_text(say, form.passed, settings.least_of_item)));
    const auto note = [&](const statistics::Figure& figure, const std::string& more) {
        return n_text(say, figure, settings.least_of_form) + (figure.value ? ". " + more : "");
    };
    list.push_back(tile(say, "hq.analysis.reliability", decimal(say, form.reliability.value), note(form.reliability, error)));
    list.push_back(tile(say, "hq.analysis.consistency", percent(form.consistency), note(form.consistency, kappa)));
    return list;
}

/// Whose figures: everybody's, "kk", or "site:balkhash".
const statistics::Group& chosen_group(const statistics::Analysis& figures, const std::string& wanted)
{
    for (const auto& [language, group] : figures.languages)
        if (wanted == code(language)) return group;
    for (const auto& [site, group] : figures.sites)
        if (wanted == "site:" + site.text) return group;
    return figures.all;
}

Expected<View> groups(const PageContext& context, const std::string& path, const statistics::Analysis& figures)
{
    auto sites = all_sites(context.store);
    if (!sites) return sites.error();
    std::vector<std::pair<std::string, std::string>> all{{"", context.say("hq.filter.all")}};
    for (const auto& [language, group] : figures.languages) all.emplace_back(code(language), context.say("hq.language." + std::string{code(language)}));
    for (const auto& [site, name] : *sites)
        if (figures.sites.contains(site)) all.emplace_back("site:" + site.text, name.in(context.say.language));
    View::List list;
    for (const auto& [value, title] : all)
        list.push_back(View{{"title", title}, {"on", value == context.request.at("group")}, {"address", address(context, path, {{"group", value}, {"page", ""}}, {"marked"})}});
    return View{std::move(list)};
}

std::size_t page_asked_for(const PageContext& context)
{
    const auto text = context.request.at("page");
    if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string::npos) return 1;
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::stoi(text)));
}

View rows_of(const PageContext& context, const std::string& path, const TestAnalysis& analysis, const statistics::Group& group, View& view)
{
    const bool only_marked = context.request.at("marked") == "1";
    std::vector<const statistics::ItemFigures*> items;
    for (const auto& item : group.items)
        if (!only_marked || !statistics::marks_of(item, &analysis.figures.dif.at(item.item), analysis.settings).empty()) items.push_back(&item);
    const auto page = page_asked_for(context), from = std::min((page - 1) * items_on_a_page, items.size()), to = std::min(from + items_on_a_page, items.size());
    View::List rows, numbers;
    for (auto i = from; i < to; ++i) rows.push_back(item_row(context.say, analysis, *items[i]));
    const auto link = [&](std::size_t number) { return address(context, path, {{"page", std::to_string(number)}}, {"group", "marked"}); };
    for (std::size_t number = 1; (number - 1) * items_on_a_page < items.size(); ++number)
        numbers.push_back(View{{"gap", false}, {"number", std::to_string(number)}, {"on", number == page}, {"address", link(number)}});
    view.set("pages", View{{"many", items.size() > items_on_a_page}, {"has_next", to < items.size()}, {"next", link(page + 1)}, {"list", std::move(numbers)}});
    view.set("marked", only_marked).set("marked_address", address(context, path, {{"marked", only_marked ? "" : "1"}}, {"group"}));
    view.set("count", context.say("hq.analysis.items", {{"n", std::to_string(items.size())}})).set("empty", items.empty());
    return rows;
}

} // namespace

Expected<View> analysis_page(const PageContext& context, CurrentAnalyses& analyses)
{
    const auto& say = context.say;
    View view{{"title", say("hq.analysis.title")}};
    const auto& tests = context.teaching.tests;
    const std::string root = "/analysis/", path = context.request.path;
    if (tests.empty()) return view.set("has_test", false);
    const auto test = path.starts_with(root) ? path.substr(root.size()) : tests.begin()->first;
    if (!tests.contains(test)) return fail(ErrorKind::NotFound, "hq.analysis.no_test", {{"test", test}});
    auto analysis = analyses.get(context.store, {test}, context.teaching.release, context.now);
    if (!analysis) return analysis.error();
    const auto& found = **analysis;
    const auto& group = chosen_group(found.figures, context.request.at("group"));
    auto tabs = groups(context, root + test, found.figures);
    if (!tabs) return tabs.error();
    view.set("has_test", true).set("test", tests.at(test).title.in(say.language)).set("tabs", std::move(*tabs));
    view.set("made", say("hq.analysis.made", {{"time", language::clock_text(found.as_of)}}));
    view.set("about", say("hq.analysis.about", {{"item", std::to_string(found.settings.least_of_item)}, {"form", std::to_string(found.settings.least_of_form)}}));
    view.set("has_unscored", found.unscored > 0).set("unscored", say("hq.analysis.unscored", {{"n", std::to_string(found.unscored)}}));
    view.set("tiles", tiles(say, group.form, found.settings));
    view.set("rows", rows_of(context, root + test, found, group, view));
    return view;
}

} // namespace adal::sync::hq
