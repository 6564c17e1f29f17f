#pragma once
#include "sync/link/terminal_link.hpp"

namespace adal::sync {

/// Keeps the notice and forgets what a withdrawn terminal must not hold, in one step: roster, site keys, feed, PIN verifiers, releases.
/// Journal, bodies and receipts stay: they are what the company has of people's work.
Expected<Done> withdraw(Beside&, BytesView notice);

/// Packs go, and what was deleted leaves the file. What others still hold open is tried again at the next exchange.
void finish_withdrawal(const TerminalFolder&, Beside&);

Error withdrawn(); // Denied, link.revoked

} // namespace adal::sync
