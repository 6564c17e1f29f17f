#pragma once
#include "sync/link/terminal_link.hpp"

namespace adal::sync {

/// One conversation with HQ as a row of questions and answers, without a road of its own: `exchange` walks it, and a program with a window may do
/// the waiting elsewhere. It asks until HQ has everything and the newest release and roster are here.
///
/// Facts go first: neither a broken roster nor a pack that this program is too old for keeps them from HQ.
class Conversation {
public:
    Conversation(const TerminalFolder&, const Journal&, Beside&, const KeyPair&, const Enrolment&, const Clock&, std::size_t batch_limit);

    struct Question {
        std::optional<Hash> blob; // GET it, with `bytes` as the authorisation; else POST `bytes` to the exchange
        Bytes bytes;
    };
    Expected<std::optional<Question>> next(); // nothing: over
    /// Judges the answer before anything of it is kept; an error ends the conversation and nothing that stood is overwritten.
    Expected<Done> hear(const Question&, const Expected<Bytes>& answer);

    const Exchanged& exchanged() const { return exchanged_; }

private:
    struct WantedRelease {
        Release release;
        Bytes envelope;
    };

    Expected<Question> ask_exchange();
    Question ask_blob(const Hash&);
    Expected<Done> hear_reply(BytesView);
    Expected<ExchangeReply> judged(BytesView) const;
    Expected<Done> judge_receipt(const Receipt&) const;
    bool is_other_branch(const Receipt&) const;
    Expected<Done> take_receipt(const Receipt&);
    Expected<Done> take_roster(const Bytes& locked);
    Expected<Done> take_release(const Bytes& envelope);
    Expected<Done> hear_blob(const Hash&, BytesView);
    Expected<Done> install();
    Bytes newer_pins() const;
    std::string incarnation() const; // the newest we know of
    bool has_unsent() const { return journal_.head() != after_; }

    TerminalFolder folder_;
    const Journal& journal_;
    Beside& beside_;
    const KeyPair& key_;
    const Enrolment& enrolment_;
    const Clock& clock_;
    std::size_t batch_limit_;

    SyncState state_;
    Head after_;                          // everything up to here is at HQ, as far as this conversation knows
    std::size_t sent_ = 0;                // rows in the question under way
    bool must_ask_ = true;                // at least once, and again when cursors began anew
    bool went_back_ = false;              // HQ knew less than its own receipt said: sent again once
    std::optional<WantedRelease> wanted_; // published, not yet installed
    std::optional<Error> later_;          // told when the facts are through
    Exchanged exchanged_;
};

/// Notes when it was tried, whether it worked, and why not, in beside.db.
Expected<Done> write_sync_state(Beside&, const SyncState&);

} // namespace adal::sync
