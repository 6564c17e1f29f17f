#pragma once
#include "sync/link/terminal_link.hpp"
#include "tests/support/counted_random.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace adal::support {

/// HQ as small as a test needs it: hands out one certificate, a roster, a feed and a release, receipts whatever is well signed by
/// a journal's key, and takes a journal under a new key only with the old one's word. `is_down` and `says` say how the road fails.
class SmallHq final : public sync::Road {
public:
    explicit SmallHq(const ManualClock&);

    Expected<Bytes> keys() override;
    Expected<Bytes> enrol(BytesView) override;
    Expected<Bytes> exchange(BytesView) override;
    Expected<Done> fetch(const BlobQuestion&, const Sink&) override;
    Expected<Done> put_blob(const Hash&, BytesView, const Bytes&) override;
    Expected<Bytes> bundle(BytesView) override;

    std::string code() const;
    void knows(const sync::PublicKey& terminal) { terminal_ = terminal; } // enrolled earlier
    void publish(const std::filesystem::path& library, const std::filesystem::path& bank);

    sync::Roster roster; // its number grows with `people_changed`
    void people_changed() { ++roster.number; }
    bool is_down = false;
    std::optional<Bytes> says; // instead of every answer

    Elapsed clock_ahead{};        // of the terminal's
    bool sees_a_fork = false;     // of the first journal: its disk was copied
    bool knows_more = false;      // of the first journal: its disk is an old copy
    bool has_withdrawn = false;   // the terminal
    std::map<Hash, Bytes> bodies; // as they came

    /// She did this elsewhere.
    void tell(const PersonId&, const Actor&, const sync::Fact&, UtcTime at);
    void tell_back(const PersonId&); // her facts that came from here
    void forget(const PersonId& person) { feed_[person].clear(), ++feed_position_; }
    /// What HQ holds of a journal, in order; each row came once.
    const std::vector<sync::JournalRow>& rows_of(const sync::JournalId& journal) { return journals_[journal].rows; }
    Bytes opened(const Hash& body) const { return hq_.unseal(bodies.at(body)).value(); }
    std::vector<sync::JournalId> journals() const { return order_; } // in the order they came

private:
    struct Held {
        sync::PublicKey key{};
        std::vector<sync::JournalRow> rows;
        sync::Receipt receipt;
    };
    const ManualClock& clock_;
    CountedRandom random_;
    TemporaryFolder packs_;
    sync::KeyPair root_, hq_;
    sync::SecretKey site_key_{};
    sync::Release release_;
    sync::PublicKey terminal_{};
    std::map<sync::JournalId, Held> journals_;
    std::vector<sync::JournalId> order_;
    std::map<PersonId, std::vector<sync::FeedFact>> feed_;
    std::int64_t feed_position_ = 0;

    sync::SignedKeys signed_keys() const;
    Held& held(const sync::ExchangeRequest&);
    void take(Held&, const sync::Batch&);
    sync::Receipt receipt_for(const Held&, const sync::ExchangeRequest&) const;
    sync::FeedPage feed_after(std::int64_t cursor);
    std::optional<Expected<Bytes>> trouble() const;
};

/// An enrolled terminal's folder with people and materials, made without network: what the first exchange leaves
/// behind.
///
/// The people: Айгерім Сәрсенова 204117 (on probation, one-time code 11223344), Марат Әлиев 100200 and 300400 at two
/// employers (PIN 284617), Ольга Ким 555 at one employer and Данияр Ахметов 555 at another (PIN 284617 both). Hashes
/// are cheap ones.
class TerminalFolder {
public:
    TerminalFolder();

    sync::TerminalFolder folder() const { return {root_.path()}; }
    void exchange(); // with the small HQ; a failure is a failed test
    Expected<sync::Exchanged> try_exchange();
    const std::filesystem::path& sources() const
    {
        return sources_.path();
    } // of the materials, to be changed and published again

    ManualClock clock;
    CountedRandom random;
    SmallHq hq;

private:
    TemporaryFolder root_, sources_;
};

sync::Roster small_roster(const ManualClock&);
/// A document of three sections, a module of three pages with one check, a test of four items on two topics: 20
/// minutes, pass mark 3, two attempts. The first choice is the right one; gifts-02 has two, A and B. Texts end with
/// their language's code.
struct SmallSources {
    std::filesystem::path library, bank;
};
SmallSources write_small_sources(const std::filesystem::path&);

} // namespace adal::support
