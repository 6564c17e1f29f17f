#pragma once
#include "content/base/ids.hpp"
#include "content/finding.hpp"
#include <string>
#include <string_view>
#include <vector>

/// What judges said of items, as a file: semicolons, because that is what a spreadsheet with a Kazakh or Russian locale writes.
///
///     judge;round;item;percent
///     Оспанова;1;gifts-01;70
///     Оспанова;2;gifts-01;62.5
///
/// The first line is exactly this. round: 1 or 2. percent: 0 to 100, at most two decimals, point or comma, no sign: of a hundred people who just deserve to
/// pass, how many give the right answer (for an item of several points: which share of its points they get on average). UTF-8, a byte order mark and CRLF are
/// fine; empty lines are passed over; nothing is quoted.
namespace adal::quizzes::analysis {

struct Rating {
    std::string judge;
    int round = 0;
    ItemId item;
    double share = 0; // 0 to 1
    bool operator==(const Rating&) const = default;
};

/// Lines that cannot be read are findings with their number; there is no rating of them.
struct RatingsReading {
    std::vector<Rating> ratings;
    content::Findings findings;
};
RatingsReading read_ratings(std::string_view csv, const std::string& file);

} // namespace adal::quizzes::analysis
