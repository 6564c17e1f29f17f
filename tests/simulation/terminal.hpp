#pragma once
#include "sync/link/terminal_link.hpp"
#include "tests/simulation/machine.hpp"
#include "tests/support/seeded_random.hpp"

namespace adal::simulation {

/// A terminal as its kiosk and its sync worker use it. It is off while its power is gone.
class Terminal {
public:
    Terminal(const std::string& name, const std::filesystem::path& folder, std::uint64_t seed);

    Machine machine;
    bool is_on() const { return journal_.has_value(); }
    bool start(); // false: its disk did not let it
    void stop();

    /// One decision. False: it was refused. What was told to be durable is never forgotten here.
    bool decide(const Actor&, const std::vector<sync::Fact>&);
    /// All journals, by a worker beside the kiosk with connections of its own, or by the kiosk itself.
    Expected<sync::Exchanged> exchange(sync::Road&, std::size_t batch_limit, bool beside_the_kiosk);
    /// What the kiosk does when HQ has said that this disk is one of two. False: nothing, or it could not.
    bool succeed();

    const sync::Journal& journal() const { return *journal_; }
    std::optional<sync::Receipt> receipt() const { return sync::read_sync_state(*beside_).receipt_of(journal_->id()); }
    std::optional<sync::Alarm> alarm() const { return sync::read_sync_state(*beside_).alarm; }
    struct News {
        Hash before{};
        std::vector<sync::JournalRow> rows;
    };
    News news();                                                  // of its present journal, since it was asked last
    std::vector<std::vector<sync::JournalRow>> histories() const; // of all its journals, oldest first
    void judge() const;       // its present journal holds all that it promised to a person
    void judge_all() const;   // so do those before it, and every chain and signature is right
    void replace(const std::filesystem::path& copy); // the disk by an older one; the program is off then

private:
    static std::vector<sync::JournalRow> rows_of(const sync::Journal&);
    Expected<Done> open();
    Expected<Done> open_journal();

    sync::TerminalFolder folder_;
    support::SeededRandom random_;
    std::optional<sync::KeyPair> key_;
    std::optional<sync::Journal> journal_;
    std::optional<sync::Beside> beside_;
    std::optional<sync::Enrolment> enrolment_;
    std::map<sync::JournalId, sync::Head> promised_;
    sync::Head told_; // by `news`
};

} // namespace adal::simulation
