#include "tests/simulation/demand.hpp"
#include "tests/simulation/world.hpp"

/// What happens to machines: clocks, disks, power, copies.
namespace adal::simulation {

using Kind = support::FragileDisk::Fault::Kind;

/// Clocks go for everybody alike, give or take.
void World::pass(Elapsed by)
{
    for (const auto& terminal : terminals_) terminal->machine.pass(by);
    office_->machine.pass(by);
}

void World::time_passes() { pass(Elapsed{static_cast<std::int64_t>(random_.below(36'000'000))}); }

void World::clock_is_set()
{
    auto& machine = some_machine();
    const auto by = static_cast<std::int64_t>(random_.below(172'800'000)) - 86'400'000;
    if (machine.disk.is_dead() || (&machine == &office_->machine && is_hq_clock_true_)) return;
    machine.clock.step(Elapsed{by});
    tell(machine.name + "'s clock is set by " + std::to_string(by / 1000) + " s");
}

void World::plan_fault(Machine& machine)
{
    const bool happens = random_.happens(1, 2);
    switch (random_.below(4)) {
    case 0: machine.disk.plan({Kind::WriteFails, happens, static_cast<int>(random_.below(20))}); break;
    case 1: machine.disk.plan({Kind::SyncFails, happens, static_cast<int>(random_.below(5))}); break;
    default: machine.disk.plan({Kind::PowerCut, happens, static_cast<int>(random_.below(40))}); break;
    }
    tell(machine.name + "'s disk is about to fail");
}

void World::terminal_fails() { plan_fault(some_terminal().machine); }
void World::hq_fails() { plan_fault(office_->machine); }

void World::power_goes()
{
    auto& machine = some_machine();
    machine.disk.cut();
    tell("the power goes at " + machine.name);
}

void World::disk_fills()
{
    auto& machine = some_machine();
    const bool is_full = random_.happens(2, 3);
    const auto room = static_cast<std::int64_t>(random_.below(20'000));
    machine.disk.leave_room(is_full ? std::optional{room} : std::nullopt);
    tell(machine.name + (is_full ? "'s disk has room for " + std::to_string(room) + " bytes" : "'s disk has room again"));
}

/// The same disk, twice; both go on.
void World::clone_terminal()
{
    if (terminals_.size() >= 5) return;
    const auto& original = some_terminal();
    if (original.machine.disk.is_dead()) return;
    const auto name = original.machine.name + "'" + std::to_string(++copies_);
    tell(name + " is a copy of " + original.machine.name);
    const auto clock = original.machine.clock.moment.at;
    const bool has_blind_spot = original.has_blind_spot;
    add_terminal(name, original.machine.folder, clock);
    terminals_.back()->has_blind_spot = has_blind_spot;
}

std::string World::copy_of(const Terminal& terminal) const { return folder_ / ("copy of " + terminal.machine.name); }

void World::copy_terminal()
{
    const auto& terminal = some_terminal();
    if (terminal.machine.disk.is_dead()) return;
    std::filesystem::remove_all(copy_of(terminal));
    copy_folder(terminal.machine.folder, copy_of(terminal));
    tell(terminal.machine.name + " is copied");
}

/// An older image of its disk. What only the newer one had is lost, as it must be; what HQ has is not.
void World::put_terminal_back()
{
    const auto number = random_.below(terminals_.size());
    auto& terminal = *terminals_[number];
    if (speaking_.contains(number) || !std::filesystem::exists(copy_of(terminal))) return;
    terminal.replace(copy_of(terminal));
    tell(terminal.machine.name + " is put back to its copy");
    demand(terminal.start(), terminal.machine.name + " does not start from its copy");
    note(terminal);
}

/// For good. Its disk lies in a drawer until HQ takes it.
void World::terminal_dies()
{
    if (terminals_.size() < 2 || !speaking_.empty()) return;
    const auto number = random_.below(terminals_.size());
    auto& terminal = *terminals_[number];
    if (terminal.is_on()) terminal.machine.disk.cut();
    terminal.stop();
    terminal.machine.disk.forget_plan();
    terminal.machine.disk.leave_room(std::nullopt);
    demand(terminal.start(), terminal.machine.name + "'s disk cannot be read any more");
    note(terminal);
    terminal.stop(); // what is on it now is what there will ever be
    tell(terminal.machine.name + " is dead for good");
    dead_.push_back(std::move(terminals_[number]));
    terminals_.erase(terminals_.begin() + static_cast<std::ptrdiff_t>(number));
}

} // namespace adal::simulation
