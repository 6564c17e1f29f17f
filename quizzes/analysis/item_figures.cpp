#include "quizzes/analysis/item_figures.hpp"
#include <algorithm>
#include <cmath>

namespace adal::quizzes::analysis {
namespace {

/// Sums for a correlation. A spread that is only the rounding of equal numbers is none.
struct Pairs {
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    void add(double a, double b)
    {
        ++n, x += a, y += b;
        xx += a * a, yy += b * b, xy += a * b;
    }
    std::optional<double> correlation() const
    {
        constexpr double nothing = 1e-9;
        if (n < 2) return std::nullopt;
        const double sx = xx - x * x / n, sy = yy - y * y / n;
        if (sx < nothing || sy < nothing) return std::nullopt;
        return std::clamp((xy - x * y / n) / std::sqrt(sx * sy), -1.0, 1.0);
    }
};

std::optional<double> share(std::int64_t part, std::int64_t whole)
{
    if (whole == 0) return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

double quantile(const std::vector<std::int32_t>& sorted, double q)
{
    const double h = static_cast<double>(sorted.size() - 1) * q;
    const auto low = static_cast<std::size_t>(h);
    const auto high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (h - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

Times times_of(std::span<const Observation> observed, std::int64_t least)
{
    std::vector<std::int32_t> known;
    for (const auto& one : observed)
        if (one.reach != Reach::NotReached && one.milliseconds >= 0) known.push_back(one.milliseconds);
    Times times{.n = static_cast<std::int64_t>(known.size())};
    if (known.empty() || times.n < least) return times;
    std::sort(known.begin(), known.end());
    times.value = {quantile(known, 0.25), quantile(known, 0.5), quantile(known, 0.75)};
    return times;
}

void count_words(std::span<const Observation> observed, const Attempts& attempts, ItemFigures& figures)
{
    std::map<std::uint32_t, Chosen> by_response;
    for (const auto& one : observed) {
        if (one.reach == Reach::NotReached) continue;
        const int low = one.third == Third::Lower, high = one.third == Third::Upper;
        figures.lower_third += low, figures.upper_third += high;
        auto& counted = by_response[one.response];
        ++counted.all, counted.lower += low, counted.upper += high;
    }
    std::map<std::string, Chosen> by_word;
    for (const auto& [response, counted] : by_response)
        for (const auto& word : attempts.response(response)) {
            auto& sum = by_word[word];
            sum.word = word;
            sum.all += counted.all, sum.lower += counted.lower, sum.upper += counted.upper;
        }
    for (auto& [word, counted] : by_word) figures.chosen.push_back(std::move(counted));
}

} // namespace

ItemFigures figures_of(const ItemId& item, std::span<const Observation> observed, const Attempts& attempts, const Settings& settings)
{
    const auto least = settings.least_of_item;
    ItemFigures figures{.item = item, .drawn = static_cast<std::int64_t>(observed.size())};
    std::int64_t left_out = 0;
    double sum = 0;
    Pairs pairs;
    for (const auto& one : observed) {
        if (one.reach == Reach::NotReached) continue;
        ++figures.reached;
        left_out += one.reach == Reach::Omitted;
        sum += one.score;
        if (one.rest) pairs.add(one.score, *one.rest);
    }
    const auto n = figures.reached;
    figures.facility = figure(n, least, n == 0 ? std::nullopt : std::optional{std::clamp(sum / static_cast<double>(n), 0.0, 1.0)});
    figures.discrimination = figure(static_cast<std::int64_t>(pairs.n), least, pairs.correlation());
    figures.not_reached = figure(figures.drawn, least, share(figures.drawn - n, figures.drawn));
    figures.omitted = figure(n, least, share(left_out, n));
    figures.time = times_of(observed, least);
    if (n >= least) count_words(observed, attempts, figures);
    return figures;
}

} // namespace adal::quizzes::analysis
