#include "tests/support/fake_hq.hpp"
#include "sync/packs/delta.hpp"

namespace adal::support {

using namespace sync;

namespace {

KeyPair key_of(std::uint8_t number)
{
    std::array<std::uint8_t, 32> seed{};
    seed.fill(number);
    return KeyPair::from_seed(seed);
}

Error lost() { return fail(ErrorKind::Unavailable, "link.unreachable"); }

std::vector<PublicKey> public_halves(const std::vector<KeyPair>& pairs)
{
    std::vector<PublicKey> keys;
    for (const auto& pair : pairs) keys.push_back(pair.public_key());
    return keys;
}

SecretKey site_key_of(std::uint8_t generation)
{
    SecretKey key{};
    key.fill(static_cast<std::uint8_t>(generation + 5));
    return key;
}

} // namespace

FakeHq::FakeHq() : roots_{key_of(1)}, receipt_{key_of(2)}, release_{key_of(3)}, identity_{key_of(4)}, sealing_{key_of(5)}
{
    site_keys_[1] = site_key_of(1);
    add_list();
}

void FakeHq::add_list()
{
    KeyList list{.number = static_cast<std::int64_t>(lists_.size()) + 1, .receipt = public_halves(receipt_), .release = public_halves(release_),
                 .identity = public_halves(identity_), .sealing = {}, .authorities = {}, .successor = {}};
    for (const auto& pair : sealing_) list.sealing.push_back(pair.sealing_key());
    const bool hands_over = roots_.size() > 1 && lists_.back().root != roots_.back().public_key() && !lists_.back().list.successor;
    if (hands_over) list.successor = roots_.back().public_key();
    lists_.push_back(sign_keys(list, hands_over ? roots_.at(roots_.size() - 2) : roots_.back()));
}

void FakeHq::rotate(const Rotation& rotation)
{
    const auto renew = [&](bool wanted, std::vector<KeyPair>& pairs) {
        if (!wanted) return;
        if (rotation.drop) pairs.clear();
        pairs.insert(pairs.begin(), key_of(next_key_++));
    };
    renew(rotation.receipt, receipt_);
    renew(rotation.release, release_);
    renew(rotation.identity, identity_);
    renew(rotation.sealing, sealing_);
    if (rotation.root) roots_.push_back(key_of(next_key_++));
    add_list();
}

void FakeHq::new_generation()
{
    const auto generation = site_keys_.rbegin()->first + 1;
    site_keys_[generation] = site_key_of(static_cast<std::uint8_t>(generation));
    ++roster_.number; // it goes out again under the new key
}

std::string FakeHq::invite(const std::string& terminal)
{
    invited_ = terminal;
    code_ = {.secret = {1, 2, 3, 4, 5}, .fingerprint = root_fingerprint(roots_.front().public_key())};
    return to_text(code_);
}

void FakeHq::publish(const std::vector<std::pair<std::string, Bytes>>& packs)
{
    release_at_hand_.published_at = committed_at_;
    release_at_hand_.packs.clear();
    for (const auto& [kind, bytes] : packs) {
        const auto hash = sha256(bytes);
        packs_[hash] = bytes;
        release_at_hand_.packs.push_back({.kind = kind, .hash = hash, .size = static_cast<std::int64_t>(bytes.size())});
    }
    publish_again();
}

void FakeHq::publish_again()
{
    ++release_at_hand_.number;
    sign_release();
}

void FakeHq::sign_release()
{
    release_at_hand_.incarnation = incarnation_;
    release_envelope_ = signed_message(Purpose::Release, "hq", incarnation_, encode(release_at_hand_), release_.front());
}

void FakeHq::hire(const Person& person)
{
    roster_.people.push_back(person);
    ++roster_.number;
}

void FakeHq::tell(const PersonId& person, const std::vector<FeedFact>& facts)
{
    std::erase_if(told_, [&](const auto& told) { return told.person == person; });
    told_.push_back({.position = ++position_, .person = person, .facts = facts});
}

void FakeHq::restore(std::size_t rows, std::int64_t second)
{
    if (this->rows().size() > rows) journals_[first_journal_].resize(rows);
    incarnation_ = to_text({.second = second, .random = 2});
    if (release_at_hand_.number > 0) sign_release();
}

const std::vector<JournalRow>& FakeHq::rows_of(const JournalId& journal) const
{
    static const std::vector<JournalRow> none;
    const auto found = journals_.find(journal);
    return found == journals_.end() ? none : found->second;
}

Head FakeHq::head_of(const JournalId& journal) const
{
    const auto& rows = rows_of(journal);
    return rows.empty() ? Head{} : Head{rows.back().seq, rows.back().hash};
}

Expected<Bytes> FakeHq::travel(const std::function<Expected<Bytes>()>& at_hq)
{
    const auto fate = fates.empty() ? Fate::Open : fates.front();
    if (!fates.empty()) fates.pop_front();
    if (fate == Fate::LosesRequest) return lost();
    auto reply = at_hq();
    if (fate == Fate::LosesReply) return lost();
    return reply && spoils ? Expected<Bytes>{spoils(*reply)} : reply;
}

Expected<Bytes> FakeHq::keys()
{
    return travel([&]() -> Expected<Bytes> {
        const auto text = encode(lists_.back());
        return Bytes{text.begin(), text.end()};
    });
}

Expected<Bytes> FakeHq::enrol(BytesView sealed)
{
    return travel([&]() -> Expected<Bytes> {
        const auto request = open_enrolment(sealed, sealing_.front());
        if (!request) return request.error();
        const bool is_other = terminal_key_ && *terminal_key_ != request->key;
        if (request->secret != code_.secret || is_other) return fail(ErrorKind::Denied, "link.refused");
        terminal_key_ = request->key;
        terminal_sealing_ = request->sealing;
        return certificate();
    });
}

Bytes FakeHq::certificate() const
{
    const auto& [generation, key] = *site_keys_.rbegin();
    const EnrolmentReply reply{.terminal = {invited_}, .site = {"balkhash"}, .site_name = {"Балқаш", "Балхаш", "Balkhash"},
                               .unit_name = {"Цех", "Цех", "Shop"}, .key = terminal_key_.value(), .incarnation = incarnation_,
                               .site_key = {generation, seal(terminal_sealing_, key)}, .is_demo = false};
    return signed_message(Purpose::Certificate, "hq", incarnation_, encode(reply), identity_.front());
}

Expected<Bytes> FakeHq::exchange(BytesView bytes)
{
    return travel([&] { return answer(bytes); });
}

Expected<Bytes> FakeHq::answer(BytesView bytes)
{
    heard.emplace_back("exchange");
    largest_request = std::max(largest_request, bytes.size());
    const auto opened = read_envelope(bytes);
    if (!opened) return opened.error();
    const auto text = message_in(*opened, Purpose::Exchange, terminal_key_.value());
    if (!text) return text.error();
    const auto request = decode_exchange_request(*text);
    if (!request) return request.error();
    last_request = *request;
    if (while_answering) while_answering();
    if (revoked_) return signed_message(Purpose::Revocation, "hq", incarnation_, encode(*revoked_), identity_.front());
    const auto batch = checked(request->batch, *terminal_key_);
    if (!batch) return batch.error();
    batches.push_back(batch->rows.size());
    last_first_row = request->first_row;
    store(*batch);
    for (const auto& pair : sealing_)
        if (auto sent = open_verifiers(request->verifiers, pair); sent && !sent->empty()) pins = *sent;
    auto reply = reply_to(*request, batch->journal, opened->envelope.incarnation == incarnation_);
    if (lies) lies(reply);
    reply.receipt = signed_receipt(std::move(reply.receipt), receipt_.front());
    return signed_message(Purpose::Reply, "hq", reply.receipt.incarnation, encode(reply), receipt_.front());
}

// Cursors of another life of HQ's say nothing.
ExchangeReply FakeHq::reply_to(const ExchangeRequest& request, const JournalId& journal, bool is_same_life)
{
    ExchangeReply reply;
    reply.receipt = {.journal = journal, .head = head_of(journal), .committed_at = committed_at_, .incarnation = incarnation_, .forked = false, .signature = {}};
    reply.hq_time_ms = hq_time_ms ? hq_time_ms : request.terminal_time_ms;
    const auto cursor = [&](std::int64_t number) { return is_same_life ? number : 0; };
    if (release_at_hand_.number > cursor(request.release)) reply.release = release_envelope_;
    const auto& [generation, key] = *site_keys_.rbegin();
    if (roster_.number > cursor(request.roster)) reply.roster = lock_roster(roster_, generation, key, random_);
    reply.feed = page_after(cursor(request.feed));
    for (const auto& list : lists_)
        if (list.list.number > request.keys) reply.keys.push_back(list);
    if (!reply.keys.empty()) reply.certificate = certificate();
    for (const auto& [each, site] : site_keys_)
        if (each > request.generation) reply.site_keys.push_back({each, seal(terminal_sealing_, site)});
    reply.missing_bodies = missing_bodies(journal);
    return reply;
}

FeedPage FakeHq::page_after(std::int64_t cursor)
{
    FeedPage page{.upto = cursor, .more = false, .people = {}};
    const auto& [generation, key] = *site_keys_.rbegin();
    for (const auto& told : told_) {
        if (told.position <= cursor) continue;
        page.more = page.people.size() == feed_page;
        if (page.more) break;
        page.people.push_back({told.person, lock_feed(told.person, told.facts, generation, key, random_)});
        page.upto = told.position;
    }
    return page;
}

std::vector<Hash> FakeHq::missing_bodies(const JournalId& journal) const
{
    std::vector<Hash> missing;
    for (const auto& row : rows_of(journal))
        for (const auto& hash : bodies_named_by(decode(row.kind, row.body)))
            if (!bodies.contains(hash)) missing.push_back(hash);
    return missing;
}

Receipt FakeHq::receipt(const JournalId& journal) const
{
    return signed_receipt({.journal = journal, .head = head_of(journal), .committed_at = committed_at_, .incarnation = incarnation_, .forked = false, .signature = {}},
                          receipt_.front());
}

// Whole or not at all; what is here already is skipped.
void FakeHq::store(const Batch& batch)
{
    if (first_journal_.text.empty()) first_journal_ = batch.journal;
    auto& rows = journals_[batch.journal];
    if (batch.after.seq > rows.size()) return; // it continues what we do not have: the receipt says so
    for (const auto& row : batch.rows)
        if (row.seq == rows.size() + 1) rows.push_back(row);
}

Expected<Done> FakeHq::allowed(const Hash& hash, const Bytes& authorisation) const
{
    const auto opened = read_envelope(authorisation);
    const bool is_allowed = opened && opened->envelope.purpose == Purpose::Blob && opened->is_signed_by(terminal_key_.value()) &&
                            opened->envelope.body == Bytes(hash.begin(), hash.end());
    if (!is_allowed) return fail(ErrorKind::Denied, "link.refused");
    return Done{};
}

Expected<Done> FakeHq::fetch(const BlobQuestion& question, const Sink& sink)
{
    bool is_delta = false;
    const auto content = travel([&]() -> Expected<Bytes> {
        if (const auto may = allowed(question.hash, question.authorisation); !may) return may.error();
        ++blobs_served;
        const auto found = packs_.find(question.hash);
        if (found == packs_.end()) return fail(ErrorKind::NotFound, "link.not_there");
        const auto base = question.base && knows_deltas ? packs_.find(*question.base) : packs_.end();
        is_delta = base != packs_.end();
        if (!is_delta) return found->second;
        auto delta = make_delta(base->second, found->second);
        return spoils_delta ? spoils_delta(std::move(delta)) : delta;
    });
    if (!content) return content.error();
    const auto from = knows_ranges ? question.from : 0;
    heard.push_back(std::string{is_delta ? "delta" : "pack"} + (from ? " from " + std::to_string(from) : ""));
    if (from > content->size()) return fail(ErrorKind::Corrupt, "link.foreign_answer"); // 416
    return serve(*content, is_delta, from, sink);
}

// In pieces, as a road brings them.
Expected<Done> FakeHq::serve(const Bytes& content, bool is_delta, std::uint64_t from, const Sink& sink)
{
    constexpr std::size_t largest_piece = 1000;
    auto rest = BytesView{content}.subspan(from);
    const auto breaks = std::exchange(breaks_after, std::nullopt);
    if (breaks) rest = rest.first(std::min(*breaks, rest.size()));
    for (; !rest.empty(); rest = rest.subspan(std::min(largest_piece, rest.size()))) {
        const auto piece = rest.first(std::min(largest_piece, rest.size()));
        pack_bytes_served += piece.size();
        if (!sink({.is_delta = is_delta, .from = from}, piece)) return fail(ErrorKind::Corrupt, "link.foreign_answer");
    }
    if (breaks) return lost();
    return Done{};
}

Expected<Done> FakeHq::put_blob(const Hash& hash, BytesView content, const Bytes& authorisation)
{
    const auto put = travel([&]() -> Expected<Bytes> {
        if (const auto may = allowed(hash, authorisation); !may) return may.error();
        if (sha256(content) != hash) return fail(ErrorKind::Corrupt, "link.blob_hash", {{"hash", to_hex(hash).substr(0, 12)}});
        heard.emplace_back("put");
        bodies[hash] = Bytes{content.begin(), content.end()};
        return Bytes{};
    });
    if (!put) return put.error();
    return Done{};
}

Expected<Bytes> FakeHq::bundle(BytesView) { return fail(ErrorKind::NotFound, "link.not_there"); }

} // namespace adal::support
