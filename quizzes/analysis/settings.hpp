#pragma once
#include <cstdint>
#include <optional>

namespace adal::quizzes::analysis {

/// From how many people on a figure is shown, and what is remarkable. All of it stands here and nowhere else.
///
/// Why these: a share p of n people has the standard error sqrt(p(1-p)/n), which is 0.09 at most for 30 people, and among 30 a correlation comes out beyond
/// 0.36 in one of twenty samples though there is none. That finds a wrong key; it does not rank good items. Figures of a whole test go into reports and
/// decide about pass marks, and Mantel-Haenszel spreads its people over bands: 100. Below these nothing is shown but n, which also keeps the few people of
/// a small site from being recognised in a figure.
struct Settings {
    std::int64_t least_of_item = 30;  // people who had the item
    std::int64_t least_of_form = 100; // people, for reliability, error of measurement and consistency
    std::int64_t least_of_dif = 100;  // people in each language
    int dif_bands = 20;               // of the rest score: 5 % each, which is one point of a 20-item form

    double too_easy = 0.95, too_hard = 0.25;  // facility above, below
    double weak_discrimination = 0.10;        // below; below 0 it is a mark of its own (Ebel and Frisbie 1991 call < 0.20 poor, for longer tests)
    double often_not_reached = 0.10;
};

/// A figure and how many people stand behind it. No value: fewer than the least, or nothing that can be computed (nobody differs).
struct Figure {
    std::int64_t n = 0;
    std::optional<double> value = {};
    bool operator==(const Figure&) const = default;
};
inline Figure figure(std::int64_t n, std::int64_t least, std::optional<double> value)
{
    return {n, n >= least ? value : std::nullopt};
}

} // namespace adal::quizzes::analysis
