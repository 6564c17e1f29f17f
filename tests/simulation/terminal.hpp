#pragma once
#include "sync/link/terminal_courier.hpp"
#include "tests/simulation/machine.hpp"
#include "tests/support/seeded_random.hpp"

namespace adal::simulation {

/// A terminal as its kiosk and its sync worker use it. It is off while its power is gone.
class Terminal {
public:
    Terminal(const std::string& name, const std::filesystem::path& folder, std::uint64_t seed);

    Machine machine;
    bool has_network = true; // else it speaks by sticks alone
    bool has_only_neighbours = false; // whose sticks never come to HQ themselves
    bool is_on() const { return journal_.has_value(); }
    bool start(); // false: its disk did not let it
    void stop();

    /// One decision. False: it was refused. What was told to be durable is never forgotten here.
    bool decide(const Actor&, const std::vector<sync::Fact>&);
    /// A sealed body, before the fact that names it. Nothing: it was refused.
    std::optional<Hash> keep_body(BytesView);
    /// Somebody has set the clock: a fact. A step that is never noted leaves `has_blind_spot`.
    void watch_clock();
    bool has_blind_spot = false;

    /// All journals, by a worker beside the kiosk with connections of its own, or by the kiosk itself.
    Expected<sync::Exchanged> exchange(sync::Road&, std::size_t batch_limit, bool beside_the_kiosk);
    Expected<sync::Forwarded> forward(sync::Road&); // what it carries for neighbours
    Expected<sync::WrittenOut> write_out(sync::Stick&);
    Expected<sync::TakenIn> take_in(sync::Stick&);

    /// What the kiosk does when HQ has said that this disk is one of two. False: nothing, or it could not.
    bool succeed();

    const sync::Journal& journal() const { return *journal_; }
    TerminalId id() const { return journal_->terminal(); }
    const sync::KeyPair& key() const { return *key_; }
    const sync::Beside& beside() const { return *beside_; }
    sync::SyncState state() const { return sync::read_sync_state(*beside_); }
    bool is_withdrawn() const { return sync::read_revocation(*beside_).has_value(); }
    bool has_said_all() const; // HQ has promised every row of every journal here, in its present life
    struct News {
        Hash before{};
        std::vector<sync::JournalRow> rows;
    };
    News news();                                                  // of its present journal, since it was asked last
    std::vector<std::vector<sync::JournalRow>> histories() const; // of all its journals, oldest first
    const std::map<Hash, UtcTime>& truth() const { return truth_; } // when its rows were really written
    void judge() const;       // its present journal holds all that it promised to a person
    void judge_all() const;   // so do those before it, and every chain and signature is right
    void replace(const std::filesystem::path& copy); // the disk by an older one; the program is off then

private:
    static std::vector<sync::JournalRow> rows_of(const sync::Journal&);
    Expected<Done> open();
    Expected<Done> open_journal();
    sync::TerminalAtStick at(sync::Stick&);
    void compare_clocks();

    sync::TerminalFolder folder_;
    support::SeededRandom random_;
    std::optional<sync::KeyPair> key_;
    std::optional<sync::Journal> journal_;
    std::optional<sync::Beside> beside_;
    std::optional<sync::Enrolment> enrolment_;
    std::map<sync::JournalId, sync::Head> promised_;
    sync::Head told_; // by `news`
    std::map<Hash, UtcTime> truth_;
    std::optional<Moment> watched_;                              // clock and uptime agreed then
    std::optional<std::pair<sync::ClockReading, Moment>> noted_; // the comparison with HQ's clock that was recorded last
};

} // namespace adal::simulation
