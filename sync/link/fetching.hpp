#pragma once
#include "sync/link/terminal_link.hpp"

namespace adal::sync {

/// One pack on its way down, told apart from everything else by its hash alone.
///
/// Pieces are kept in packs/<hash>.part as they come, so that after a break, or a restart, only the rest is asked for. A difference from a pack at hand
/// comes into packs/<hash>-<base>.delta.part. Whatever came, and from wherever, the SHA-256 of the whole decides: the pack gets its name
/// only then. A part that turns out wrong is thrown away and begun once more.
class PackFetch {
public:
    using Authorise = std::function<Bytes(const Hash&)>;
    PackFetch(std::filesystem::path packs, Release::PackEntry pack, std::optional<Hash> base, Road& road, Authorise authorise)
        : packs_(std::move(packs)), pack_(std::move(pack)), base_(std::move(base)), road_(road), authorise_(std::move(authorise))
    {}

    /// Unavailable when the road broke; Corrupt (link.blob_hash) when it came wrong twice.
    Expected<Done> run();

    int requests() const { return requests_; }
    std::int64_t bytes_down() const { return bytes_down_; }

private:
    Expected<bool> try_delta();   // false: the whole pack is needed
    Expected<bool> fetch_delta(); // false: not to be had
    Expected<Done> fetch_rest(bool& is_wrong);
    Expected<bool> adopt(); // false: the part is not what was asked for
    Expected<Done> ask(const std::optional<Hash>& base, std::uint64_t from, const Road::Sink&);
    std::filesystem::path pack_file(const Hash&) const;
    std::filesystem::path part() const;
    std::filesystem::path delta_part() const;

    std::filesystem::path packs_;
    Release::PackEntry pack_;
    std::optional<Hash> base_;
    Road& road_;
    Authorise authorise_;
    int requests_ = 0;
    std::int64_t bytes_down_ = 0;
};

} // namespace adal::sync
