#include "sync/hq/bodies.hpp"
#include "sync/hq/courier.hpp"
#include "sync/hq/revocations.hpp"
#include "sync/hq/teaching.hpp"
#include "sync/link/stick_road.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {


using Shelf = Stick::Shelf;

/// Writes one stick, what is small and dear first.
class StickOut {
public:
    StickOut(const OutFor& from, Stick& stick, StickWritten& written) : from_(from), stick_(stick), written_(written) {}

    /// Parts whose last row is here, and every body: nobody needs to carry them any more.
    Expected<Done> remove_what_is_here()
    {
        const auto names = stick_.names(Shelf::Up);
        if (!names) return names.error();
        for (const auto& text : *names) {
            const auto name = part_name_from(text);
            auto here = name ? is_here(*name) : Expected<bool>{false};
            if (here && *here) here = are_bodies_here(text);
            if (!here) return here.error();
            if (*here)
                if (auto gone = remove(Shelf::Up, text); !gone) return gone;
        }
        return Done{};
    }

    Expected<Done> write_bundle(const TerminalRecord& terminal)
    {
        Bytes bundle;
        const auto made = from_.store.write([&](std::int64_t) -> Expected<Done> {
            auto given = bundle_for(from_.store, from_.desk.folder, from_.desk.keys, terminal, from_.desk.clock.now(), from_.desk.random);
            if (!given) return given.error();
            bundle = std::move(*given);
            return Done{};
        });
        if (!made) return made;
        if (auto done = stick_.write(Shelf::Down, down_name(terminal.id), bundle); !done) return done;
        written_.terminals.push_back(terminal.id);
        return Done{};
    }

    Expected<Done> write_packs()
    {
        const auto packs = current_packs(from_.store, from_.desk.keys);
        if (!packs) return packs.error();
        const auto names = stick_.names(Shelf::Packs);
        if (!names) return names.error();
        for (const auto& name : *names) {
            const auto hash = pack_hash_from(name);
            const bool is_current = std::any_of(packs->begin(), packs->end(), [&](const auto& pack) { return hash == pack.hash; });
            if (hash && !is_current)
                if (auto gone = remove(Shelf::Packs, name); !gone) return gone;
        }
        for (const auto& pack : *packs)
            if (auto done = write_pack(pack); !done) return done;
        return Done{};
    }

private:
    Expected<bool> is_here(const PartName& name)
    {
        if (name.first > name.last) return false; // no rows in it: its writer takes it away
        auto rows = from_.store.db().query("SELECT f.hash FROM fact f JOIN journal j ON j.id = f.journal WHERE SUBSTR(j.id, 1, 16) = $1 AND f.seq = $2",
                                           {name.journal, static_cast<std::int64_t>(name.last)});
        if (!rows) return rows.error();
        return std::any_of(rows->begin(), rows->end(), [&](const auto& row) { return to_hex(row.bytes(0)).starts_with(name.hash); });
    }

    /// What cannot be looked into stays: it is as if it were here no more than half.
    Expected<bool> are_bodies_here(const std::string& name)
    {
        const auto& keys = from_.desk.keys;
        const auto bytes = stick_.read(Shelf::Up, name, largest_up_bundle);
        if (!bytes) return is_about_the_file(bytes.error()) ? Expected<bool>{false} : bytes.error();
        const auto bundle = read_bundle(*bytes);
        const auto items = bundle ? items_in(*bundle, keys.sealing, keys.sealing.sealing_key(), 2 * largest_up_bundle) : bundle.error();
        if (!items) return false;
        for (const auto& item : *items) {
            if (item.kind != BundleItem::Kind::Body || item.bytes.size() > largest_body) continue;
            if (auto here = has_body(from_.store, sha256(item.bytes)); !here || !*here) return here;
        }
        return true;
    }

    Expected<Done> remove(Shelf shelf, const std::string& name)
    {
        if (auto gone = stick_.remove(shelf, name); !gone) return gone;
        written_.removed.push_back(stick_.shown(shelf, name));
        return Done{};
    }

    Expected<Done> write_pack(const Release::PackEntry& pack)
    {
        const auto name = pack_name(pack.hash);
        const auto key = stick_key(from_.desk.keys, pack.hash);
        if (const auto there = stick_.read(Shelf::Packs, name, largest_pack_file); there && unlocked_pack(*there, key, pack.hash)) return Done{};
        const auto content = pack_content(from_.store, pack.hash);
        if (!content) return content.error();
        if (auto done = stick_.write(Shelf::Packs, name, sync::lock(key, *content, from_.desk.random)); !done) return done;
        written_.packs.push_back(stick_.shown(Shelf::Packs, name));
        return Done{};
    }

    const OutFor& from_;
    Stick& stick_;
    StickWritten& written_;
};

Expected<std::vector<TerminalRecord>> receivers(Store& store, const std::vector<TerminalId>& named)
{
    auto all = all_terminals(store);
    if (!all) return all;
    std::vector<TerminalRecord> chosen;
    for (const auto& id : named) {
        const auto found = std::find_if(all->begin(), all->end(), [&](const auto& terminal) { return terminal.id == id; });
        if (found == all->end()) return fail(ErrorKind::NotFound, "hq.terminal.unknown", {{"terminal", id.text}});
        chosen.push_back(*found);
    }
    for (const auto& terminal : *all) {
        if (!named.empty()) break;
        const auto revocation = revocation_of(store, terminal.id);
        if (!revocation) return revocation.error();
        if (!*revocation) chosen.push_back(terminal);
    }
    return chosen;
}

Expected<Done> write_all(StickOut& out, const std::vector<TerminalRecord>& terminals)
{
    if (auto removed = out.remove_what_is_here(); !removed) return removed;
    for (const auto& terminal : terminals)
        if (auto written = out.write_bundle(terminal); !written) return written;
    return out.write_packs();
}

} // namespace

Expected<StickWritten> write_stick(const OutFor& from, Stick& stick, const std::vector<TerminalId>& named)
{
    const auto terminals = receivers(from.store, named);
    if (!terminals) return terminals.error();
    if (auto ready = stick.prepare(); !ready) return ready.error();
    StickWritten written;
    StickOut out{from, stick, written};
    if (auto done = write_all(out, *terminals); !done) written.stopped = done.error();
    return written;
}

} // namespace adal::sync::hq
