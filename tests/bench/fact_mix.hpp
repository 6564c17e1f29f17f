#pragma once
#include "sync/journal/journal.hpp"
#include "tests/support/seeded_random.hpp"
#include <memory>

/// Facts as a busy terminal writes them, for the benches: people come one after another, read the code, work through a module, take a test of
/// twenty items, and go. Every morning the terminal starts anew and has compared its clock with HQ's.
namespace adal::bench {

/// The journal's clock while it is filled: an hour's work is written in a second, with an hour's times.
class WorkingClock final : public Clock {
public:
    Moment now() const override { return moment; }
    void advance(Elapsed by) { moment.at += by, moment.uptime += by; }
    void next_morning();

    Moment moment;
};

class FactMix {
public:
    /// Goes on after the journal's last fact, or ninety days before `now` where that is of today.
    FactMix(sync::Journal&, WorkingClock&, std::vector<PersonId>, UtcTime now);

    Expected<Done> write(std::uint64_t facts); // so many more, or one: the last decision may have two

private:
    using Facts = std::vector<sync::Fact>;
    void decide(const Actor&, const Facts&, int seconds);
    void start();
    void visit();
    void read_code(const PersonId&);
    void take_module(const PersonId&);
    void take_test(const PersonId&);

    sync::Journal& journal_;
    WorkingClock& clock_;
    std::vector<PersonId> people_;
    support::SeededRandom random_;
    std::uint64_t wanted_ = 0;
    bool is_new_day_ = false;
    std::optional<Error> failed_;
};

} // namespace adal::bench
