#include "sync/link/bundle.hpp"
#include "tests/simulation/demand.hpp"
#include "tests/simulation/world.hpp"
#include <fstream>

/// What is carried: sticks in any order, and the disks of dead terminals.
namespace adal::simulation {

using namespace sync;

namespace {

std::string said(const std::vector<RefusedFile>& refused)
{
    std::string text;
    for (const auto& each : refused) text += "; " + each.file + " is left aside: " + each.reason.key;
    return text;
}

std::string said(const char* what, std::size_t count) { return count == 0 ? "" : ", " + std::to_string(count) + " " + what; }

/// One bit of what a dead disk keeps.
void damage(const std::filesystem::path& folder, support::SeededRandom& random)
{
    const auto path = folder / (random.happens(1, 4) ? "beside.db" : "journal.db");
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    const auto at = static_cast<std::streamoff>(random.below(std::filesystem::file_size(path)));
    file.seekg(at);
    const auto byte = static_cast<char>(file.get() ^ (1 << random.below(8)));
    file.seekp(at);
    file.put(byte);
}

} // namespace

PocketStick& World::some_stick()
{
    auto& stick = *sticks_[random_.below(sticks_.size())];
    if (random_.happens(1, 4)) stick.is_pulled_out_after(static_cast<int>(random_.below(8)));
    stick.leave_room(random_.happens(1, 8) ? std::optional{static_cast<std::int64_t>(random_.below(20'000))} : std::nullopt);
    return stick;
}

// --- one act each

World::Open World::write_out(Terminal& terminal, PocketStick& pocket)
{
    auto stick = pocket.plugged_in();
    const auto faults = terminal.machine.disk.faults();
    const auto done = terminal.write_out(stick);
    const auto trouble = done ? done->stopped : std::optional{done.error()};
    tell(terminal.machine.name + " writes the " + pocket.name + " stick" +
         (done ? ": " + std::to_string(done->rows) + " rows" + said("bodies", done->bodies) + said("of neighbours", done->neighbours) : "") +
         (trouble ? ": " + trouble->message() : ""));
    if (!trouble || trouble->key == "link.revoked") return std::nullopt;
    demand(pocket.had_trouble() || terminal.machine.disk.faults() > faults, terminal.machine.name + " cannot write a good stick: " + trouble->message());
    return trouble->message();
}

/// Open, too, if it brought anything new.
World::Open World::take_in(Terminal& terminal, PocketStick& pocket)
{
    auto stick = pocket.plugged_in();
    const auto faults = terminal.machine.disk.faults();
    const auto done = terminal.take_in(stick);
    tell(terminal.machine.name + " takes the " + pocket.name + " stick" +
         (done ? said("receipts", done->receipts.size()) + said("parts of neighbours", done->carried) + said(done->refused) : ": " + done.error().message()));
    note(terminal);
    if (const auto open = begins_anew(terminal)) return open;
    if (!done && done.error().key == "link.revoked") return std::nullopt;
    demand(done || pocket.had_trouble() || terminal.machine.disk.faults() > faults, terminal.machine.name + " cannot take a stick: " + (done ? "" : done.error().message()));
    if (!done) return done.error().message();
    const auto& heard = done->exchanged;
    const bool is_new = !done->receipts.empty() || heard.new_release || heard.new_roster || heard.new_keys || !heard.changed_people.empty();
    return is_new ? Open{"news by stick"} : std::nullopt;
}

World::Open World::hq_takes_in(PocketStick& pocket)
{
    const auto stick = pocket.plugged_in();
    const auto faults = office_->machine.disk.faults();
    const auto done = office_->take_in(stick);
    std::uint64_t facts = 0;
    if (done)
        for (const auto& each : done->terminals) facts += each.facts;
    tell("hq takes the " + pocket.name + " stick" + (done ? ": " + std::to_string(done->parts) + " parts, " + std::to_string(facts) + " facts" + said(done->refused) : ": " + done.error().message()));
    demand(done || pocket.had_trouble() || office_->machine.disk.faults() > faults, "HQ cannot take a stick: " + (done ? "" : done.error().message()));
    return done ? std::nullopt : Open{done.error().message()};
}

World::Open World::hq_writes_out(PocketStick& pocket, const std::vector<TerminalId>& named)
{
    auto stick = pocket.plugged_in();
    const auto faults = office_->machine.disk.faults();
    const auto done = office_->write_out(stick, named);
    const auto trouble = done ? done->stopped : std::optional{done.error()};
    tell("hq writes the " + pocket.name + " stick" + (done ? said("bundles", done->terminals.size()) + said("old parts taken away", done->removed.size()) : "") +
         (trouble ? ": " + trouble->message() : ""));
    for (const auto& [path, bytes] : pocket.files())
        if (path.starts_with("/stick/adal/down/")) note_bundle(bytes);
    demand(!trouble || pocket.had_trouble() || office_->machine.disk.faults() > faults, "HQ cannot write a good stick: " + (trouble ? trouble->message() : ""));
    return trouble ? Open{trouble->message()} : std::nullopt;
}

World::Open World::hq_takes(const std::filesystem::path& disk)
{
    const auto faults = office_->machine.disk.faults();
    const auto done = office_->take_disk(disk);
    tell("hq takes the disk " + disk.filename().string() + (done ? ": " + std::to_string(done->facts) + " facts" + said("bodies", done->bodies) + said(done->refused) : ": " + done.error().message()));
    demand(done || office_->machine.disk.faults() > faults, "HQ cannot take a disk: " + (done ? "" : done.error().message()));
    return done && done->refused.empty() ? std::nullopt : Open{done ? "something was left aside" : done.error().message()};
}

/// What HQ promises by stick it promises, whether the stick ever arrives or not.
void World::note_bundle(BytesView bytes)
{
    const auto bundle = read_bundle(bytes);
    if (!bundle || bundle->label.sender != "hq") return;
    for (const auto* group : {&terminals_, &dead_})
        for (const auto& terminal : *group) {
            if (terminal->key().sealing_key() != bundle->label.to) continue;
            const auto items = items_in(*bundle, terminal->key(), bundle->label.to, largest_message);
            if (!items) return; // rotten
            for (const auto& item : *items)
                if (item.kind == BundleItem::Kind::Reply) note_reply(need(carried_reply(item.bytes) ? Expected<Bytes>{carried_reply(item.bytes)->envelope} : fail(ErrorKind::Corrupt, "bundle.broken"), "a bundle"));
            return;
        }
}

// --- steps

void World::terminal_writes_stick()
{
    if (const auto number = some_idle_terminal()) static_cast<void>(write_out(*terminals_[*number], some_stick()));
}

void World::terminal_takes_stick()
{
    if (const auto number = some_idle_terminal()) static_cast<void>(take_in(*terminals_[*number], some_stick()));
}

void World::hq_takes_stick()
{
    if (office_can_work()) static_cast<void>(hq_takes_in(some_stick()));
}

void World::hq_writes_stick()
{
    if (!office_can_work()) return;
    const auto& terminal = some_terminal();
    const bool names_one = terminal.is_on() && random_.happens(1, 3);
    static_cast<void>(hq_writes_out(some_stick(), names_one ? std::vector{terminal.id()} : std::vector<TerminalId>{}));
}

void World::stick_suffers()
{
    auto& stick = *sticks_[random_.below(sticks_.size())];
    const auto& other = *sticks_[random_.below(sticks_.size())];
    switch (random_.below(6)) {
    case 0: stick.shout(), tell("the " + stick.name + " stick comes back in capitals"); break;
    case 1: stick.litter(), tell("the " + stick.name + " stick has other people's files"); break;
    case 2: stick.become(other), tell("the " + stick.name + " stick is a copy of the " + other.name + " one"); break;
    case 3: stick.lose_everything(), tell("the " + stick.name + " stick is empty"); break;
    default:
        if (stick.rot()) tell("a file rots on the " + stick.name + " stick");
    }
}

/// Of a dead terminal; or the image of one that goes on, damaged perhaps.
void World::hq_takes_disk()
{
    if (!office_can_work()) return;
    if (!dead_.empty() && random_.happens(2, 3)) {
        static_cast<void>(hq_takes(dead_[random_.below(dead_.size())]->machine.folder));
        return;
    }
    const auto& terminal = some_terminal();
    if (terminal.machine.disk.is_dead()) return;
    const auto image = folder_ / ("image of " + terminal.machine.name);
    std::filesystem::remove_all(image);
    copy_folder(terminal.machine.folder, image);
    if (random_.happens(1, 2)) damage(image, random_);
    static_cast<void>(hq_takes(image));
}

} // namespace adal::simulation
