#include "sync/people/roster.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace adal::fuzz {

using namespace sync;

void run(BytesView foreign)
{
    const auto roster = round_trip(text_of(foreign), decode_roster, [](const Roster& value) { return encode(value); });
    if (!roster) return;
    for (const auto& person : roster->people) {
        must(roster->find(person.id), "everybody in it is found");
        static_cast<void>(person.full_name() + person.short_name());
        for (const auto& assignment : person.assignments)
            must(!assignment.is_current(assignment.from) || !roster->holders(assignment.number, assignment.from).empty(), "a current number has a holder");
    }
}

} // namespace adal::fuzz
