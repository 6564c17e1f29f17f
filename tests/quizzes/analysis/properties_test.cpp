#include "tests/quizzes/analysis/people.hpp"
#include <algorithm>
#include <cmath>
#include <rapidcheck.h>

using namespace adal;
using namespace adal::quizzes::analysis;
using namespace adal::quizzes::analysis::small_groups;

namespace {
GivenAnswer any_answer(char name)
{
    const int maximum = *rc::gen::inRange(1, 4);
    const auto reach = *rc::gen::element(Reach::Answered, Reach::Answered, Reach::Answered, Reach::Omitted, Reach::NotReached);
    return {.item = {std::string(1, name)},
            .points = reach == Reach::Answered ? *rc::gen::inRange(0, maximum + 1) : 0,
            .maximum = maximum,
            .reach = reach,
            .chosen = reach == Reach::Answered ? quizzes::Response{std::string(1, *rc::gen::element('A', 'B', 'C'))} : quizzes::Response{},
            .milliseconds = reach == Reach::NotReached ? -1 : *rc::gen::inRange(-1, 90'000)};
}

FirstAttempt any_attempt()
{
    FirstAttempt attempt{.language = *rc::gen::element(Language::kk, Language::ru, Language::en),
                         .site = {*rc::gen::element<std::string>("balkhash", "karaganda")},
                         .pass_mark = *rc::gen::inRange(0, 8),
                         .answers = {}};
    for (char name = 'a'; name <= 'f'; ++name)
        if (*rc::gen::inRange(0, 3) > 0 || (name == 'f' && attempt.answers.empty())) attempt.answers.push_back(any_answer(name));
    return attempt;
}

std::vector<FirstAttempt> any_people()
{
    std::vector<FirstAttempt> people;
    for (int n = *rc::gen::inRange(0, 40); n > 0; --n) people.push_back(any_attempt());
    return people;
}

bool is_near(const Figure& one, const Figure& other)
{
    if (one.n != other.n || one.value.has_value() != other.value.has_value()) return false;
    return !one.value || std::abs(*one.value - *other.value) < 1e-9;
}

void same(const Group& one, const Group& other)
{
    for (const auto figure : {&FormFigures::score, &FormFigures::passed, &FormFigures::reliability, &FormFigures::measurement_error, &FormFigures::consistency})
        RC_ASSERT(is_near(one.form.*figure, other.form.*figure));
    RC_ASSERT(one.items.size() == other.items.size());
    for (std::size_t i = 0; i < one.items.size(); ++i) {
        for (const auto figure : {&ItemFigures::facility, &ItemFigures::discrimination, &ItemFigures::not_reached, &ItemFigures::omitted})
            RC_ASSERT(is_near(one.items[i].*figure, other.items[i].*figure));
        RC_ASSERT(one.items[i].item == other.items[i].item);
        RC_ASSERT(one.items[i].time == other.items[i].time);
        RC_ASSERT(one.items[i].chosen == other.items[i].chosen);
    }
}

// RC_ASSERT takes its expression apart and evaluates both sides of ||, so what hangs on a value stands in functions.
bool is_between(const Figure& figure, double least, double most) { return !figure.value || (*figure.value >= least && *figure.value <= most); }
bool is_share(const Figure& figure) { return is_between(figure, 0, 1); }

void check(const ItemFigures& item, const Settings& settings)
{
    RC_ASSERT(is_share(item.facility) && is_share(item.not_reached) && is_share(item.omitted));
    RC_ASSERT(is_between(item.discrimination, -1, 1));
    for (const auto* figure : {&item.facility, &item.discrimination, &item.not_reached, &item.omitted})
        RC_ASSERT(!figure->value || figure->n >= settings.least_of_item);
    RC_ASSERT(!item.time.value || item.time.n >= settings.least_of_item);
    RC_ASSERT(item.chosen.empty() || item.reached >= settings.least_of_item);
    for (const auto& chosen : item.chosen) RC_ASSERT(chosen.lower + chosen.upper <= chosen.all && chosen.all <= item.reached);
}

void check(const Group& group, const Settings& settings)
{
    const auto& form = group.form;
    RC_ASSERT(is_share(form.score) && is_share(form.passed) && is_share(form.consistency));
    for (const auto* figure : {&form.score, &form.passed}) RC_ASSERT(!figure->value || figure->n >= settings.least_of_item);
    for (const auto* figure : {&form.reliability, &form.measurement_error, &form.consistency, &form.kappa})
        RC_ASSERT(!figure->value || figure->n >= settings.least_of_form);
    RC_ASSERT(is_between(form.reliability, -1e9, 1 + 1e-9));
    for (const auto& item : group.items) check(item, settings);
}
} // namespace

TEST_CASE("shares are shares, correlations are correlations, and nothing is shown below its least")
{
    CHECK(rc::check([] {
        Settings settings;
        settings.least_of_item = *rc::gen::inRange(1, 20);
        settings.least_of_form = *rc::gen::inRange(1, 30);
        settings.least_of_dif = *rc::gen::inRange(1, 10);
        const auto analysis = analyse(table(any_people()), settings);
        check(analysis.all, settings);
        for (const auto& [language, group] : analysis.languages) check(group, settings);
        for (const auto& [site, group] : analysis.sites) check(group, settings);
        for (const auto& [item, dif] : analysis.dif) RC_ASSERT(!dif.value || std::min(dif.n_focal, dif.n_reference) >= settings.least_of_dif);
    }));
}

TEST_CASE("it makes no difference who comes first")
{
    CHECK(rc::check([] {
        const auto people = any_people();
        auto others = people;
        std::reverse(others.begin(), others.end());
        const auto turn = static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, others.size() + 1));
        std::rotate(others.begin(), others.begin() + turn, others.end());
        const auto settings = nobody_is_too_few();
        const auto one = analyse(table(people), settings), other = analyse(table(others), settings);
        same(one.all, other.all);
        for (const auto& [language, group] : one.languages) same(group, other.languages.at(language));
        for (const auto& [site, group] : one.sites) same(group, other.sites.at(site));
        RC_ASSERT(one.dif.size() == other.dif.size());
    }));
}

TEST_CASE("people of a third language change nothing between Kazakh and Russian")
{
    CHECK(rc::check([] {
        auto people = any_people();
        const auto settings = nobody_is_too_few();
        const auto before = analyse(table(people), settings).dif;
        for (int i = 0; i < 10; ++i) {
            people.push_back(any_attempt());
            people.back().language = Language::en;
        }
        const auto after = analyse(table(people), settings).dif;
        for (const auto& [item, dif] : before) RC_ASSERT(after.at(item) == dif);
    }));
}

TEST_CASE("people who have everything right change no item's odds between Kazakh and Russian")
{
    CHECK(rc::check([] {
        auto people = any_people();
        auto settings = nobody_is_too_few();
        settings.dif_bands = 1000; // only who has the whole rest right is in the last band
        for (auto& person : people) { // and of the others nobody: the first item of each is wrong
            person.answers.push_back({.item = {"z"}, .points = 0, .chosen = {"B"}});
        }
        const auto before = analyse(table(people), settings).dif;
        for (const auto language : {Language::kk, Language::ru})
            for (int i = 0; i < 5; ++i) {
                people.push_back(answers("111111"));
                people.back().language = language;
            }
        const auto after = analyse(table(people), settings).dif;
        for (const auto& [item, dif] : before) {
            if (item.text == "z") continue;
            RC_ASSERT(after.at(item).value == dif.value);
        }
    }));
}
