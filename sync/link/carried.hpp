#pragma once
#include "sync/journal/beside.hpp"
#include "sync/link/stick.hpp"

namespace adal::sync {

/// What a terminal carries for its neighbours, in beside.db: their parts on the way up, as files of a stick, and HQ's bundles for them on the way down. None
/// of it can be read here. It is bounded: what has lain longest goes first, and its owner still has all of it.
class Carried {
public:
    explicit Carried(Beside& beside) : beside_(beside) {}

    struct Entry {
        Stick::Shelf shelf{};
        std::string name;
        std::uint64_t size = 0;
    };
    Expected<std::vector<Entry>> entries() const; // in the order in which they came
    Expected<Bytes> content(const Entry&) const;

    /// Keeps a part unless it is here. It makes those of the same journal needless that end before it begins, for its writer had a receipt for them.
    struct Kept {
        bool is_new = false;
        std::vector<Entry> forgotten; // for want of room
    };
    Expected<Kept> keep_part(const PartName&, BytesView);
    Expected<Done> keep_down(const std::string& name, BytesView); // replaces the one before, unless that is newer
    Expected<Done> drop(const Entry&);

    static constexpr std::uint64_t room = std::uint64_t{64} << 20;

private:
    Expected<Done> write(const std::vector<Entry>&);
    Expected<Done> drop_from(std::vector<Entry>&, std::size_t index);
    Expected<std::vector<Entry>> make_room(std::vector<Entry>&, std::uint64_t size);

    Beside& beside_;
};

/// Is this HQ's bundle newer than that? Whatever is no bundle is older than any.
bool is_newer_bundle(BytesView, BytesView than);

} // namespace adal::sync
