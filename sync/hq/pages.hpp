#pragma once
#include "sync/hq/people.hpp"
#include "sync/hq/shared.hpp"
#include "sync/hq/standing.hpp"
#include "sync/hq/users.hpp"
#include "sync/hq/view.hpp"
#include "sync/hq/web.hpp"

/// What each page of the console shows, as Views for its template. They read and decide nothing.
namespace adal::sync::hq {

struct PageContext {
    Store& store;
    Say say;
    const WebRequest& request;
    const Session& session;
    const Teaching& teaching;
    UtcTime now;
    Date today{};
};

Expected<View> overview_page(const PageContext&);
Expected<View> people_page(const PageContext&);
Expected<View> overdue_page(const PageContext&);
Expected<View> person_page(const PageContext&, const PersonId&); // NotFound
class CurrentAnalyses;
Expected<View> analysis_page(const PageContext&, CurrentAnalyses&); // "/analysis/<test>", or the first test; NotFound
Expected<View> terminals_page(const PageContext&);
Expected<View> terminal_page(const PageContext&, const TerminalId&); // NotFound

/// A duty's state: icon, word and colour together; `detail` replaces the word where there is more to say.
View chip(const Say&, DutyState, const std::string& detail = {});
std::string chip_detail(const Say&, const DutyRow&, Date today);

/// The units this user may see; none: all.
std::vector<UnitId> seen_units(const PageContext&);
bool is_seen(const PageContext&, const Person&);

std::string number_text(const Say&, std::int64_t);
std::string percent_text(const Say&, std::int64_t part, std::int64_t whole); // "88.4 %"
std::string grouped(const std::string& personnel_number);                    // "204 117"

std::string shown(const TerminalId&); // "T-07"

/// This machine was put back without a word: for _alarm.mustache, on the pages that an administrator opens first. No when all is well.
Expected<View> alarm_of(const PageContext&);

/// A choice of a filter: value, title, whether it is the one.
View options(const std::string& chosen, const std::string& all_title,
             const std::vector<std::pair<std::string, std::string>>& values_and_titles);

/// This page's address with some of its query changed; an empty value leaves it out.
std::string address(const PageContext&, const std::string& path, const std::map<std::string, std::string>& changes,
                    const std::vector<std::string>& kept);

} // namespace adal::sync::hq
