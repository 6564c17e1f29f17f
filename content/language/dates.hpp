#pragma once
#include "content/base/clock.hpp"
#include "content/base/text.hpp"
#include <optional>

namespace adal::language {

/// Calendar of the company: a zone of the system's tzdata (ICU's data is too old for Kazakhstan), "Asia/Almaty" unless set.
/// Call once, at the start of a program, before threads.
void set_time_zone(const std::string& name);

Date date_of(UtcTime);              // the local calendar day
std::string clock_text(UtcTime);    // "14:05"
std::string iso(Date);              // "2026-11-25"
std::optional<Date> date_from_iso(std::string_view);
std::string iso(UtcTime);           // "2026-11-25T09:05:31Z"

/// As a person writes it: "25 қараша", "25 ноября", "25 November"; with the year where it is asked for:
/// "2027 жылғы 11 қаңтар", "11 января 2027 года", "11 January 2027".
std::string day_and_month(Date, Language);
std::string full_date(Date, Language);
std::string short_date(Date);       // "25.11.2026", for tables
std::string date_and_time(UtcTime, Language); // "25 ноября, 14:02"

} // namespace adal::language
