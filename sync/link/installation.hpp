#pragma once
#include "sync/link/terminal_link.hpp"

/// How a release comes onto a terminal's disk: packs beside the old ones, then one put switches, then what nobody names goes away.
namespace adal::sync {

Expected<Release> release_in(BytesView envelope, const Enrolment&); // signed by HQ's release key
Expected<SecretKey> certified_site_key(const KeyPair&, const Enrolment&); // the one that came with the certificate

std::optional<Hash> missing_pack(const TerminalFolder&, const Release&);
Expected<Done> keep_pack(const TerminalFolder&, const Release&, const Hash&, BytesView);

/// The packs of the release before stay, too: an attempt that began under it is finished with its own items.
Expected<Done> switch_release(const TerminalFolder&, Beside&, const Enrolment&, const Release&, BytesView envelope);

} // namespace adal::sync
