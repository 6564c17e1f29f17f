#pragma once
#include "sync/link/terminal_link.hpp"
#include "tests/support/counted_random.hpp"
#include <deque>
#include <functional>

namespace adal::support {

/// HQ in a few lines: it checks chains as the real one does, stores rows, signs receipts, and forgets nothing but what a test tells it to.
/// The road between can lose a request, lose a reply, break in the middle of a pack, or answer something else.
class FakeHq final : public sync::Road {
public:
    FakeHq();

    // --- what a test prepares
    std::string invite(const std::string& terminal = "t-07"); // the enrolment code
    void publish(const std::vector<std::pair<std::string, Bytes>>& packs); // kind and content; the next number
    void hire(const sync::Person&);                                        // the next roster
    void tell(const PersonId&, const std::vector<sync::FeedFact>&);        // a person's entry in the feed changed
    void restore(std::size_t rows, std::int64_t second); // a back-up with so many rows; a later incarnation, under which the release is signed again
    void roll_back(std::size_t rows) { journals_[first_journal_].resize(rows); } // the machine, without telling anybody
    void revoke(bool stolen = false) { revoked_ = sync::RevocationNotice{{invited_}, committed_at_, stolen}; }

    /// The next key list. A dropped key is not in it any more; without dropping the old one is kept behind the new one.
    struct Rotation {
        bool receipt = false, release = false, identity = false, sealing = false, root = false, drop = false;
    };
    void rotate(const Rotation&);
    void publish_again(); // the same packs, by the release key in use, under the next number
    void new_generation(); // of the site's key

    enum class Fate { Open, LosesRequest, LosesReply };
    std::deque<Fate> fates;                                 // for the next requests; then open
    std::function<Bytes(Bytes)> spoils;                     // what becomes of a reply on the road
    std::function<void(sync::ExchangeReply&)> lies;         // what HQ says before it signs
    std::optional<std::size_t> breaks_after;                // bytes of the next pack that arrive, then the road breaks
    bool knows_ranges = true, knows_deltas = true;
    std::function<Bytes(Bytes)> spoils_delta;
    std::function<void()> while_answering; // time passes
    std::size_t feed_page = 100;
    std::int64_t hq_time_ms = 0; // 0: as the terminal says

    // --- what came
    const std::vector<sync::JournalRow>& rows() const { return rows_of(first_journal_); } // of the first journal: everything, once
    const std::vector<sync::JournalRow>& rows_of(const sync::JournalId&) const;
    std::vector<std::size_t> batches; // rows in each request that arrived
    std::optional<sync::ExchangeRequest> last_request;
    std::size_t largest_request = 0;
    std::vector<sync::Beside::PinVerifier> pins;
    std::map<Hash, Bytes> bodies;
    std::vector<std::string> heard; // "exchange", "put", "pack", "pack from 100", "delta": in the order they arrived
    int blobs_served = 0;
    std::size_t pack_bytes_served = 0;
    std::string last_first_row;

    const sync::KeyPair& receipt_key() const { return receipt_.front(); }
    const sync::KeyPair& release_key() const { return release_.front(); }
    const sync::KeyPair& identity_key() const { return identity_.front(); }
    const sync::SignedKeys& newest_keys() const { return lists_.back(); }
    sync::Head head() const { return head_of(first_journal_); }
    sync::Receipt receipt(const sync::JournalId&) const; // signed, as of now
    Bytes certificate() const;

    Expected<Bytes> keys() override;
    Expected<Bytes> enrol(BytesView) override;
    Expected<Bytes> exchange(BytesView) override;
    Expected<Done> fetch(const BlobQuestion&, const Sink&) override;
    Expected<Done> put_blob(const Hash&, BytesView, const Bytes& authorisation) override;
    Expected<Bytes> bundle(BytesView) override;

private:
    Expected<Bytes> travel(const std::function<Expected<Bytes>()>& at_hq);
    Expected<Bytes> answer(BytesView);
    sync::ExchangeReply reply_to(const sync::ExchangeRequest&, const sync::JournalId&, bool is_same_life);
    sync::FeedPage page_after(std::int64_t cursor);
    std::vector<Hash> missing_bodies(const sync::JournalId&) const;
    Expected<Done> allowed(const Hash&, const Bytes& authorisation) const;
    Expected<Done> serve(const Bytes& content, bool is_delta, std::uint64_t from, const Sink&);
    void store(const sync::Batch& checked);
    void add_list();
    void sign_release();
    sync::Head head_of(const sync::JournalId&) const;

    CountedRandom random_;
    std::vector<sync::KeyPair> roots_, receipt_, release_, identity_, sealing_; // the first of each is in use; of roots the last
    std::uint8_t next_key_ = 100;
    std::vector<sync::SignedKeys> lists_;
    std::map<std::int64_t, sync::SecretKey> site_keys_;
    std::string incarnation_ = "1795000000-0000000000000001";
    sync::EnrolmentCode code_;
    std::string invited_;
    std::optional<sync::PublicKey> terminal_key_;
    sync::SealingKey terminal_sealing_{};
    std::map<sync::JournalId, std::vector<sync::JournalRow>> journals_;
    sync::JournalId first_journal_;
    UtcTime committed_at_ = from_ms(1'795'309'300'000);
    sync::Roster roster_;
    sync::Release release_at_hand_;
    Bytes release_envelope_;
    std::map<Hash, Bytes> packs_;
    struct Told {
        std::int64_t position = 0;
        PersonId person;
        std::vector<sync::FeedFact> facts;
    };
    std::vector<Told> told_; // by position; a person once
    std::int64_t position_ = 0;
    std::optional<sync::RevocationNotice> revoked_;
};

} // namespace adal::support
