#include "content/language/dates.hpp"
#include "sync/hq/pages.hpp"
#include "sync/hq/projections.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

constexpr std::int64_t page_length = 40;
const std::vector<std::string> filter_names{"site", "unit", "duty", "state", "q"};

struct Names {
    std::vector<std::pair<SiteId, Text>> sites;
    std::vector<UnitRecord> units;
    std::map<EmployerId, Text> employers;
    Language language{};

    std::string site(const SiteId& id) const
    {
        for (const auto& [known, name] : sites)
            if (known == id) return name.in(language);
        return id.text;
    }
    std::string unit(const UnitId& id) const
    {
        for (const auto& known : units)
            if (known.id == id) return known.name.in(language);
        return id.text;
    }
    std::string employer(const EmployerId& id) const
    {
        const auto found = employers.find(id);
        return found == employers.end() ? id.text : found->second.in(language);
    }
};

Expected<Names> read_names(const PageContext& context)
{
    auto sites = all_sites(context.store);
    auto units = all_units(context.store);
    auto employers = all_employers(context.store);
    if (!sites) return sites.error();
    if (!units) return units.error();
    if (!employers) return employers.error();
    return Names{std::move(*sites), std::move(*units), std::move(*employers), context.say.language};
}

std::int64_t page_of(const WebRequest& request)
{
    const auto text = request.at("page");
    const bool is_number = !text.empty() && text.size() < 7 &&
                           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return is_number ? std::max<std::int64_t>(1, std::stoll(text)) : 1;
}

Filter filter_from(const PageContext& context)
{
    const auto& request = context.request;
    return {.site = request.at("site"),
            .unit = request.at("unit"),
            .rule = request.at("duty"),
            .state = request.at("state"),
            .search = request.at("q"),
            .only_units = seen_units(context),
            .offset = (page_of(request) - 1) * page_length,
            .limit = page_length};
}

std::vector<std::pair<std::string, std::string>> duty_choices(const PageContext& context)
{
    std::vector<std::pair<std::string, std::string>> choices;
    for (const auto& rule : context.teaching.curriculum.duties)
        choices.emplace_back(rule.id.text, rule.title.in(context.say.language));
    return choices;
}

/// The states that facts of today can lead to.
std::vector<std::pair<std::string, std::string>> state_choices(const Say& say)
{
    std::vector<std::pair<std::string, std::string>> choices;
    for (const auto* state : {"due", "in progress", "done", "overdue", "attempts used up"}) {
        std::string key{state};
        std::replace(key.begin(), key.end(), ' ', '_');
        choices.emplace_back(state, say("duty.state." + key));
    }
    return choices;
}

std::string title_in(const std::vector<std::pair<std::string, std::string>>& choices, const std::string& value)
{
    for (const auto& [known, title] : choices)
        if (known == value) return title;
    return value;
}

/// The filter's form and, for what is set, chips that take it away again.
void put_filter(const PageContext& context, const Names& names, const std::string& path, View& view)
{
    const auto& say = context.say;
    const auto& request = context.request;
    std::vector<std::pair<std::string, std::string>> sites, units;
    for (const auto& [id, name] : names.sites) sites.emplace_back(id.text, name.in(say.language));
    for (const auto& unit : names.units)
        if (request.at("site").empty() ? unit.id.text == request.at("unit") : unit.site.text == request.at("site"))
            units.emplace_back(unit.id.text, unit.name.in(say.language));
    const auto duties = duty_choices(context), states = state_choices(say);
    const auto all = say("hq.filter.all");
    view.set("sites", options(request.at("site"), all, sites)).set("units", options(request.at("unit"), all, units));
    view.set("duties", options(request.at("duty"), all, duties))
        .set("states", options(request.at("state"), all, states));
    view.set("search", request.at("q")).set("path", path);

    View::List chips;
    auto add = [&](const char* name, const char* label, const std::string& title) {
        if (!request.at(name).empty())
            chips.push_back(View{{"label", say(label)},
                                 {"title", title},
                                 {"without", address(context, path, {{name, ""}}, filter_names)}});
    };
    add("site", "hq.filter.site", title_in(sites, request.at("site")));
    add("unit", "hq.filter.unit", title_in(units, request.at("unit")));
    add("duty", "hq.filter.duty", title_in(duties, request.at("duty")));
    add("state", "hq.filter.state", title_in(states, request.at("state")));
    add("q", "hq.filter.search", request.at("q"));
    view.set("is_filtered", !chips.empty()).set("chips", std::move(chips));
}

/// "1 2 3 ... 20" around the page on show.
View pages(const PageContext& context, const std::string& path, std::int64_t count)
{
    const auto last = std::max<std::int64_t>(1, (count + page_length - 1) / page_length),
               here = page_of(context.request);
    View::List list;
    bool has_gap = false;
    for (std::int64_t page = 1; page <= last; ++page) {
        if (page != 1 && page != last && std::abs(page - here) > 1) {
            if (!has_gap) list.push_back(View{{"gap", true}});
            has_gap = true;
            continue;
        }
        has_gap = false;
        list.push_back(View{{"gap", false},
                            {"number", std::to_string(page)},
                            {"on", page == here},
                            {"address", address(context, path, {{"page", std::to_string(page)}}, filter_names)}});
    }
    View view{{"list", std::move(list)}, {"many", last > 1}, {"has_next", here < last}};
    view.set("next", address(context, path, {{"page", std::to_string(here + 1)}}, filter_names));
    return view;
}

View duty_cells(const PageContext& context, const PersonRow& person)
{
    View::List cells;
    for (const auto& rule : context.teaching.curriculum.duties) {
        const auto found = std::find_if(person.duties.begin(), person.duties.end(),
                                        [&](const DutyRow& row) { return row.rule == rule.id; });
        if (found == person.duties.end()) {
            cells.push_back(View{{"owed", false}});
            continue;
        }
        const bool is_open = found->state != DutyState::Done && found->due;
        cells.push_back(View{{"owed", true},
                             {"chip", chip(context.say, found->state, chip_detail(context.say, *found, context.today))},
                             {"has_due", is_open},
                             {"due", is_open ? language::short_date(*found->due).substr(0, 5) : ""}});
    }
    return cells;
}

/// Facts came of people whom the roster does not know: kept, and shown as such.
Expected<View> strangers(const PageContext& context)
{
    if (!seen_units(context).empty()) return View{View::List{}};
    auto rows = context.store.db().query("SELECT DISTINCT v.person FROM person_at_terminal v WHERE NOT EXISTS " // believed facts only
                                         "(SELECT 1 FROM person p WHERE p.id = v.person) ORDER BY v.person LIMIT 20");
    if (!rows) return rows.error();
    View::List list;
    for (const auto& row : *rows)
        list.push_back(
            View{{"id", row.text(0)}, {"address", "/people/" + url_encoded(row.text(0))}});
    return View{std::move(list)};
}

/// More attempts than a test allows: two terminals that did not know of each other. Each counts, and somebody should look at it.
Expected<View> over_limit(const PageContext& context)
{
    auto all = attempts_over_limit(context.store);
    if (!all) return all.error();
    View::List list;
    for (const auto& each : *all) {
        auto person = find_person(context.store, each.person);
        if (!person) return person.error();
        if (!*person || !is_seen(context, **person)) continue;
        const auto* rule = context.teaching.find(each.rule.text);
        list.push_back(View{{"name", (*person)->full_name()},
                            {"address", "/people/" + url_encoded(each.person.text) + "?duty=" + url_encoded(each.rule.text)},
                            {"what", context.say("hq.people.over_limit.what", {{"duty", rule ? rule->title.in(context.say.language) : each.rule.text},
                                                                              {"n", std::to_string(each.attempts)},
                                                                              {"allowed", std::to_string(each.allowed)}})}});
    }
    return View{std::move(list)};
}

} // namespace

Expected<View> people_page(const PageContext& context)
{
    auto names = read_names(context);
    if (!names) return names.error();
    const auto filter = filter_from(context);
    auto count = count_people(context.store, filter, context.today);
    auto people = people_rows(context.store, filter, context.today);
    if (!count) return count.error();
    auto unknown = strangers(context);
    if (!people) return people.error();
    if (!unknown) return unknown.error();

    View view{{"title", context.say("hq.people.title")}, {"by_state", true}};
    put_filter(context, *names, "/people", view);
    auto over = over_limit(context);
    if (!over) return over.error();
    view.set("has_over_limit", !std::get<View::List>(over->value()).empty()).set("over_limit", std::move(*over));
    view.set("has_strangers", !std::get<View::List>(unknown->value()).empty()).set("strangers", std::move(*unknown));
    View::List heads, rows;
    for (const auto& rule : context.teaching.curriculum.duties)
        heads.push_back(View{{"title", rule.title.in(context.say.language)}});
    for (const auto& person : *people)
        rows.push_back(View{{"name", person.name},
                            {"address", "/people/" + person.person.text},
                            {"number", grouped(person.number)},
                            {"unit", names->unit(person.unit)},
                            {"site", names->site(person.site)},
                            {"cells", duty_cells(context, person)},
                            {"has_probation", person.probation_end && *person.probation_end >= context.today},
                            {"probation", person.probation_end ? language::short_date(*person.probation_end) : ""}});
    view.set("empty", rows.empty())
        .set("heads", std::move(heads))
        .set("rows", std::move(rows))
        .set("pages", pages(context, "/people", *count));
    view.set("count", context.say("hq.people.count", {{"n", std::to_string(*count)}}));
    return view;
}

Expected<View> overdue_page(const PageContext& context)
{
    auto names = read_names(context);
    if (!names) return names.error();
    auto filter = filter_from(context);
    filter.state = "overdue";
    auto count = count_duty_rows(context.store, filter, context.today);
    auto duties = duty_rows(context.store, filter, Order::ByDue, context.today);
    if (!count) return count.error();
    if (!duties) return duties.error();

    View view{{"title", context.say("hq.overdue.title")}};
    put_filter(context, *names, "/overdue", view);
    View::List rows;
    for (const auto& row : *duties) {
        const auto* rule = context.teaching.find(row.rule.text);
        rows.push_back(View{{"name", row.name},
                            {"address", "/people/" + row.person.text + "?duty=" + url_encoded(row.rule.text)},
                            {"number", grouped(row.number)},
                            {"unit", names->unit(row.unit)},
                            {"site", names->site(row.site)},
                            {"duty", rule ? rule->title.in(context.say.language) : row.rule.text},
                            {"due", row.due ? language::short_date(*row.due) : ""},
                            {"days", row.due ? std::to_string((context.today - *row.due).count()) : ""},
                            {"chip", chip(context.say, row.state)}});
    }
    view.set("empty", rows.empty()).set("rows", std::move(rows)).set("pages", pages(context, "/overdue", *count));
    view.set("count", context.say("hq.overdue.count", {{"n", std::to_string(*count)}}));
    return view;
}

} // namespace adal::sync::hq
