#include "content/language/dates.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::language;
using namespace std::chrono_literals;

namespace {
constexpr Date november_25 = std::chrono::year{2026} / 11 / 25;
constexpr Date january_11 = std::chrono::year{2027} / 1 / 11;
UtcTime utc(Date date, Elapsed after_midnight) { return UtcTime{date} + after_midnight; }
} // namespace

TEST_CASE("a date is written as a person writes it in each language")
{
    CHECK(day_and_month(november_25, Language::kk) == "25 қараша");
    CHECK(day_and_month(november_25, Language::ru) == "25 ноября");
    CHECK(day_and_month(november_25, Language::en) == "25 November");
    CHECK(full_date(january_11, Language::kk) == "2027 жылғы 11 қаңтар");
    CHECK(full_date(january_11, Language::ru) == "11 января 2027 года");
    CHECK(full_date(january_11, Language::en) == "11 January 2027");
    CHECK(short_date(january_11) == "11.01.2027");
}

TEST_CASE("a day in Almaty begins at seven in the evening UTC, since March 2024")
{
    CHECK(date_of(utc(november_25, 18h + 59min)) == november_25);
    CHECK(date_of(utc(november_25, 19h)) == november_25 + std::chrono::days{1});
    CHECK(clock_text(utc(november_25, 9h + 5min)) == "14:05");
    CHECK(date_and_time(utc(november_25, 9h + 2min), Language::ru) == "25 ноября, 14:02");
}

TEST_CASE("before March 2024 Almaty was an hour further ahead")
{
    CHECK(clock_text(utc(std::chrono::year{2023} / 6 / 1, 9h)) == "15:00");
}

TEST_CASE("dates and times have a form for files, and it is read back strictly")
{
    CHECK(iso(november_25) == "2026-11-25");
    CHECK(iso(utc(november_25, 9h + 5min + 31s + 999ms)) == "2026-11-25T09:05:31Z");
    CHECK(date_from_iso("2026-11-25") == november_25);
    for (const auto* text : {"", "2026-11-31", "2026-13-01", "25.11.2026", "2026-11-25 ", "2026-1-125", "20x6-11-25"})
        CHECK_FALSE(date_from_iso(text).has_value());
}

TEST_CASE("29 February exists in leap years only")
{
    CHECK(date_from_iso("2028-02-29").has_value());
    CHECK_FALSE(date_from_iso("2027-02-29").has_value());
}
