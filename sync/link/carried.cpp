#include "sync/link/carried.hpp"
#include "sync/link/bundle.hpp"
#include "sync/link/codecs.hpp"
#include <algorithm>

namespace adal::sync {
namespace {

using codecs::json;
using Entry = Carried::Entry;

constexpr auto list_name = "carried";

std::string key_of(const Entry& entry) { return std::string{entry.shelf == Stick::Shelf::Up ? "carried up " : "carried down "} + entry.name; }

std::vector<Entry> entries_in(const json& from)
{
    std::vector<Entry> entries;
    for (const auto& each : from)
        entries.push_back({each.at(0).get<bool>() ? Stick::Shelf::Up : Stick::Shelf::Down, each.at(1), each.at(2).get<std::uint64_t>()});
    return entries;
}

auto position_of(std::vector<Entry>& entries, Stick::Shelf shelf, const std::string& name)
{
    return std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.shelf == shelf && entry.name == name; });
}

/// Its writer has begun after it: then HQ had receipted it.
bool is_behind(const Entry& entry, const PartName& newer)
{
    const auto name = entry.shelf == Stick::Shelf::Up ? part_name_from(entry.name) : std::nullopt;
    return name && name->terminal == newer.terminal && name->journal == newer.journal && name->last < newer.first;
}

} // namespace

// A list that cannot be read is begun anew: nothing here is the only copy.
Expected<std::vector<Entry>> Carried::entries() const
{
    const auto bytes = beside_.look_up(list_name);
    if (!bytes) return bytes.error();
    if (!*bytes) return std::vector<Entry>{};
    auto entries = codecs::decoded<std::vector<Entry>>(text_of(**bytes), list_name, entries_in);
    return entries ? std::move(*entries) : std::vector<Entry>{};
}

Expected<Bytes> Carried::content(const Entry& entry) const { return beside_.need(key_of(entry), "link.not_there"); }

Expected<Done> Carried::write(const std::vector<Entry>& entries)
{
    auto list = json::array();
    for (const auto& entry : entries) list.push_back({entry.shelf == Stick::Shelf::Up, entry.name, entry.size});
    return beside_.put(list_name, bytes_of(list.dump()));
}

Expected<Done> Carried::drop_from(std::vector<Entry>& entries, std::size_t index)
{
    const auto at = entries.begin() + static_cast<std::ptrdiff_t>(index);
    if (auto gone = beside_.remove(key_of(*at)); !gone) return gone;
    entries.erase(at);
    return Done{};
}

Expected<std::vector<Entry>> Carried::make_room(std::vector<Entry>& entries, std::uint64_t size)
{
    std::vector<Entry> forgotten;
    auto taken = size;
    for (const auto& entry : entries) taken += entry.size;
    while (taken > room && !entries.empty()) {
        taken -= entries.front().size;
        forgotten.push_back(entries.front());
        if (auto gone = drop_from(entries, 0); !gone) return gone.error();
    }
    return forgotten;
}

Expected<Carried::Kept> Carried::keep_part(const PartName& name, BytesView bytes)
{
    Kept kept;
    const auto done = beside_.together([&]() -> Expected<Done> {
        auto all = entries();
        if (!all) return all.error();
        const Entry entry{Stick::Shelf::Up, to_text(name), bytes.size()};
        if (position_of(*all, entry.shelf, entry.name) != all->end()) return Done{};
        for (std::size_t i = all->size(); i-- > 0;)
            if (is_behind((*all)[i], name))
                if (auto gone = drop_from(*all, i); !gone) return gone;
        auto forgotten = make_room(*all, entry.size);
        if (!forgotten) return forgotten.error();
        kept = {true, std::move(*forgotten)};
        if (auto put = beside_.put(key_of(entry), bytes); !put) return put;
        all->push_back(entry);
        return write(*all);
    });
    if (!done) return done.error();
    return kept;
}

Expected<Done> Carried::keep_down(const std::string& name, BytesView bytes)
{
    return beside_.together([&]() -> Expected<Done> {
        auto all = entries();
        if (!all) return all.error();
        const Entry entry{Stick::Shelf::Down, name, bytes.size()};
        if (const auto there = position_of(*all, entry.shelf, name); there != all->end()) {
            const auto before = content(*there);
            if (before && is_newer_bundle(*before, bytes)) return Done{};
            all->erase(there);
        }
        if (auto roomy = make_room(*all, entry.size); !roomy) return roomy.error();
        if (auto put = beside_.put(key_of(entry), bytes); !put) return put;
        all->push_back(entry);
        return write(*all);
    });
}

Expected<Done> Carried::drop(const Entry& entry)
{
    return beside_.together([&]() -> Expected<Done> {
        auto all = entries();
        if (!all) return all.error();
        const auto there = position_of(*all, entry.shelf, entry.name);
        if (there == all->end()) return Done{};
        if (auto gone = drop_from(*all, static_cast<std::size_t>(there - all->begin())); !gone) return gone;
        return write(*all);
    });
}

bool is_newer_bundle(BytesView bytes, BytesView than)
{
    const auto one = read_bundle(bytes), other = read_bundle(than);
    if (!one || !other) return one && !other;
    const auto life = incarnation_from(one->label.incarnation), other_life = incarnation_from(other->label.incarnation);
    if (!life || !other_life) return life && !other_life;
    return std::pair{*other_life, other->label.number} < std::pair{*life, one->label.number};
}

} // namespace adal::sync
