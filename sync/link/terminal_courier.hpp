#pragma once
#include "sync/link/carried.hpp"
#include "sync/link/terminal_link.hpp"

/// A terminal's part of the courier: what goes on a stick for HQ, and what a stick brings from HQ.
namespace adal::sync {

struct TerminalAtStick {
    const TerminalFolder& folder;
    const Journal& journal; // the present one
    Beside& beside;
    const KeyPair& key; // of the present journal
    const Clock& clock;
    Stick& stick;
};

/// Everything after the newest receipts, whatever other sticks carried, of this journal and of those that it follows; the bodies; and what is carried
/// for neighbours. Parts that are whole on the stick already stay as they are; what HQ has receipted since is removed.
struct WrittenOut {
    std::vector<std::string> written, kept, removed; // files
    std::uint64_t rows = 0;                          // in the parts of this terminal
    std::size_t bodies = 0, neighbours = 0;          // files of neighbours
    std::optional<Error> stopped;                    // full, pulled out: what was written until then is whole and good
};
Expected<WrittenOut> write_out(const TerminalAtStick&);

/// HQ's bundle for this terminal, judged by the code that judges answers over the network; and neighbours' parts, to be carried on.
struct TakenIn {
    bool has_bundle = false;
    Exchanged exchanged;
    std::vector<Receipt> receipts; // newer than those at hand
    std::vector<RefusedFile> refused;
    std::size_t carried = 0;                // new parts of neighbours
    std::vector<std::string> forgotten;     // carried so far, and gone for want of room
};
Expected<TakenIn> take_in(const TerminalAtStick&); // Denied (link.revoked) once HQ has withdrawn this terminal

/// Neighbours' parts go up over the network; what HQ answers for them waits for the next stick. Unavailable: the rest stays for the next time.
struct Forwarded {
    std::size_t parts = 0;
    std::vector<RefusedFile> refused; // by HQ, and not tried again
};
Expected<Forwarded> forward_carried(Beside&, Road&);

} // namespace adal::sync
