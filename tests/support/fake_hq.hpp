#pragma once
#include "sync/link/terminal_link.hpp"
#include "tests/support/counted_random.hpp"
#include <deque>
#include <functional>

namespace adal::support {

/// HQ in a few lines: it checks chains as the real one does, stores rows, signs receipts, and forgets nothing but what a test tells it to.
/// The road between can lose a request, lose a reply, or answer something else.
class FakeHq final : public sync::Road {
public:
    FakeHq();

    // --- what a test prepares
    std::string invite(const std::string& terminal = "t-07"); // the enrolment code
    void publish(const std::vector<std::pair<std::string, Bytes>>& packs); // kind and content; the next number
    void hire(const sync::Person&);                                        // the next roster
    void restore(std::size_t rows, std::int64_t second); // a back-up with so many rows; a later incarnation
    void roll_back(std::size_t rows) { rows_.resize(rows); } // the machine, without telling anybody

    enum class Fate { Open, LosesRequest, LosesReply };
    std::deque<Fate> fates;                                             // for the next requests; then open
    std::function<Bytes(Bytes)> spoils;                                 // what becomes of a reply on the road
    std::function<void(sync::ExchangeReply&)> lies;                     // what HQ says before it signs
    const std::vector<sync::JournalRow>& rows() const { return rows_; } // everything that came, once
    std::vector<std::size_t> batches;                                   // rows in each request that arrived
    std::size_t largest_request = 0;
    std::vector<sync::Beside::PinVerifier> pins;
    int blobs_served = 0;
    std::string last_first_row;

    const sync::KeyPair& receipt_key() const { return receipt_; }
    const sync::KeyPair& release_key() const { return release_; }
    sync::Head head() const;

    Expected<Bytes> keys() override;
    Expected<Bytes> enrol(BytesView) override;
    Expected<Bytes> exchange(BytesView) override;
    Expected<Done> fetch(const BlobQuestion&, const Sink&) override;
    Expected<Done> put_blob(const Hash&, BytesView, const Bytes& authorisation) override;
    Expected<Bytes> bundle(BytesView) override;

private:
    Expected<Bytes> travel(const std::function<Expected<Bytes>()>& at_hq);
    Expected<Bytes> answer(BytesView);
    Expected<Bytes> blob(const Hash&, const Bytes& authorisation);
    void store(const sync::Batch& checked);

    CountedRandom random_;
    sync::KeyPair root_, receipt_, release_, identity_, sealing_;
    sync::SecretKey site_key_{};
    std::string incarnation_ = "1795000000-0000000000000001";
    sync::EnrolmentCode code_;
    std::string invited_;
    std::optional<sync::PublicKey> terminal_key_;
    std::vector<sync::JournalRow> rows_;
    UtcTime committed_at_ = from_ms(1'795'309'300'000);
    sync::Roster roster_;
    std::int64_t release_number_ = 0;
    Bytes release_envelope_;
    std::map<Hash, Bytes> packs_;
};

} // namespace adal::support
