#pragma once
#include "tests/simulation/invariants.hpp"
#include "tests/simulation/road.hpp"
#include "tests/simulation/template.hpp"
#include <deque>

namespace adal::simulation {

enum class LetterFate { Good, RequestLost, RequestDoubled, ReplyLost, OldReply, ReplySpoilt };

/// Terminals, HQ, the roads between them, and everything that can go wrong, from one number: the same seed is the same story, step for step.
///
/// A step is drawn; after each one the invariants are asked (invariants.hpp). At the end all heals: disks have room, the power is on, roads are
/// good; everybody speaks with HQ, and everything must be there.
class World {
public:
    World(const Template&, const std::filesystem::path& folder, std::uint64_t seed);
    void live(int steps); // throws Broken
    void heal();          // throws Broken

    const std::vector<std::string>& story() const { return story_; }
    void tell(std::string line);
    bool tells_at_once = false;

    // --- what a road asks
    LetterFate fate_of_letter();
    Expected<Bytes> at_hq(const std::function<Expected<Bytes>(sync::Road&)>&);
    bool has_power(std::size_t terminal) const { return !terminals_[terminal]->machine.disk.is_dead(); }
    bool office_is_on() const { return office_->is_on(); }
    sync::Road& some_node();
    void something_else_happens(std::size_t but_not_to);
    const Bytes& keep_letter(Bytes request);
    void keep_reply(const Bytes& reply);
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

    void decide();
    void exchange();
    void letter_comes_late();
    void time_passes();
    void clock_is_set();
    void terminal_fails();
    void hq_fails();
    void power_goes();
    void disk_fills();
    void restart_terminal();
    void restart_node();
    void clone_terminal();
    void copy_hq();
    void restore_hq();
    void begin_incarnation();
    void change_roster();
    void change_keys();
    void copy_terminal();
    void put_terminal_back();

    sync::Fact something_done();
    Terminal& some_terminal();
    Machine& some_machine();
    void plan_fault(Machine&);
    std::optional<std::string> exchange_with(std::size_t terminal);
    void all_speak();
    void care_for_the_dead();
    void add_terminal(const std::string& name, const std::filesystem::path& copied_from);
    void stop_if_dead(Terminal&);

    support::SeededRandom random_;
    std::filesystem::path folder_;
    std::unique_ptr<Office> office_;
    std::vector<std::unique_ptr<Terminal>> terminals_;
    std::set<std::size_t> speaking_; // in the middle of an exchange
    std::deque<Bytes> letters_, replies_;
    Auditor auditor_;
    std::vector<std::string> story_;
    int marks_ = 0, steps_ = 0, copies_ = 0;
    UtcTime restored_at_ = support::ManualClock{}.moment.at;
    bool is_healed_ = false, is_nested_ = false, is_rolled_back_ = false;
};

} // namespace adal::simulation
