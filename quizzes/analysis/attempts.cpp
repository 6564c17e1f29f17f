#include "quizzes/analysis/attempts.hpp"
#include <algorithm>
#include <limits>

namespace adal::quizzes::analysis {
namespace {

constexpr int most_points = std::numeric_limits<std::uint16_t>::max();

bool is_possible(const GivenAnswer& answer)
{
    return answer.maximum > 0 && answer.maximum <= most_points && answer.points >= 0 && answer.points <= answer.maximum;
}

bool repeats_an_item(const std::vector<GivenAnswer>& answers)
{
    std::vector<const std::string*> names;
    for (const auto& answer : answers) names.push_back(&answer.item.text);
    const auto before = [](const auto* a, const auto* b) { return *a < *b; };
    std::sort(names.begin(), names.end(), before);
    return std::adjacent_find(names.begin(), names.end(), [](const auto* a, const auto* b) { return *a == *b; }) != names.end();
}

/// Of eleven days it is all one.
std::int32_t short_time(std::int64_t milliseconds)
{
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(milliseconds, -1, 1'000'000'000));
}

} // namespace

void Attempts::reserve(std::size_t attempts, std::size_t answers)
{
    forms_.reserve(attempts);
    answers_.reserve(answers);
}

std::uint32_t Attempts::number_of(const Response& response)
{
    const auto [found, is_new] = response_numbers_.try_emplace(response, static_cast<std::uint32_t>(responses_.size()));
    if (is_new) responses_.push_back(response);
    return found->second;
}

Expected<Done> Attempts::add(const FirstAttempt& attempt)
{
    const auto& given = attempt.answers;
    if (given.empty() || given.size() > 10'000 || !std::all_of(given.begin(), given.end(), is_possible) || repeats_an_item(given))
        return fail(ErrorKind::InvalidInput, "analysis.attempt");
    Form form{.first = answers_.size(),
              .count = static_cast<std::uint32_t>(given.size()),
              .points = 0,
              .maximum = 0,
              .pass_mark = attempt.pass_mark,
              .site = static_cast<std::uint16_t>(sites_.of(attempt.site)),
              .language = attempt.language};
    for (const auto& answer : given) {
        form.points += answer.points;
        form.maximum += answer.maximum;
        answers_.push_back({.item = items_.of(answer.item),
                            .response = number_of(answer.chosen),
                            .milliseconds = short_time(answer.milliseconds),
                            .points = static_cast<std::uint16_t>(answer.points),
                            .maximum = static_cast<std::uint16_t>(answer.maximum),
                            .reach = answer.reach});
    }
    forms_.push_back(form);
    return Done{};
}

} // namespace adal::quizzes::analysis
