#include "tests/simulation/demand.hpp"
#include "tests/simulation/world.hpp"

/// What HQ's clerks and operators do.
namespace adal::simulation {

using namespace sync;

void World::copy_hq()
{
    if (office_->machine.disk.is_dead() || office_->has_keys_to_install()) return;
    std::filesystem::remove_all(folder_ / "copy");
    copy_folder(office_->machine.folder, folder_ / "copy");
    keys_in_copy_ = office_->key_list();
    tell("hq is copied");
}

/// Never from a copy older than its newest keys: BACKUP.md asks for a backup after each change of keys.
void World::restore_hq()
{
    if (!std::filesystem::exists(folder_ / "copy") || office_->machine.disk.has_plan() || keys_in_copy_ < office_->key_list()) return;
    office_->replace(folder_ / "copy");
    is_rolled_back_ = random_.happens(1, 2);
    auditor_.note_rollback();
    if (!is_rolled_back_) begin_incarnation();
    demand(office_->start(), "the restored HQ does not start");
    tell(is_rolled_back_ ? "hq is put back to its copy, and nobody is told" : "hq is restored from its copy");
}

/// Whoever restores sets the clock right first: two lives from one copy are ordered by nothing else.
void World::begin_incarnation()
{
    auto& now = office_->machine.clock.moment.at;
    pass(Elapsed{2000});
    now = restored_at_ = std::max(restored_at_ + Elapsed{2000}, now);
    office_->begin_incarnation();
}

void World::change_roster()
{
    if (office_can_work() && office_->change_roster()) tell("the roster changes");
}

void World::change_keys()
{
    if (!office_can_work()) return;
    hq::KeyWishes wishes;
    for (const auto role : {hq::KeyRole::Receipt, hq::KeyRole::Release, hq::KeyRole::Identity, hq::KeyRole::Sealing})
        if (random_.happens(1, 2)) (random_.happens(1, 4) ? wishes.drop : wishes.replace).insert(role);
    if (random_.happens(1, 4)) wishes.authorities.push_back("an authority " + std::to_string(steps_));
    const bool hands_over = random_.happens(1, 4);
    const auto faults = office_->machine.disk.faults();
    const auto changed = office_->change_keys(wishes, hands_over);
    tell(changed ? std::string{"hq has new keys"} + (hands_over ? ", and the next list has another root" : "") : "hq cannot install new keys: " + changed.error().message());
    demand(changed || office_->machine.disk.faults() > faults, "HQ's keys cannot be changed: " + (changed ? "" : changed.error().message()));
}

void World::withdraw_terminal()
{
    auto& terminal = some_terminal();
    if (!office_can_work() || !terminal.is_on()) return;
    const bool stolen = random_.happens(1, 2);
    const auto faults = office_->machine.disk.faults();
    const auto done = office_->withdraw(terminal.id(), stolen);
    tell(terminal.id().text + (done ? " is withdrawn" : " cannot be withdrawn: " + done.error().message()) + (stolen ? ", it was stolen" : ""));
    demand(done || office_->machine.disk.faults() > faults, "no terminal can be withdrawn: " + (done ? "" : done.error().message()));
}

void World::accept_waiting()
{
    auto& terminal = some_terminal();
    if (!office_can_work() || !terminal.is_on()) return;
    const auto faults = office_->machine.disk.faults();
    const auto done = office_->accept(terminal.id());
    if (!done) tell("what waits of " + terminal.id().text + " cannot be accepted: " + done.error().message());
    if (done && done->facts > 0) tell(std::to_string(done->facts) + " facts of " + terminal.id().text + " are accepted");
    demand(done || office_->machine.disk.faults() > faults, "what waits cannot be accepted: " + (done ? "" : done.error().message()));
}

} // namespace adal::simulation
