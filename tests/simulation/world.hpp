#pragma once
#include "tests/simulation/invariants.hpp"
#include "tests/simulation/pocket_stick.hpp"
#include "tests/simulation/road.hpp"
#include "tests/simulation/template.hpp"
#include <deque>

namespace adal::simulation {

enum class LetterFate { Good, RequestLost, RequestDoubled, ReplyLost, OldReply, ReplySpoilt };

/// Terminals, HQ, the roads and sticks between them, and everything that can go wrong, from one number: the same seed is the same story, step for step.
///
/// A step is drawn; after each one the invariants are asked (invariants.hpp). At the end all heals (heal.cpp): disks have room, the power is on, roads are
/// good, sticks arrive; everybody speaks with HQ, and everything must be there.
class World {
public:
    World(const Template&, const std::filesystem::path& folder, std::uint64_t seed);
    void live(int steps); // throws Broken
    void heal();          // throws Broken

    const std::vector<std::string>& story() const { return story_; }
    void tell(std::string line);
    bool tells_at_once = false;
    std::string what_hq_holds() { return office_->digest(); }

    // --- what a road asks
    LetterFate fate_of_letter(std::size_t terminal);
    Expected<Bytes> at_hq(const std::function<Expected<Bytes>(sync::Road&)>&);
    bool office_is_on() const { return office_->is_on(); }
    sync::Road& some_node();
    void something_else_happens();
    void the_way_takes_time();
    const Bytes& keep_letter(Bytes request);
    void keep_reply(const Bytes& reply);
    void note_reply(BytesView envelope) { auditor_.note_reply(envelope); }
    void note_bundle(BytesView bundle);
    Bytes old_reply(const Bytes& instead);
    Bytes spoilt(Bytes);

private:
    struct Possibility {
        int weight;
        void (World::*step)();
    };
    static const std::vector<Possibility>& possibilities();
    void step();
    void after_step();

    // --- steps: people and programs (world.cpp)
    void decide();
    void exchange();
    void letter_comes_late();
    void restart_terminal();
    void restart_node();

    // --- steps: machines (disasters.cpp)
    void time_passes();
    void clock_is_set();
    void terminal_fails();
    void hq_fails();
    void power_goes();
    void disk_fills();
    void clone_terminal();
    void copy_terminal();
    void put_terminal_back();
    void terminal_dies();

    // --- steps: sticks and disks that are carried (couriers.cpp)
    void terminal_writes_stick();
    void terminal_takes_stick();
    void hq_writes_stick();
    void hq_takes_stick();
    void stick_suffers();
    void hq_takes_disk();

    // --- steps: HQ's clerks (clerks.cpp)
    void copy_hq();
    void restore_hq();
    void begin_incarnation();
    void change_roster();
    void change_keys();
    void withdraw_terminal();
    void accept_waiting();

    // --- what steps share
    sync::Fact something_done();
    std::vector<sync::Fact> something_disputed(Terminal&);
    Terminal& some_terminal();
    std::optional<std::size_t> some_idle_terminal(); // on, and not in the middle of an exchange
    PocketStick& some_stick();
    Machine& some_machine();
    void pass(Elapsed);
    void plan_fault(Machine&);
    void note(Terminal&);
    void add_terminal(const std::string& name, const std::filesystem::path& copied_from, UtcTime clock);
    void stop_if_dead(Terminal&);
    void care_for_the_dead();
    std::string copy_of(const Terminal&) const;
    bool office_can_work() const { return office_->is_on() && !office_->machine.disk.is_dead(); }
    void note_bundles_on(const PocketStick&);

    using Open = std::optional<std::string>; // what is still to be done
    Open exchange_with(std::size_t terminal);
    Open begins_anew(Terminal&);

    Open write_out(Terminal&, PocketStick&);
    Open take_in(Terminal&, PocketStick&);
    Open hq_takes_in(PocketStick&);
    Open hq_writes_out(PocketStick&, const std::vector<TerminalId>& named);
    Open hq_takes(const std::filesystem::path& disk);

    // --- healing (heal.cpp)
    void mend_everything();
    void end_rollback();
    void all_speak();
    Open speaks(std::size_t terminal);
    Open speaks_by_stick(Terminal&);
    Terminal* neighbour_of(const Terminal&);
    void bury_the_dead();
    void judge_all();

    support::SeededRandom random_;
    std::filesystem::path folder_;
    std::unique_ptr<Office> office_;
    std::vector<std::unique_ptr<Terminal>> terminals_, dead_;
    std::vector<std::unique_ptr<PocketStick>> sticks_;
    std::set<std::size_t> speaking_; // in the middle of an exchange
    std::deque<Bytes> letters_, replies_;
    Auditor auditor_;
    std::vector<std::string> story_;
    int marks_ = 0, steps_ = 0, copies_ = 0;
    std::int64_t keys_in_copy_ = 0;
    UtcTime restored_at_ = support::ManualClock{}.moment.at;
    bool is_healed_ = false, is_nested_ = false, is_rolled_back_ = false;
    bool is_hq_clock_true_ = true; // nobody sets it: then corrected times must be right
};

} // namespace adal::simulation
