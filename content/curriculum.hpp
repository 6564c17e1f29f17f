#pragma once
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include <optional>
#include <string>
#include <vector>

namespace adal::content {

enum class DutyKind { Acknowledgement, Module, Test };
enum class PersonClass { Employee, Contractor };

/// Who owes it: of these classes, and, if asked for, only while on probation.
struct Audience {
    std::vector<PersonClass> classes;
    bool on_probation = false;
};

/// By when: counted from the first day of work or back from the end of probation (whichever is given).
struct Due {
    std::optional<int> days_after_start, days_before_probation_end;
};

/// One line of the curriculum: who must do what by when, and why.
struct DutyRule {
    DutyId id;
    DutyKind kind{};
    std::string object; // DocumentId, ModuleId or TestId
    Text title, reason;
    Audience who;
    Due due;
};

struct Curriculum {
    int version = 0;
    std::vector<DutyRule> duties;
};

} // namespace adal::content
