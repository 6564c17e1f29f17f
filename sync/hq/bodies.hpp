#pragma once
#include "sync/hq/journals.hpp"

/// Sealed bodies that facts name by the hash of their ciphertext. HQ cannot read them here; it keeps what it is given and tells what it lacks.
namespace adal::sync::hq {

inline constexpr std::size_t largest_body = std::size_t{1} << 20;

Expected<bool> has_body(Store&, const Hash&);
Expected<std::optional<Bytes>> body_content(Store&, const Hash&);

/// Corrupt if the bytes are not those that the hash names, InvalidInput beyond `largest_body`; a body that is here already stays. Inside a write.
Expected<Done> keep_body(Store&, const Hash&, BytesView content, const TerminalId& from, UtcTime now);

/// Named by facts of this journal and not here, in the order of the facts.
Expected<std::vector<Hash>> missing_bodies(Store&, const JournalId&, std::int64_t limit = 100);

} // namespace adal::sync::hq
