#pragma once
#include "quizzes/analysis/attempts.hpp"
#include "quizzes/analysis/settings.hpp"

/// What one group of people says of the test as a whole, though everybody had other items.
///
/// Reliability. Cronbach's alpha (1951), written with averages: alpha = k c / (v + (k-1) c), where k is how many items a form has, v the average variance of
/// an item and c the average covariance of two. Where forms are drawn there is no table without gaps, but an average covariance there is: that of each
/// pair over the people who had both, weighted by how many these are, as in matrix sampling (Sirotnik and Wellington 1977). The weights make it
/// the average over forms as they are drawn. With d = points - mean of the item, of all who had it,
///
///     c = sum over people of ((sum d)^2 - sum d^2) / sum over people of k_p (k_p - 1)          v = sum of d^2 / sum of k_p
///
/// so 10,000 items cost no table of pairs. If everybody has the same form this is alpha itself. Items that fewer than `least_of_item` people had are left
/// out of c and v: their own mean would eat part of the covariance. Points are taken as they counted; what was not reached has none.
/// Forms also differ in difficulty. Alpha takes that for no error; the blueprint, which fixes difficulties, keeps it small.
///
/// Standard error of measurement, in points: sqrt(V (1 - alpha)) with V = k v + k (k-1) c, which is sqrt(k (v - c)).
///
/// Decision consistency. How likely the same verdict would be on another form drawn for the same person: Subkoviak (1976). Her true share is estimated with
/// Kelley's formula, t = alpha x + (1 - alpha) mean x; the chance P to reach the cut on k such items is binomial; consistency is the mean of P^2 + (1-P)^2, and
/// kappa puts it against chance (Swaminathan, Hambleton and Algina 1974). Where items give several points, a form still counts as k trials and the cut as the
/// least number of trials of the same share: cautious, in the spirit of Livingston and Lewis's effective length (1995).
namespace adal::quizzes::analysis {

struct FormFigures {
    std::int64_t people = 0;
    double items = 0;               // in a form, on average; 0 below the least
    Figure score = {}, passed = {}; // mean share of the maximum; share that reached the pass mark
    Figure reliability = {};        // n: people with two counted items at least
    Figure measurement_error = {};  // points
    Figure consistency = {}, kappa = {};
    bool operator==(const FormFigures&) const = default;
};

FormFigures figures_of(const Attempts&, std::span<const std::uint32_t> forms, const Settings&);

/// The chance of at least `least` successes in `trials`, each with chance `p`.
double binomial_tail(int trials, int least, double p);

} // namespace adal::quizzes::analysis
