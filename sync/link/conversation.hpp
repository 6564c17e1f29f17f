#pragma once
#include "sync/link/judgement.hpp"
#include "sync/link/renewal.hpp"
#include <set>

namespace adal::sync {

/// One conversation with HQ: questions until HQ has everything and the newest keys, people and release are here.
///
/// Facts go first, each after the bodies that it names: neither a broken roster nor a pack that this program is too old for keeps them from HQ.
/// Whatever is kept of an answer is kept in one step; an error ends the conversation, and nothing that stood is overwritten.
class Conversation {
public:
    Conversation(const TerminalFolder&, const Journal&, Beside&, const KeyPair&, const Enrolment&, Road&, const Clock&, std::size_t batch_limit);

    Expected<Done> run();
    const Exchanged& exchanged() const { return exchanged_; }
    std::size_t rows_under_way() const { return sent_; } // of the question that was not answered, if `run` failed

    // --- for a stick, on which nobody answers at once
    Bytes question(Batch) const;
    /// An answer that was written for this terminal some time ago, or a notice; its page of the feed goes on from this cursor. Judged like any other. What
    /// it says of an earlier time is no alarm: Conflict (link.before_restore) from before HQ was restored, and nothing at all if more was said since.
    Expected<Done> hear_carried(BytesView answer, std::int64_t feed_after);
    Expected<Done> finish(); // what is left to do when all was heard: bodies and release

private:
    struct WantedRelease {
        Release release;
        Bytes envelope;
    };

    Expected<Done> ask();
    Expected<Batch> next_batch() const;
    std::int64_t generation_at_hand() const;
    Bytes newer_pins() const;

    Expected<Done> hear(BytesView answer, const Moment& asked, const Moment& heard);
    Expected<Done> hear_revocation(const OpenedEnvelope&, BytesView answer);
    void compare_clocks(std::int64_t hq_ms, const Moment& asked, const Moment& heard);

    void take_news(const ExchangeReply&, bool with_feed);
    Expected<Done> forget_branch(const Receipt&);
    Expected<Done> take_receipt(const Judged&);
    Expected<Done> go_on_after(const Receipt&);
    Expected<Done> keep(const Judged&, const std::optional<Renewal>&);
    void note(SyncState&, const ExchangeReply&) const;
    bool is_restored(const Receipt&) const;
    bool is_current_journal() const;
    Expected<Done> alarm(Error, std::optional<Receipt> forked = {});

    Expected<Done> take_site_keys(const std::vector<SealedSiteKey>&);
    Expected<Done> take_roster(const Bytes& locked);
    Expected<Done> take_feed(const FeedPage&);
    Expected<Done> take_release(const Bytes& envelope, const std::string& incarnation);
    void ask_all_generations();

    Expected<Done> put_bodies(const std::vector<Hash>&);
    Expected<Done> install();
    Expected<Done> change_state(const std::function<void(SyncState&)>&);
    void tell_later(const Error&);

    std::string incarnation() const; // the latest we know of
    bool has_unsent() const { return journal_.head() != after_; }

    TerminalFolder folder_;
    const Journal& journal_;
    Beside& beside_;
    const KeyPair& key_;
    Enrolment enrolment_; // as it is by now: keys may come with an answer
    Road& road_;
    const Clock& clock_;
    std::size_t batch_limit_;

    SyncState state_;
    Head after_;                          // everything up to here is at HQ, as far as this conversation knows
    std::size_t sent_ = 0;                // rows in the question under way
    bool was_full_ = false;               // more of them wait
    std::int64_t asked_feed_ = 0;         // the cursor in it
    bool must_ask_ = true;                // at least once, and again when cursors began anew
    bool went_back_ = false;              // HQ knew less than its own receipt said: sent again once
    bool wants_generations_ = false, asked_generations_ = false; // something is locked under a key that is not here
    std::set<Hash> put_;                  // bodies that went up
    std::vector<Hash> missing_bodies_;    // HQ lacks them
    std::optional<WantedRelease> wanted_; // published, not yet installed
    std::optional<Error> later_;          // told when the facts are through
    Exchanged exchanged_;
};

} // namespace adal::sync
