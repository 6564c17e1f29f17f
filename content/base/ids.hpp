#pragma once
#include <compare>
#include <string>

namespace adal {

/// Identifiers that cannot be mixed up: swapped arguments do not compile.
template <class Tag> struct Id {
    std::string text;
    auto operator<=>(const Id&) const = default;
    bool empty() const { return text.empty(); }
};

using PersonId = Id<struct PersonIdTag>;     // opaque, issued by HQ; names and numbers live in the roster
using TerminalId = Id<struct TerminalIdTag>; // "t-07"
using SiteId = Id<struct SiteIdTag>;         // "balkhash"
using UnitId = Id<struct UnitIdTag>;         // structural unit
using EmployerId = Id<struct EmployerIdTag>; // legal entity
using DutyId = Id<struct DutyIdTag>;         // a line of curriculum.json
using DocumentId = Id<struct DocumentIdTag>;
using ModuleId = Id<struct ModuleIdTag>;
using TestId = Id<struct TestIdTag>;       // QTI assessmentTest identifier
using ItemId = Id<struct ItemIdTag>;       // QTI assessmentItem identifier
using ChoiceId = Id<struct ChoiceIdTag>;   // QTI simpleChoice identifier: A, B, C ...
using TopicId = Id<struct TopicIdTag>;     // GIFT category
using ScenarioId = Id<struct ScenarioIdTag>;
using AttemptId = Id<struct AttemptIdTag>; // 16 random hex digits

} // namespace adal
