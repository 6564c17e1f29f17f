#include "sync/hq/withdrawal.hpp"
#include "content/language/dates.hpp"
#include "sync/hq/feed.hpp"
#include "sync/hq/site_keys.hpp"

namespace adal::sync::hq {
namespace {

std::vector<std::string> as_texts(const std::vector<Continued>& heads)
{
    std::vector<std::string> texts;
    for (const auto& head : heads) texts.push_back(to_text(head));
    return texts;
}

Expected<TerminalRecord> known_terminal(Store& store, const TerminalId& id)
{
    auto terminal = find_terminal(store, id);
    if (!terminal) return terminal.error();
    if (!*terminal) return fail(ErrorKind::NotFound, "hq.terminal.missing", {{"terminal", id.text}});
    return std::move(**terminal);
}

/// Codes are hashed slowly, so they are made before the write that keeps them.
struct Prepared {
    Person person;
    PreparedCode code;
};
Expected<std::vector<Prepared>> prepare_codes(Store& store, const TerminalRecord& terminal, Date today, Random& random)
{
    auto roster = roster_of(store, terminal.scope, today);
    if (!roster) return roster.error();
    std::vector<Prepared> prepared;
    for (auto& person : roster->people) prepared.push_back({std::move(person), prepare_code(random)});
    return prepared;
}

} // namespace

Expected<Withdrawal> withdraw(Store& store, const HqFolder& folder, const HqKeys& keys, const TerminalId& id, bool stolen, const Actor& actor,
                              const Clock& clock, Random& random)
{
    const auto now = clock.now();
    auto terminal = known_terminal(store, id);
    if (!terminal) return terminal.error();
    std::vector<Prepared> codes;
    if (stolen) {
        auto prepared = prepare_codes(store, *terminal, language::date_of(now.at), random);
        if (!prepared) return prepared.error();
        codes = std::move(*prepared);
    }
    Withdrawal withdrawal{.terminal = id, .generation = 0, .new_codes = {}};
    auto done = store.write([&](std::int64_t position) -> Expected<Done> {
        auto heads = revoke(store, id, stolen, now.at);
        if (!heads) return heads.error();
        auto generation = begin_generation(store, folder, keys, terminal->scope.site, random);
        if (!generation) return generation.error();
        withdrawal.generation = generation->generation;
        std::vector<Fact> facts{TerminalRevoked{id, stolen, as_texts(*heads)}};
        for (auto& [person, code] : codes) {
            auto issued = issue_code(store, person.id, code, now.at);
            if (!issued) return issued.error();
            facts.push_back(CodeIssued{person.id, issued->reset, to_ms(issued->expires)});
            withdrawal.new_codes.emplace_back(std::move(person), std::move(*issued));
        }
        if (auto bumped = bump_roster(store, now.at); !bumped) return bumped;
        return record(store, keys.identity, actor, facts, position, now, random);
    });
    if (!done) return done.error();
    return withdrawal;
}

Expected<Accepted> accept_waiting(Store& store, const HqKeys& keys, const TerminalId& id, const Actor& actor, const Clock& clock, Random& random)
{
    if (auto terminal = known_terminal(store, id); !terminal) return terminal.error();
    Accepted accepted;
    auto done = store.write([&](std::int64_t position) -> Expected<Done> {
        auto believed = accept(store, id);
        if (!believed) return believed.error();
        accepted = std::move(*believed);
        if (accepted.facts == 0) return Done{};
        if (auto noted = note_change(store, accepted.people, {}, 0, position); !noted) return noted;
        return record(store, keys.identity, actor, {QuarantineAccepted{id, as_texts(accepted.heads)}}, position, clock.now(), random);
    });
    if (!done) return done.error();
    return accepted;
}

} // namespace adal::sync::hq
