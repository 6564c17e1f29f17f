#include "content/language/dates.hpp"
#include <array>
#include <cctype>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>

namespace adal::language {
namespace {
using namespace std::chrono;

// Kazakh names stand as they do after a day's number; Russian ones in the genitive.
constexpr std::array<std::array<std::string_view, 12>, 3> months{{
    {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша",
     "желтоқсан"},
    {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
     "декабря"},
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
}};

struct Parts {
    int year;
    unsigned month, day;
};
Parts parts(Date date)
{
    const year_month_day ymd{date};
    return {int(ymd.year()), unsigned(ymd.month()), unsigned(ymd.day())};
}

bool zone_is_set = false;

void use_zone(const char* name)
{
    setenv("TZ", name, 1);
    tzset();
    zone_is_set = true;
}

std::tm local(UtcTime at)
{
    static const bool ready = [] {
        if (!zone_is_set) use_zone("Asia/Almaty");
        return true;
    }();
    static_cast<void>(ready);
    const std::time_t seconds_since_1970 = floor<seconds>(at).time_since_epoch().count();
    std::tm result{};
    localtime_r(&seconds_since_1970, &result);
    return result;
}

std::optional<int> number(std::string_view digits)
{
    int value = 0;
    for (const char c : digits) {
        if (!std::isdigit(static_cast<unsigned char>(c))) return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}
} // namespace

void set_time_zone(const std::string& name) { use_zone(name.c_str()); }

Date date_of(UtcTime at)
{
    const auto t = local(at);
    return year{t.tm_year + 1900} / month{static_cast<unsigned>(t.tm_mon + 1)} / day{static_cast<unsigned>(t.tm_mday)};
}

std::string clock_text(UtcTime at)
{
    const auto t = local(at);
    return fmt::format("{:02}:{:02}", t.tm_hour, t.tm_min);
}

std::string iso(Date date)
{
    const auto [y, m, d] = parts(date);
    return fmt::format("{:04}-{:02}-{:02}", y, m, d);
}

std::optional<Date> date_from_iso(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = number(text.substr(0, 4)), m = number(text.substr(5, 2)), d = number(text.substr(8, 2));
    if (!y || !m || !d) return std::nullopt;
    const year_month_day ymd{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    return ymd.ok() ? std::optional<Date>{ymd} : std::nullopt;
}

std::string iso(UtcTime at)
{
    const auto midnight = floor<days>(at);
    const hh_mm_ss time{floor<seconds>(at - midnight)};
    return fmt::format("{}T{:02}:{:02}:{:02}Z", iso(Date{midnight}), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

std::string day_and_month(Date date, Language language)
{
    const auto [y, m, d] = parts(date);
    return fmt::format("{} {}", d, months[static_cast<std::size_t>(language)][m - 1]);
}

std::string full_date(Date date, Language language)
{
    const auto y = parts(date).year;
    const auto day_month = day_and_month(date, language);
    switch (language) {
    case Language::kk:
        return fmt::format("{} жылғы {}", y, day_month);
    case Language::ru:
        return fmt::format("{} {} года", day_month, y);
    case Language::en:
        break;
    }
    return fmt::format("{} {}", day_month, y);
}

std::string short_date(Date date)
{
    const auto [y, m, d] = parts(date);
    return fmt::format("{:02}.{:02}.{:04}", d, m, y);
}

std::string date_and_time(UtcTime at, Language language)
{
    return day_and_month(date_of(at), language) + ", " + clock_text(at);
}

} // namespace adal::language
