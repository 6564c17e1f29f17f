#include "sync/hq/courier.hpp"
#include "content/language/dates.hpp"
#include "sync/hq/bodies.hpp"
#include "sync/hq/news.hpp"
#include "sync/hq/revocations.hpp"
#include "sync/hq/rolled_back.hpp"
#include "sync/hq/said.hpp"
#include "sync/hq/teaching.hpp"
#include <algorithm>
#include <limits>

namespace adal::sync::hq {
namespace {

using Kind = BundleItem::Kind;

constexpr std::int64_t nothing_newer = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t most_feed = std::size_t{32} << 20; // the rest waits for the next stick

struct HeldBranch {
    JournalId journal;
    PublicKey key{};
    bool is_followed = false; // by another journal: nothing new belongs to it
    std::int64_t number = 0;
    Head head;
    UtcTime committed_at;
};

Hash hash_from(const Bytes& bytes)
{
    Hash hash{};
    if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

Expected<std::vector<HeldBranch>> branches_of(Store& store, const TerminalId& terminal)
{
    auto rows = store.db().query("SELECT j.id, j.public_key, b.number, b.head_seq, b.head_hash, b.committed_ms, "
                                 "CASE WHEN EXISTS (SELECT 1 FROM journal f WHERE f.terminal = j.terminal AND SUBSTR(f.continues, 1, 64) = j.id) THEN 1 ELSE 0 END "
                                 "FROM journal j JOIN branch b ON b.journal = j.id WHERE j.terminal = $1 ORDER BY j.id, b.number",
                                 {terminal.text});
    if (!rows) return rows.error();
    std::vector<HeldBranch> branches;
    for (const auto& row : *rows)
        branches.push_back({{row.text(0)}, hash_from_hex(row.text(1)).value_or(PublicKey{}), row.integer(6) != 0, row.integer(2),
                            {static_cast<std::uint64_t>(row.integer(3)), hash_from(row.bytes(4))}, from_ms(row.integer(5))});
    return branches;
}

/// A disk that was copied closes its journal where the copy went on: its last row is no branch's last, and is receipted all the same.
Expected<std::vector<HeldBranch>> closed_heads(Store& store, const TerminalId& terminal, const std::vector<HeldBranch>& branches)
{
    auto rows = store.db().query("SELECT continues FROM journal WHERE terminal = $1 AND continues <> '' ORDER BY id", {terminal.text});
    if (!rows) return rows.error();
    std::vector<HeldBranch> closed;
    for (const auto& row : *rows) {
        const auto point = continued_from(row.text(0));
        const auto known = [&](const HeldBranch& branch) { return point && branch.journal == point->journal && branch.head == point->head; };
        if (!point || std::any_of(branches.begin(), branches.end(), known) || std::any_of(closed.begin(), closed.end(), known)) continue;
        const auto tip = tip_up_to(store, point->journal, point->head);
        const auto journal = find_journal(store, point->journal);
        if (!tip || !journal) return !tip ? tip.error() : journal.error();
        if (!*tip || !*journal || (*journal)->terminal != terminal) continue;
        closed.push_back({point->journal, (*journal)->key, true, (*tip)->branch, point->head, (*tip)->committed_at});
    }
    return closed;
}

/// Writes the items of one bundle.
class DownItems {
public:
    DownItems(Store& store, const HqFolder& folder, const HqKeys& keys, const TerminalRecord& terminal, const Moment& now, Random& random, std::string incarnation)
        : store_(store), folder_(folder), keys_(keys), terminal_(terminal), now_(now), random_(random), incarnation_(std::move(incarnation))
    {
        for (const auto& list : keys.lists_after(0)) {
            const auto text = encode(list);
            add(Kind::Keys, {text.begin(), text.end()});
        }
    }

    Expected<Done> add_answers(const HeldBranch& branch, bool with_news)
    {
        auto at_hand = last_said(store_, terminal_.id, branch.journal, branch.number, incarnation_);
        if (!at_hand) return at_hand.error();
        at_hand->release = 0; // small, and good again where packs did not arrive
        const auto missing = missing_bodies(store_, branch.journal);
        if (!missing) return missing.error();
        for (std::size_t size = 0;;) {
            auto reply = empty_reply(branch);
            reply.missing_bodies = *missing;
            const NewsQuestion question{terminal_, *at_hand, branch.journal, branch.key, branch.number, language::date_of(now_.at)};
            if (with_news)
                if (auto added = add_news(store_, folder_, keys_, question, reply, random_); !added) return added;
            const auto envelope = signed_message(Purpose::Reply, "hq", incarnation_, encode(reply), keys_.receipt);
            size += envelope.size();
            add(Kind::Reply, reply_item(static_cast<std::uint64_t>(at_hand->feed), envelope));
            if (!reply.feed.more || size > most_feed) return Done{};
            at_hand->keys = at_hand->generation = at_hand->release = at_hand->roster = nothing_newer;
            at_hand->feed = reply.feed.upto;
        }
    }

    Expected<Done> add_pack_keys(const std::vector<Release::PackEntry>& packs);
    void add(Kind kind, Bytes bytes) { items_.push_back({kind, std::move(bytes)}); }
    const std::vector<BundleItem>& items() const { return items_; }

private:
    ExchangeReply empty_reply(const HeldBranch& branch) const
    {
        ExchangeReply reply;
        reply.receipt = signed_receipt({.journal = branch.journal,
                                        .head = branch.head,
                                        .committed_at = branch.committed_at,
                                        .incarnation = incarnation_,
                                        .forked = branch.number != 0,
                                        .signature = {}},
                                       keys_.receipt);
        reply.hq_time_ms = to_ms(now_.at);
        return reply;
    }

    Store& store_;
    const HqFolder& folder_;
    const HqKeys& keys_;
    const TerminalRecord& terminal_;
    const Moment& now_;
    Random& random_;
    std::string incarnation_;
    std::vector<BundleItem> items_;
};

} // namespace

SecretKey stick_key(const HqKeys& keys, const Hash& pack)
{
    auto bytes = Bytes(std::string_view{"adal/stick-pack"}.begin(), std::string_view{"adal/stick-pack"}.end());
    bytes.insert(bytes.end(), keys.pepper.begin(), keys.pepper.end());
    bytes.insert(bytes.end(), pack.begin(), pack.end());
    return sha256(bytes);
}

Expected<std::vector<Release::PackEntry>> current_packs(Store& store, const HqKeys& keys)
{
    const auto current = current_release(store);
    if (!current) return current.error();
    if (current->envelope.empty()) return std::vector<Release::PackEntry>{};
    const auto opened = read_envelope(current->envelope);
    if (!opened) return opened.error();
    const auto text = message_in(*opened, Purpose::Release, keys.list.list.release);
    if (!text) return text.error();
    const auto release = decode_release(*text);
    if (!release) return release.error();
    return release->packs;
}

namespace {

Expected<Done> DownItems::add_pack_keys(const std::vector<Release::PackEntry>& packs)
{
    for (const auto& pack : packs) add(Kind::PackKey, pack_key_item(pack.hash, stick_key(keys_, pack.hash)));
    return Done{};
}

Bytes notice_for(const Revocation& revocation, const std::string& incarnation, const HqKeys& keys)
{
    return signed_message(Purpose::Revocation, "hq", incarnation, encode(RevocationNotice{revocation.terminal, revocation.at, revocation.stolen, keys.lists_after(0)}), keys.identity);
}

/// For a terminal of which no journal, or not the present one, ever came: with no answer to it the new keys could not be taken.
Expected<Done> add_certificates(DownItems& items, Store& store, const HqFolder& folder, const HqKeys& keys, const TerminalRecord& terminal, Random& random)
{
    const auto known = keys_of(store, terminal);
    if (!known) return known.error();
    for (const auto& key : *known) {
        auto certificate = certificate_for(store, folder, keys, terminal, key, random);
        if (!certificate) return certificate.error();
        items.add(Kind::Certificate, std::move(*certificate));
    }
    return Done{};
}

Expected<Done> add_answers(DownItems& items, Store& store, const HqKeys& keys, const std::vector<HeldBranch>& branches)
{
    const auto alarm = rolled_back(store);
    if (!alarm) return alarm.error();
    for (const auto& branch : branches)
        if (auto added = items.add_answers(branch, !branch.is_followed && !*alarm); !added) return added;
    if (*alarm) return Done{};
    const auto packs = current_packs(store, keys);
    if (!packs) return packs.error();
    return items.add_pack_keys(*packs);
}

} // namespace

Expected<Bytes> bundle_for(Store& store, const HqFolder& folder, const HqKeys& keys, const TerminalRecord& terminal, const Moment& now, Random& random)
{
    const auto incarnation = store.incarnation();
    if (!incarnation) return incarnation.error();
    const auto position = store.position();
    if (!position) return position.error();
    const auto revocation = revocation_of(store, terminal.id);
    if (!revocation) return revocation.error();
    auto branches = branches_of(store, terminal.id);
    if (!branches) return branches.error();
    const auto closed = closed_heads(store, terminal.id, *branches);
    if (!closed) return closed.error();
    branches->insert(branches->end(), closed->begin(), closed->end());

    DownItems items{store, folder, keys, terminal, now, random, to_text(*incarnation)};
    if (*revocation)
        items.add(Kind::Revocation, notice_for(**revocation, to_text(*incarnation), keys));
    else if (auto added = add_certificates(items, store, folder, keys, terminal, random); !added)
        return added.error();
    else if (added = add_answers(items, store, keys, *branches); !added)
        return added.error();
    const BundleLabel label{.sender = "hq", .incarnation = to_text(*incarnation), .to = terminal.sealing, .number = static_cast<std::uint64_t>(*position)};
    return make_bundle(label, items.items(), keys.identity);
}

Expected<Bytes> answer_part(Intake& intake, Store& store, const CourierDesk& desk, BytesView part)
{
    const auto now = desk.clock.now();
    const auto taken = take_part(intake, store, desk.keys, part, now.at);
    const bool needs_keys = !taken && taken.error().key == "bundle.other_receiver";
    if (!taken && !needs_keys) return taken.error();
    const auto writer = needs_keys ? writer_of(store, part) : Expected<TerminalId>{taken->terminal};
    if (!writer) return writer.error();
    const auto terminal = find_terminal(store, *writer);
    if (!terminal) return terminal.error();
    Bytes bundle;
    const auto made = store.write([&](std::int64_t) -> Expected<Done> {
        auto given = bundle_for(store, desk.folder, desk.keys, **terminal, now, desk.random);
        if (!given) return given.error();
        bundle = std::move(*given);
        return Done{};
    });
    if (!made) return made.error();
    return bundle;
}

} // namespace adal::sync::hq
