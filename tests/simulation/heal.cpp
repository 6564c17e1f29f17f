#include "sync/hq/revocations.hpp"
#include "tests/simulation/demand.hpp"
#include "tests/simulation/world.hpp"

/// The end of every world: whatever happened, all comes out right.
namespace adal::simulation {

using namespace sync;

void World::heal()
{
    tell("all heals");
    is_healed_ = true;
    mend_everything();
    end_rollback();
    if (office_->has_keys_to_install()) need(office_->change_keys({}), "HQ's keys in a healed world");
    all_speak();
    bury_the_dead();
    all_speak(); // what the dead had to say concerns others
    judge_all();
}

void World::mend_everything()
{
    const auto mend = [](Machine& machine) { machine.disk.forget_plan(), machine.disk.leave_room(std::nullopt); };
    mend(office_->machine);
    if (office_->machine.disk.is_dead()) office_->stop();
    demand(office_->is_on() || office_->start(), "HQ does not start in a healed world");
    for (auto& terminal : terminals_) {
        mend(terminal->machine);
        stop_if_dead(*terminal);
        demand(terminal->is_on() || terminal->start(), terminal->machine.name + " does not start in a healed world");
        note(*terminal);
    }
    for (auto& stick : sticks_) {
        stick->leave_room(std::nullopt);
        stick->is_pulled_out_after(1'000'000);
    }
}

void World::end_rollback()
{
    if (!is_rolled_back_) return;
    for (std::size_t i = 0; i < terminals_.size(); ++i)
        if (terminals_[i]->has_network) static_cast<void>(exchange_with(i)); // the operator is told, and does what is to be done
    office_->stop();
    begin_incarnation();
    demand(office_->start(), "HQ does not start after restore --in-place");
    tell("hq is restored in place");
}

/// Until one round brings nothing new to anybody: what it missed, what HQ lost, a journal that follows, and what neighbours have to say of it.
void World::all_speak()
{
    std::string open;
    for (int round = 0; round < 12; ++round) {
        open.clear();
        for (std::size_t i = 0; i < terminals_.size(); ++i)
            if (const auto left = speaks(i)) open += terminals_[i]->machine.name + ": " + *left + "; ";
        if (open.empty()) return;
    }
    throw Broken{"roads are open, and still not all is said: " + open};
}

World::Open World::speaks(std::size_t number)
{
    auto& terminal = *terminals_[number];
    if (terminal.is_withdrawn()) return std::nullopt;
    const auto open = terminal.has_network ? exchange_with(number) : speaks_by_stick(terminal);
    if (open || terminal.is_withdrawn()) return open;
    return terminal.has_said_all() ? std::nullopt : Open{"it does not know that all is at HQ"};
}

/// A stick goes to HQ and comes back; or a neighbour carries on what is on it, and what HQ answers.
World::Open World::speaks_by_stick(Terminal& terminal)
{
    PocketStick clean{"clean", random_.number()};
    auto& stick = random_.happens(1, 2) ? clean : *sticks_[random_.below(sticks_.size())];
    if (const auto open = write_out(terminal, stick)) return open;
    auto* neighbour = terminal.has_only_neighbours || random_.happens(1, 3) ? neighbour_of(terminal) : nullptr;
    if (neighbour) {
        static_cast<void>(take_in(*neighbour, stick)); // it may bring news to the neighbour as well
        const auto number = std::find_if(terminals_.begin(), terminals_.end(), [&](const auto& each) { return each.get() == neighbour; }) - terminals_.begin();
        static_cast<void>(exchange_with(static_cast<std::size_t>(number)));
        if (const auto open = write_out(*neighbour, stick)) return open;
    } else {
        if (const auto open = hq_takes_in(stick)) return open;
        if (const auto open = hq_writes_out(stick, {terminal.id()})) return open;
    }
    return take_in(terminal, stick);
}

Terminal* World::neighbour_of(const Terminal& terminal)
{
    for (const auto& each : terminals_)
        if (each->has_network && each->id() != terminal.id() && !each->is_withdrawn()) return each.get();
    return nullptr;
}

/// Whoever cannot speak any more leaves its disk to HQ.
void World::bury_the_dead()
{
    for (const auto& terminal : dead_)
        if (const auto open = hq_takes(terminal->machine.folder)) throw Broken{terminal->machine.name + "'s disk: " + *open};
    for (const auto& terminal : terminals_) {
        if (!terminal->is_withdrawn()) continue;
        terminal->stop();
        if (const auto open = hq_takes(terminal->machine.folder)) throw Broken{terminal->machine.name + "'s disk: " + *open};
        demand(terminal->start(), "a withdrawn terminal does not start");
    }
}

void World::judge_all()
{
    for (const auto& terminal : terminals_) {
        auditor_.judge_arrival(*office_, *terminal);
        auditor_.judge_quiet(*terminal);
    }
    for (const auto& terminal : dead_) {
        demand(terminal->start(), "a dead disk cannot be read");
        auditor_.judge_arrival(*office_, *terminal);
    }
    auditor_.judge(*office_);
    auditor_.judge_pages(*office_);
    auditor_.judge_chains(*office_, true);
    if (is_hq_clock_true_) auditor_.judge_times(*office_, terminals_, dead_);
}

} // namespace adal::simulation
