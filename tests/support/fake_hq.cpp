#include "tests/support/fake_hq.hpp"

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

} // namespace

FakeHq::FakeHq() : root_(key_of(1)), receipt_(key_of(2)), release_(key_of(3)), identity_(key_of(4)), sealing_(key_of(5))
{
    site_key_.fill(6);
}

std::string FakeHq::invite(const std::string& terminal)
{
    invited_ = terminal;
    code_ = {.secret = {1, 2, 3, 4, 5}, .fingerprint = root_fingerprint(root_.public_key())};
    return to_text(code_);
}

void FakeHq::publish(const std::vector<std::pair<std::string, Bytes>>& packs)
{
    Release release{.incarnation = incarnation_, .number = ++release_number_, .published_at = committed_at_, .is_demo = false, .packs = {}};
    for (const auto& [kind, bytes] : packs) {
        const auto hash = sha256(bytes);
        packs_[hash] = bytes;
        release.packs.push_back({.kind = kind, .hash = hash, .size = static_cast<std::int64_t>(bytes.size())});
    }
    release_envelope_ = signed_message(Purpose::Release, "hq", incarnation_, encode(release), release_);
}

void FakeHq::hire(const Person& person)
{
    roster_.people.push_back(person);
    ++roster_.number;
}

void FakeHq::restore(std::size_t rows, std::int64_t second)
{
    rows_.resize(rows);
    incarnation_ = to_text({.second = second, .random = 2});
}

Head FakeHq::head() const { return rows_.empty() ? Head{} : Head{rows_.back().seq, rows_.back().hash}; }

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
        const KeyList list{.number = 1, .receipt = {receipt_.public_key()}, .release = {release_.public_key()},
                           .identity = {identity_.public_key()}, .sealing = {sealing_.sealing_key()}, .authorities = {}, .successor = {}};
        const auto text = encode(sign_keys(list, root_));
        return Bytes{text.begin(), text.end()};
    });
}

Expected<Bytes> FakeHq::enrol(BytesView sealed)
{
    return travel([&]() -> Expected<Bytes> {
        const auto request = open_enrolment(sealed, sealing_);
        if (!request) return request.error();
        const bool is_other = terminal_key_ && *terminal_key_ != request->key;
        if (request->secret != code_.secret || is_other) return fail(ErrorKind::Denied, "link.refused");
        terminal_key_ = request->key;
        const EnrolmentReply reply{.terminal = {invited_}, .site = {"balkhash"}, .site_name = {"Балқаш", "Балхаш", "Balkhash"},
                                   .unit_name = {"Цех", "Цех", "Shop"}, .key = request->key, .incarnation = incarnation_,
                                   .site_key = {1, seal(request->sealing, site_key_)}, .is_demo = false};
        return signed_message(Purpose::Certificate, "hq", incarnation_, encode(reply), identity_);
    });
}

Expected<Bytes> FakeHq::exchange(BytesView bytes)
{
    return travel([&] { return answer(bytes); });
}

Expected<Bytes> FakeHq::answer(BytesView bytes)
{
    largest_request = std::max(largest_request, bytes.size());
    const auto opened = read_envelope(bytes);
    if (!opened) return opened.error();
    const auto text = message_in(*opened, Purpose::Exchange, terminal_key_.value());
    if (!text) return text.error();
    const auto request = decode_exchange_request(*text);
    if (!request) return request.error();
    const auto batch = checked(request->batch, *terminal_key_);
    if (!batch) return batch.error();
    batches.push_back(batch->rows.size());
    last_first_row = request->first_row;
    store(*batch);
    if (auto sent = open_verifiers(request->verifiers, sealing_); sent && !sent->empty()) pins = *sent;

    ExchangeReply reply;
    reply.receipt = {.journal = batch->journal, .head = head(), .committed_at = committed_at_, .incarnation = incarnation_, .forked = false, .signature = {}};
    reply.hq_time_ms = request->terminal_time_ms;
    if (release_number_ > request->release) reply.release = release_envelope_;
    if (roster_.number > request->roster) reply.roster = lock_roster(roster_, 1, site_key_, random_);
    if (lies) lies(reply);
    reply.receipt = signed_receipt(std::move(reply.receipt), receipt_);
    return signed_message(Purpose::Reply, "hq", reply.receipt.incarnation, encode(reply), receipt_);
}

// Whole or not at all; what is here already is skipped.
void FakeHq::store(const Batch& batch)
{
    if (batch.after.seq > rows_.size()) return; // it continues what we do not have: the receipt says so
    for (const auto& row : batch.rows)
        if (row.seq == rows_.size() + 1) rows_.push_back(row);
}

Expected<Done> FakeHq::fetch(const BlobQuestion& question, const Sink& sink)
{
    const auto content = blob(question.hash, question.authorisation);
    if (!content) return content.error();
    const auto from = std::min<std::uint64_t>(question.from, content->size());
    if (!sink({.is_delta = false, .from = from}, BytesView{*content}.subspan(from))) return fail(ErrorKind::Unavailable, "link.hq_trouble");
    return Done{};
}

Expected<Done> FakeHq::put_blob(const Hash&, BytesView, const Bytes&) { return fail(ErrorKind::NotFound, "link.not_there"); }

Expected<Bytes> FakeHq::bundle(BytesView) { return fail(ErrorKind::NotFound, "link.not_there"); }

Expected<Bytes> FakeHq::blob(const Hash& hash, const Bytes& authorisation)
{
    return travel([&]() -> Expected<Bytes> {
        const auto opened = read_envelope(authorisation);
        const bool is_allowed = opened && opened->envelope.purpose == Purpose::Blob && opened->is_signed_by(terminal_key_.value()) &&
                                opened->envelope.body == Bytes(hash.begin(), hash.end());
        if (!is_allowed) return fail(ErrorKind::Denied, "link.refused");
        ++blobs_served;
        const auto found = packs_.find(hash);
        if (found == packs_.end()) return fail(ErrorKind::NotFound, "link.not_there");
        return found->second;
    });
}

} // namespace adal::support
