#pragma once
#include "content/base/clock.hpp"
#include "content/base/expected.hpp"
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include "content/curriculum.hpp"
#include <map>
#include <optional>

namespace adal::sync {

/// What hangs on a person: numbers repeat between employers, one person may hold two, be transferred or rehired.
struct Assignment {
    EmployerId employer;
    std::string number; // personnel number, digits
    UnitId unit;
    SiteId site;
    std::string position;
    content::PersonClass person_class{};
    Date from{};
    std::optional<Date> to, probation_end;
    bool operator==(const Assignment&) const = default;
    bool is_current(Date today) const { return from <= today && (!to || today <= *to); }
};

/// How she proves who she is; Argon2id texts. A higher (reset, counter) wins.
struct Verifier {
    std::string pin;                        // empty until she has set one
    std::int64_t reset = 0, counter = 0;    // reset generation, then the count of changes since
    std::string one_time_code;              // empty when there is none; good until `code_expires`
    std::optional<UtcTime> code_expires;
    bool operator==(const Verifier&) const = default;
};

struct Person {
    PersonId id;
    std::string family_name, given_name, patronymic; // the last may be empty
    std::optional<Language> language;
    std::vector<Assignment> assignments;
    Verifier verifier;
    std::string full_name() const;  // family, given, patronymic
    std::string short_name() const; // given name and the family name's initial: "Айгерім С."
    bool operator==(const Person&) const = default;
};

/// The people of a terminal's site, and what the codes in their assignments are called. Travels sealed under the site key.
struct Roster {
    std::int64_t number = 0; // grows with every change
    UtcTime as_of;
    bool is_demo = false;
    std::vector<Person> people;
    std::map<SiteId, Text> sites;
    std::map<UnitId, Text> units;
    std::map<EmployerId, Text> employers;

    const Person* find(const PersonId&) const;
    /// Current holders of a personnel number: none, one, or several (one number at two employers).
    std::vector<const Person*> holders(const std::string& number, Date today) const;
};

std::string encode(const Roster&); // canonical JSON
Expected<Roster> decode_roster(std::string_view json);

} // namespace adal::sync
