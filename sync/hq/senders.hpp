#pragma once
#include "sync/hq/journals.hpp"
#include "sync/hq/terminals.hpp"

/// Who speaks, and with which key. Each journal has its own: the first one of a terminal the key that was enrolled, each later one the key that its
/// first row names and the key of a journal before it has vouched for.
namespace adal::sync::hq {

Error wrong_signature(Purpose); // Denied (link.signature)

/// Denied (hq.terminal.unknown).
Expected<TerminalRecord> sender_of(Store&, const Envelope&);

/// The enrolled key and the keys of all its journals here.
Expected<std::vector<PublicKey>> keys_of(Store&, const TerminalRecord&);

/// An exchange whose envelope and sender have been judged. The batch is still to be.
struct Question {
    TerminalRecord terminal;
    ExchangeRequest request;
    KnownJournal journal;
    bool is_unproven = false; // the journal is not here, its first row is not in the batch, and no key we know has signed: all that can be
                              // said is "send from the first row"
    std::string incarnation{}; // of ours, as the sender knows it
    enum class Road { Network, Stick, Disk } road = Road::Network;
};

/// Denied: a terminal or a key that is not known (link.signature), another terminal's journal (hq.journal.foreign), a new key that no key
/// before it has vouched for (hq.journal.unproven).
Expected<Question> question_in(Store&, const OpenedEnvelope&);

/// Rows as they were found on a terminal's disk. Whose they are the journal says: it is here, or its first row names an enrolled key or one that is
/// vouched for. Denied as above.
Expected<Question> question_of_disk(Store&, const TerminalRecord&, ExchangeRequest);

} // namespace adal::sync::hq
