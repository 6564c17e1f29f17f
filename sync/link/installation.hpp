#pragma once
#include "sync/link/site_keys.hpp"

/// How a release comes onto a terminal's disk: packs beside the old ones, then one put switches, then what nobody names goes away.
namespace adal::sync {

Expected<Release> release_in(BytesView envelope, const std::vector<PublicKey>& release_keys);

/// (incarnation, number) decides: what was published before does not come back but under a higher number.
bool is_older(const Release&, const Release& installed);

std::optional<Release::PackEntry> missing_pack(const TerminalFolder&, const Release&);

/// The packs of the release before stay, too: an attempt that began under it is finished with its own items.
Expected<Done> switch_release(const TerminalFolder&, Beside&, const Enrolment&, const Release&, BytesView envelope);

} // namespace adal::sync
