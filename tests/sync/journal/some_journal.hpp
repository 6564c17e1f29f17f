#pragma once
#include "sync/journal/journal.hpp"
#include "tests/support/counted_random.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace adal::tests {

inline const sync::KeyPair terminal_key = sync::KeyPair::from_seed({7});
inline const PersonId aigerim{"p-000117"};

/// A folder with a young journal of terminal t-07.
struct SomeJournal {
    support::TemporaryFolder folder;
    support::ManualClock clock;
    support::CountedRandom random;
    std::filesystem::path path = folder.path() / "journal.db";

    Expected<sync::Journal> create() { return sync::Journal::create(path, {{"t-07"}, ""}, terminal_key, clock, random); }
    Expected<sync::Journal> open() { return sync::Journal::open(path, terminal_key, clock); }

    /// Row 1, then decisions of one, two and one facts: five rows.
    sync::Journal create_with_three_decisions()
    {
        auto journal = create().value();
        const auto written = [&](const Actor& actor, const std::vector<sync::Fact>& facts) {
            clock.advance(Elapsed{1000});
            assert(journal.append(actor, facts));
        };
        written(TerminalId{"t-07"}, {sync::TerminalStarted{"0.1.0"}});
        written(aigerim, {sync::SignedIn{{"kaz-minerals"}, sync::Identification::Pin, Language::kk},
                          content::SectionRead{{"anti-corruption-code"}, 3, 1, Language::kk, 40}});
        written(aigerim, {sync::SignedOut{sync::SignOutReason::Asked}});
        return journal;
    }
};

} // namespace adal::tests
