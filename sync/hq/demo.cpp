#include "sync/hq/demo.hpp"
#include "sync/hq/demo_names.hpp"
#include <fmt/format.h>
#include <set>

namespace adal::sync::hq {
namespace {

using std::chrono::days;

Date three_months_after(Date from)
{
    const std::chrono::year_month_day start{from};
    auto end = start + std::chrono::months{3};
    if (!end.ok()) end = end.year() / end.month() / std::chrono::last;
    return Date{end} - days{1};
}

/// Most are in their first days, some have been waiting longer, a few are about to end their probation.
Date hired(DemoDice& dice, Date today)
{
    const auto sort = dice.below(100);
    if (sort < 58) return today - days{dice.below(10)};
    if (sort < 80) return today - days{10 + dice.below(12)};
    return today - days{24 + dice.below(62)};
}

std::string new_number(DemoDice& dice, std::set<std::string>& taken)
{
    while (true) {
        auto number = fmt::format("{:06}", 91000 + dice.below(220000));
        if (taken.insert(number).second) return number;
    }
}

Assignment assignment_at(DemoDice& dice, const DemoSite& site, Language language, const std::string& number, Date today)
{
    std::vector<const DemoUnit*> units;
    for (const auto& unit : demo_units())
        if (std::string_view{unit.site} == site.id) units.push_back(&unit);
    const auto& unit = *units[dice.below(static_cast<std::uint32_t>(units.size()))];
    const auto& position = unit.positions[dice.below(static_cast<std::uint32_t>(unit.positions.size()))];
    const auto* employer = site.employers[dice.below(static_cast<std::uint32_t>(site.employers.size()))];
    Assignment result{.employer = {employer},
                      .number = number,
                      .unit = {unit.id},
                      .site = {site.id},
                      .position = position.in(language),
                      .person_class =
                          dice.below(100) < 8 ? content::PersonClass::Contractor : content::PersonClass::Employee,
                      .from = hired(dice, today),
                      .to = {},
                      .probation_end = {}};
    if (result.person_class == content::PersonClass::Employee) result.probation_end = three_months_after(result.from);
    return result;
}

Person person_named(int index, DemoName name, std::vector<Assignment> assignments)
{
    return {.id = {fmt::format("p-{:06}", index)},
            .family_name = std::move(name.family),
            .given_name = std::move(name.given),
            .patronymic = std::move(name.patronymic),
            .language = name.language,
            .assignments = std::move(assignments),
            .verifier = {}};
}

Assignment work(const char* employer, const char* number, const char* unit, const char* site, const char* position,
                Date from)
{
    return {.employer = {employer},
            .number = number,
            .unit = {unit},
            .site = {site},
            .position = position,
            .person_class = content::PersonClass::Employee,
            .from = from,
            .to = {},
            .probation_end = three_months_after(from)};
}

/// The newcomer whom the demo follows; a number that two people hold at two employers; a person who holds two numbers.
std::vector<Person> told_by_name(Date today)
{
    return {
        person_named(
            1, {"Сәрсенова", "Айгерім", "Нұрланқызы", Language::kk},
            {work("balkhashtsvetmet", "204117", "balkhash-mechanical", "balkhash", "қоймашы", today - days{12})}),
        person_named(
            2, {"Ахметов", "Ерлан", "Серікұлы", Language::kk},
            {work("balkhashtsvetmet", "118204", "balkhash-smelter", "balkhash", "балқытушы", today - days{6})}),
        person_named(3, {"Ковалёва", "Ирина", "Петровна", Language::ru},
                     {work("balkhash-ssd", "118204", "balkhash-laboratory", "balkhash", "лаборант", today - days{29})}),
        person_named(
            4, {"Нұрпейісов", "Іскендір", "Қайратұлы", Language::kk},
            {work("karagandatsvetmet", "204090", "karaganda-supply", "karaganda", "сатып алу маманы", today - days{83}),
             work("barlau", "310455", "east-mine-3", "east", "инженер", today - days{4})}),
    };
}

} // namespace

Expected<Done> put_demo_roster(Store& store, Date today, UtcTime now)
{
    int ordinal = 0;
    for (const auto& site : demo_sites())
        if (auto put = put_site(store, {site.id}, site.name, ordinal++); !put) return put;
    for (const auto& unit : demo_units())
        if (auto put = put_unit(store, {{unit.id}, {unit.site}, unit.name}); !put) return put;
    for (const auto& [id, name] : demo_employers())
        if (auto put = put_employer(store, id, name); !put) return put;

    auto people = told_by_name(today);
    std::set<std::string> taken;
    for (const auto& person : people)
        for (const auto& assignment : person.assignments) taken.insert(assignment.number);
    DemoDice dice;
    for (const auto& site : demo_sites())
        for (int i = 0; i < site.people; ++i) {
            auto name = demo_name(dice);
            const auto language = name.language;
            auto assignment = assignment_at(dice, site, language, new_number(dice, taken), today);
            people.push_back(
                person_named(static_cast<int>(people.size()) + 1, std::move(name), {std::move(assignment)}));
        }
    for (const auto& person : people)
        if (auto put = put_person(store, person); !put) return put;
    return bump_roster(store, now);
}

} // namespace adal::sync::hq
