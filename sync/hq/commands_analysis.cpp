#include "sync/hq/commands.hpp"
#include "sync/hq/item_analysis.hpp"
#include "sync/hq/table.hpp"
#include <fmt/format.h>
#include <iostream>
#include <nlohmann/json.hpp>

namespace adal::sync::hq {
namespace {

using nlohmann::json;
namespace statistics = quizzes::analysis;

json to_json(const statistics::Figure& figure)
{
    return {{"n", figure.n}, {"value", figure.value ? json(*figure.value) : json()}};
}

json to_json(const statistics::ItemFigures& item)
{
    json result{{"item", item.item.text},
                {"drawn", item.drawn},
                {"facility", to_json(item.facility)},
                {"discrimination", to_json(item.discrimination)},
                {"not_reached", to_json(item.not_reached)},
                {"omitted", to_json(item.omitted)},
                {"time_ms", {{"n", item.time.n}, {"value", json()}}},
                {"lower_third", item.lower_third},
                {"upper_third", item.upper_third},
                {"chosen", json::array()}};
    if (const auto& value = item.time.value) result["time_ms"]["value"] = {{"lower", value->lower}, {"median", value->median}, {"upper", value->upper}};
    for (const auto& one : item.chosen) result["chosen"].push_back({{"choice", one.word}, {"all", one.all}, {"lower", one.lower}, {"upper", one.upper}});
    return result;
}

json to_json(const statistics::Group& group)
{
    const auto& form = group.form;
    json items = json::array();
    for (const auto& item : group.items) items.push_back(to_json(item));
    return {{"people", form.people},
            {"items_in_a_form", form.items},
            {"score", to_json(form.score)},
            {"passed", to_json(form.passed)},
            {"reliability", to_json(form.reliability)},
            {"measurement_error", to_json(form.measurement_error)},
            {"consistency", to_json(form.consistency)},
            {"kappa", to_json(form.kappa)},
            {"items", std::move(items)}};
}

json to_json(const statistics::Dif& dif)
{
    json result{{"n_ru", dif.n_reference}, {"n_kk", dif.n_focal}, {"value", json()}};
    if (const auto& value = dif.value)
        result["value"] = {{"alpha", value->alpha},
                           {"delta", value->delta},
                           {"delta_error", value->delta_error},
                           {"chi_square", value->chi_square},
                           {"class", std::string(1, "ABC"[static_cast<std::size_t>(value->letter)])}};
    return result;
}

json to_json(const TestAnalysis& analysis)
{
    const auto& settings = analysis.settings;
    json result{{"test", analysis.test.text},
                {"people", analysis.people},
                {"unscored", analysis.unscored},
                {"least", {{"item", settings.least_of_item}, {"form", settings.least_of_form}, {"dif", settings.least_of_dif}}},
                {"all", to_json(analysis.figures.all)},
                {"languages", json::object()},
                {"sites", json::object()},
                {"dif", json::object()}};
    for (const auto& [language, group] : analysis.figures.languages) result["languages"][std::string{code(language)}] = to_json(group);
    for (const auto& [site, group] : analysis.figures.sites) result["sites"][site.text] = to_json(group);
    for (const auto& [item, dif] : analysis.figures.dif) result["dif"][item.text] = to_json(dif);
    return result;
}

std::string two_decimals(const std::optional<double>& value) { return value ? fmt::format("{:.2f}", *value) : "-"; }

void print(const Desk& desk, const TestAnalysis& analysis)
{
    const auto& form = analysis.figures.all.form;
    std::cout << desk.say("hq.analysis.people", {{"n", std::to_string(analysis.people)}}) << '\n'
              << desk.say("hq.analysis.reliability") << ": " << two_decimals(form.reliability.value) << "; " << desk.say("hq.analysis.consistency") << ": "
              << two_decimals(form.consistency.value) << '\n';
    std::vector<std::vector<std::string>> rows{{desk.say("hq.analysis.item"), "n", desk.say("hq.analysis.facility"), desk.say("hq.analysis.discrimination"),
                                                desk.say("hq.analysis.marks")}};
    for (const auto& item : analysis.figures.all.items) {
        std::string marks;
        for (const auto mark : statistics::marks_of(item, &analysis.figures.dif.at(item.item), analysis.settings))
            marks += (marks.empty() ? "" : ", ") + desk.say(key_of_mark(mark));
        rows.push_back({item.item.text, std::to_string(item.reached), two_decimals(item.facility.value), two_decimals(item.discrimination.value), marks});
    }
    std::cout << table(rows);
}

} // namespace

Expected<Done> analysis_command(const Desk& desk, const std::string& test)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto analysis = analysis_of(*store, desk.folder, {test}, desk.clock.now().at);
    if (!analysis) return analysis.error();
    if (desk.json)
        std::cout << to_json(*analysis).dump() << '\n';
    else
        print(desk, *analysis);
    return Done{};
}

} // namespace adal::sync::hq
