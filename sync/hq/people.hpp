#pragma once
#include "sync/hq/store.hpp"
#include "sync/journal/beside.hpp"
#include "sync/people/roster.hpp"
#include <set>

/// Who works here, as HR's roster says. What they have done is in journals; these rows can be corrected or erased
/// without breaking one.
namespace adal::sync::hq {

struct UnitRecord {
    UnitId id;
    SiteId site;
    Text name;
};

/// All inside a write; `bump_roster` or `bump_roster_of` once at its end, so that terminals fetch the new ones.
Expected<Done> put_site(Store&, const SiteId&, const Text&, int ordinal);
Expected<Done> put_unit(Store&, const UnitRecord&);
Expected<Done> put_employer(Store&, const EmployerId&, const Text&);
Expected<Done> put_person(Store&, const Person&); // with her assignments; replaces what was there; her verifier stays
Expected<Done> put_verifier(Store&, const PersonId&, const Verifier&);
Expected<Done> bump_roster(Store&, UtcTime now);                            // of all sites
Expected<Done> bump_roster_of(Store&, const std::set<PersonId>&, UtcTime now); // of the sites where they work

/// A PIN set at a terminal: the higher (reset, counter) wins. True if it was newer than ours.
Expected<bool> take_pin(Store&, const Beside::PinVerifier&);

Expected<std::vector<std::pair<SiteId, Text>>> all_sites(Store&);
Expected<std::vector<UnitRecord>> all_units(Store&);
Expected<std::map<EmployerId, Text>> all_employers(Store&);
Expected<std::optional<Person>> find_person(Store&, const PersonId&);
Expected<std::vector<Person>> people_of(Store&, const std::vector<PersonId>&);
Expected<std::vector<PersonId>> all_people(Store&);

/// Whom a terminal serves: the people of its units, or of its whole site when none is named.
struct TerminalScope {
    SiteId site;
    std::set<UnitId> units;
    bool operator==(const TerminalScope&) const = default;
};
/// A query for their ids: everybody whose assignment there is current, to come, or ended less than sixty days ago. Its parameters are numbered from
/// `first` on.
std::pair<std::string, std::vector<Value>> people_in_scope(const TerminalScope&, Date today, int first);

/// What a terminal needs: these people, and what codes are called.
Expected<Roster> roster_of(Store&, const TerminalScope&, Date today);
Expected<std::int64_t> roster_number(Store&, const SiteId&); // grows with every change at this site

/// Current holders of a number, at one employer or at all.
Expected<std::vector<Person>> holders_of(Store&, const std::string& number, const std::optional<EmployerId>&,
                                         Date today);

/// A one-time code of eight digits, good for fourteen days; told once and kept only as a verifier. Inside a write.
struct IssuedCode {
    std::string code;
    std::int64_t reset = 0;
    UtcTime expires;
};
Expected<IssuedCode> issue_code(Store&, const Person&, UtcTime now, Random&, Effort = Effort::Interactive);

/// The same in two steps for many at once: hashing is slow on purpose and needs no write.
struct PreparedCode {
    std::string code, verifier;
};
PreparedCode prepare_code(Random&, Effort = Effort::Interactive);
Expected<IssuedCode> issue_code(Store&, const PersonId&, const PreparedCode&, UtcTime now);

} // namespace adal::sync::hq
