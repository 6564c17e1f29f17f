#pragma once
#include "tests/support/fake_hq.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temporary_folder.hpp"
#include <doctest/doctest.h>

namespace adal::support {

/// A terminal that has just been enrolled, and its HQ.
struct Office {
    TemporaryFolder folder;
    ManualClock clock;
    CountedRandom random;
    FakeHq hq;
    sync::TerminalFolder terminal{folder.path()};
    sync::Enrolment enrolment;
    std::unique_ptr<sync::KeyPair> key;
    std::unique_ptr<sync::Journal> journal;
    std::unique_ptr<sync::Beside> beside;

    Office()
    {
        const auto code = hq.invite();
        auto enrolled = sync::enrol(terminal, code, "http://hq", hq, clock, random);
        REQUIRE_MESSAGE(enrolled, enrolled.error().message());
        enrolment = *enrolled;
        open();
    }
    void open() // as after a restart
    {
        journal.reset();
        beside.reset();
        key = std::make_unique<sync::KeyPair>(*sync::KeyPair::open(terminal.key()));
        journal = std::make_unique<sync::Journal>(sync::Journal::open(terminal.journal(), *key, clock).value());
        beside = std::make_unique<sync::Beside>(sync::Beside::open(terminal.beside()).value());
        enrolment = sync::read_enrolment(*beside).value();
    }

    /// One decision of so many facts.
    void decide(int facts = 1)
    {
        std::vector<sync::Fact> all;
        for (int i = 0; i < facts; ++i)
            all.push_back(content::PageFinished{.module = {"speak-up"}, .version = 1, .page = i + 1, .language = Language::kk});
        REQUIRE(journal->append(PersonId{"p-1"}, all));
    }
    Expected<sync::Exchanged> exchange(std::size_t batch_limit = 500)
    {
        auto exchanged = sync::exchange(terminal, *journal, *beside, *key, enrolment, hq, clock, batch_limit);
        if (auto renewed = sync::read_enrolment(*beside)) enrolment = *renewed;
        return exchanged;
    }
    sync::SyncState state() const { return sync::read_sync_state(*beside); }
    std::optional<sync::Receipt> receipt() const { return state().receipt_of(journal->id()); }
    /// HQ has every row, once, and the terminal holds the receipt for the last.
    bool all_at_hq() const { return hq.head() == journal->head() && receipt() && receipt()->head == journal->head(); }
};

/// The same story again and again: each time another step of the exchange fails, before it happened or after; then the terminal starts anew and goes on.
template <class Prepare, class Check> void at_every_step(const Prepare& prepare, const Check& check)
{
    for (const auto fate : {FakeHq::Fate::LosesRequest, FakeHq::Fate::LosesReply})
        for (std::size_t step = 0; step < 20; ++step) {
            Office office;
            prepare(office);
            office.hq.fates.assign(step, FakeHq::Fate::Open);
            office.hq.fates.push_back(fate);
            const bool was_hit = !office.exchange();
            office.hq.fates.clear();
            office.open();
            const auto goes_on = office.exchange();
            REQUIRE_MESSAGE(goes_on, goes_on.error().message());
            check(office);
            if (!was_hit) break;
            REQUIRE(step < 19);
        }
}

} // namespace adal::support
