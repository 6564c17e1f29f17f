#pragma once
#include "quizzes/analysis/attempts.hpp"
#include "quizzes/analysis/settings.hpp"

/// What the answers of one group of people to one item say. Nothing here knows the item's text or key.
///
///     x_p     the item's points by its maximum, of the person p
///     r_p     her rest score: all her other points by their maximum. Everybody has drawn another form, so a rest is a share and no sum
namespace adal::quizzes::analysis {

enum class Third : std::uint8_t { Lower, Middle, Upper };

/// One person's answer with what surrounds it.
struct Observation {
    double score = 0;           // x_p
    std::optional<double> rest; // r_p; nothing when the form has no other item
    std::int32_t milliseconds = -1;
    std::uint32_t response = 0; // of Attempts
    Reach reach = Reach::Answered;
    Third third = Third::Middle; // of her whole score within the group
};

struct Chosen {
    std::string word; // "B", or a pair "A P"
    std::int64_t all = 0, lower = 0, upper = 0;
    bool operator==(const Chosen&) const = default;
};

/// Milliseconds on the screen. Quartiles interpolate linearly between order statistics, h = (n-1)q (Hyndman and Fan 1996, type 7).
struct Times {
    std::int64_t n = 0;
    struct Quartiles {
        double lower = 0, median = 0, upper = 0;
        bool operator==(const Quartiles&) const = default;
    };
    std::optional<Quartiles> value = {};
    bool operator==(const Times&) const = default;
};

struct ItemFigures {
    ItemId item;
    std::int64_t drawn = 0, reached = 0; // in so many forms; seen by so many people

    /// The mean of x over those who reached it; left out on the screen counts as 0. Who never saw it says nothing about the item (Crocker and Algina 1986, ch. 14).
    Figure facility = {};
    /// Pearson's correlation of x and r over those who reached it: for right and wrong the point-biserial correlation corrected for the item's own part in
    /// the total (Henrysson 1963).
    Figure discrimination = {};
    Figure not_reached = {}; // by those who drew it
    Figure omitted = {};     // by those who reached it
    Times time = {};         // of those who reached it and whose time is known

    /// How often each word was chosen, by all and by the thirds of the group with the lowest and the highest score in the whole test. Thirds go by
    /// mid-ranks, so people with the same score are always in the same one. Empty below the least.
    std::vector<Chosen> chosen = {};
    std::int64_t lower_third = 0, upper_third = 0; // of those who reached it; 0 below the least
    bool operator==(const ItemFigures&) const = default;
};

ItemFigures figures_of(const ItemId&, std::span<const Observation>, const Attempts&, const Settings&);

} // namespace adal::quizzes::analysis
