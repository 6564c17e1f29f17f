#include "quizzes/analysis/form_figures.hpp"
#include <algorithm>
#include <cmath>
#include <tuple>

namespace adal::quizzes::analysis {
namespace {

struct ItemSum {
    std::int64_t n = 0, points = 0;
    double mean() const { return static_cast<double>(points) / static_cast<double>(n); }
};

std::vector<ItemSum> sums_of_items(const Attempts& attempts, std::span<const std::uint32_t> forms)
{
    std::vector<ItemSum> sums(attempts.items().size());
    for (const auto index : forms)
        for (const auto& answer : attempts.answers_of(attempts.forms()[index])) {
            ++sums[answer.item].n;
            sums[answer.item].points += answer.points;
        }
    return sums;
}

/// The sums of c and v above.
struct Covariance {
    std::int64_t people = 0;
    double products = 0, pairs = 0, squares = 0, items = 0;

    void add(std::span<const Attempts::Answer> answers, const std::vector<ItemSum>& sums, std::int64_t least)
    {
        double sum = 0, square = 0, k = 0;
        for (const auto& answer : answers) {
            if (sums[answer.item].n < least) continue;
            const double d = answer.points - sums[answer.item].mean();
            sum += d, square += d * d, ++k;
        }
        if (k < 2) return;
        ++people;
        products += sum * sum - square, pairs += k * (k - 1);
        squares += square, items += k;
    }
    double variance() const { return squares / items; }
    double between() const { return products / pairs; }
};

Covariance covariance_of(const Attempts& attempts, std::span<const std::uint32_t> forms, std::int64_t least)
{
    const auto sums = sums_of_items(attempts, forms);
    Covariance result;
    for (const auto index : forms) result.add(attempts.answers_of(attempts.forms()[index]), sums, least);
    return result;
}

std::optional<double> alpha_of(const Covariance& sums, double k)
{
    if (sums.people == 0 || k < 2 || sums.squares < 1e-9) return std::nullopt;
    const double v = sums.variance(), c = sums.between(), whole = v + (k - 1) * c;
    if (whole <= 1e-12) return std::nullopt;
    return k * c / whole;
}

std::optional<double> error_of(const Covariance& sums, double k)
{
    if (sums.people == 0 || sums.squares < 1e-9) return std::nullopt;
    return std::sqrt(std::max(0.0, k * (sums.variance() - sums.between())));
}

double share_of(const Attempts::Form& form) { return static_cast<double>(form.points) / form.maximum; }

/// The pass mark in trials: the least number of k items that is as great a share as the mark.
int cut_in_trials(const Attempts::Form& form)
{
    const std::int64_t k = form.count, mark = std::max(form.pass_mark, 0);
    return static_cast<int>(std::min<std::int64_t>((mark * k + form.maximum - 1) / form.maximum, k + 1));
}

struct Agreement {
    double same = 0, chance_to_pass = 0;
};

/// Few different scores, many people: each kind of form and score is computed once.
Agreement agreement_of(const Attempts& attempts, std::span<const std::uint32_t> forms, double alpha, double mean)
{
    std::map<std::tuple<std::int32_t, std::int32_t, std::uint32_t, std::int32_t>, std::int64_t> kinds;
    for (const auto index : forms) {
        const auto& form = attempts.forms()[index];
        ++kinds[{form.points, form.maximum, form.count, cut_in_trials(form)}];
    }
    Agreement sum;
    for (const auto& [kind, people] : kinds) {
        const auto& [points, maximum, count, cut] = kind;
        const double truth = alpha * points / maximum + (1 - alpha) * mean;
        const double pass = binomial_tail(static_cast<int>(count), cut, std::clamp(truth, 0.0, 1.0));
        sum.same += static_cast<double>(people) * (pass * pass + (1 - pass) * (1 - pass));
        sum.chance_to_pass += static_cast<double>(people) * pass;
    }
    const auto n = static_cast<double>(forms.size());
    return {sum.same / n, sum.chance_to_pass / n};
}

std::optional<double> kappa_of(const Agreement& agreement)
{
    const double p = agreement.chance_to_pass, by_chance = p * p + (1 - p) * (1 - p);
    if (1 - by_chance < 1e-12) return std::nullopt;
    return (agreement.same - by_chance) / (1 - by_chance);
}

} // namespace

double binomial_tail(int trials, int least, double p)
{
    if (least <= 0) return 1;
    if (least > trials || p <= 0) return 0;
    if (p >= 1) return 1;
    double sum = 0;
    for (int i = least; i <= trials; ++i)
        sum += std::exp(std::lgamma(trials + 1.0) - std::lgamma(i + 1.0) - std::lgamma(trials - i + 1.0) + i * std::log(p) +
                        (trials - i) * std::log1p(-p));
    return std::min(sum, 1.0);
}

FormFigures figures_of(const Attempts& attempts, std::span<const std::uint32_t> forms, const Settings& settings)
{
    const auto n = static_cast<std::int64_t>(forms.size());
    FormFigures figures{.people = n};
    if (n == 0) return figures;
    double share = 0, k = 0;
    std::int64_t passed = 0;
    for (const auto index : forms) {
        const auto& form = attempts.forms()[index];
        share += share_of(form), k += form.count;
        passed += form.points >= form.pass_mark;
    }
    const auto people = static_cast<double>(n);
    share /= people, k /= people;
    if (n >= settings.least_of_item) figures.items = k;
    figures.score = figure(n, settings.least_of_item, share);
    figures.passed = figure(n, settings.least_of_item, static_cast<double>(passed) / people);

    const auto sums = covariance_of(attempts, forms, settings.least_of_item);
    const auto alpha = alpha_of(sums, k);
    figures.reliability = figure(sums.people, settings.least_of_form, alpha);
    figures.measurement_error = figure(sums.people, settings.least_of_form, error_of(sums, k));
    figures.consistency.n = figures.kappa.n = sums.people;
    if (!figures.reliability.value) return figures;
    const auto agreement = agreement_of(attempts, forms, std::clamp(*alpha, 0.0, 1.0), share);
    figures.consistency.value = agreement.same;
    figures.kappa.value = kappa_of(agreement);
    return figures;
}

} // namespace adal::quizzes::analysis
