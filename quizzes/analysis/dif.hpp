#pragma once
#include "quizzes/analysis/settings.hpp"
#include <span>

/// Is an item harder in Kazakh than in Russian for people who know equally much? (Differential item functioning, DIF.)
///
/// Mantel and Haenszel's procedure (1959) as Holland and Thayer (1988) use it: reference group ru, focal group kk. People are matched by their rest score
/// in bands; in each band k of T people
///
///              right  wrong
///     ru         A      B            alpha = sum(A D / T) / sum(B C / T)      the common odds ratio
///     kk         C      D            delta = -2.35 ln(alpha)                  MH D-DIF; negative: harder in Kazakh
///
///     chi-square = (|sum(A) - sum(E)| - 1/2)^2 / sum(V), never a negative difference squared
///     E = (A+B)(A+C)/T,  V = (A+B)(C+D)(A+C)(B+D) / (T^2 (T-1))
///
/// The error of ln(alpha) is that of Robins, Breslow and Greenland (1986). Classes of the Educational Testing Service (Zieky 1993; Dorans and Holland 1993):
///     A  negligible: |delta| < 1, or chi-square not significant at 5 % (3.841)
///     C  large: |delta| >= 1.5 and significantly above 1 at 5 % (one-sided, 1.645 errors)
///     B  whatever is between
/// We match by the rest because forms are drawn: a total with the item in it means something else for those who did not draw it. Holland and Thayer keep the
/// item in, and then an item without DIF comes out at 0 exactly where the Rasch model holds; without it, groups that differ much in what they know can
/// show a little that is not there. So a C says "compare the two texts", not "the translation is wrong". An item of several points is right when it has all.
namespace adal::quizzes::analysis {

struct Matched {
    bool is_focal = false, is_right = false;
    int band = 0; // 0 ... bands - 1
};

enum class DifClass { A, B, C };

struct Dif {
    std::int64_t n_reference = 0, n_focal = 0;
    struct Measure {
        double alpha = 1, delta = 0, delta_error = 0, chi_square = 0;
        DifClass letter{};
        bool operator==(const Measure&) const = default;
    };
    std::optional<Measure> value = {}; // nothing below the least, or where one group has everything right or everything wrong
    bool operator==(const Dif&) const = default;
};

Dif mantel_haenszel(std::span<const Matched>, const Settings&);

} // namespace adal::quizzes::analysis
