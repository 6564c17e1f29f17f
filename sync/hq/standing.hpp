#pragma once
#include "sync/duties/duties.hpp"
#include "sync/hq/store.hpp"

/// Who stands where today: lists and counts, straight from the projections. The state of a duty is one SQL expression
/// here, tested equal to `state_of` of sync/duties over every case.
namespace adal::sync::hq {

struct Filter {
    std::string site{}, unit{}, rule{}, state{}, search{}; // empty: all
    std::vector<UnitId> only_units{};                      // what this user may see; empty: all
    std::int64_t offset = 0, limit = 40;
};

/// One duty of one person today.
struct DutyRow {
    PersonId person;
    std::string name;
    EmployerId
        employer; // of her first current assignment that the filter admits, as are number, unit, site and position
    std::string number, position;
    UnitId unit;
    SiteId site;
    DutyId rule;
    DutyState state{};
    std::optional<Date> due;
    std::optional<UtcTime> done;
    std::optional<int> points, maximum;
};
enum class Order { ByName, ByDue, LatestDone };
Expected<std::vector<DutyRow>> duty_rows(Store&, const Filter&, Order, Date today);
Expected<std::int64_t> count_duty_rows(Store&, const Filter&, Date today);

/// One person of a list; `duties` in the curriculum's order.
struct PersonRow {
    PersonId person;
    std::string name, number, position;
    EmployerId employer;
    UnitId unit;
    SiteId site;
    std::optional<Date> probation_end;
    std::vector<DutyRow> duties;
};
Expected<std::vector<PersonRow>> people_rows(Store&, const Filter&, Date today);
Expected<std::int64_t> count_people(Store&, const Filter&, Date today);

/// How many people of a site are in which state of a duty. Site "" is all of them, each counted once.
struct SiteCounts {
    std::int64_t people = 0; // with a current assignment there
    std::map<std::string, std::map<DutyState, std::int64_t>> by_rule;
};
Expected<std::map<SiteId, SiteCounts>> counts_by_site(Store&, const std::vector<UnitId>& only_units, Date today);

/// People whose probation ends in the week that begins on `monday` and who have not done what probation asks for.
struct ProbationWeek {
    Date monday{};
    std::int64_t open = 0, used_up = 0; // the second: no attempt is left
};
Expected<std::vector<ProbationWeek>> probation_weeks(Store&, const std::string& rule,
                                                     const std::vector<UnitId>& only_units, Date today, int weeks);

std::optional<DutyState> state_from(std::string_view code);

} // namespace adal::sync::hq
