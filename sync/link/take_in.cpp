#include "sync/link/bundle.hpp"
#include "sync/link/conversation.hpp"
#include "sync/link/renewal.hpp"
#include "sync/link/revocation.hpp"
#include "sync/link/stick_road.hpp"
#include "sync/link/succession.hpp"
#include "sync/link/terminal_courier.hpp"
#include <algorithm>

namespace adal::sync {
namespace {

using Shelf = Stick::Shelf;
using Kind = BundleItem::Kind;

Error foreign() { return fail(ErrorKind::Corrupt, "stick.foreign_file"); }

// --- neighbours' parts

Expected<Carried::Kept> keep_neighbours(const TerminalAtStick& at, const std::string& file)
{
    const auto name = part_name_from(file);
    if (!name) return foreign();
    if (name->terminal == plain(at.journal.terminal().text)) return Carried::Kept{};
    const auto bytes = at.stick.read(Shelf::Up, file, largest_up_bundle);
    if (!bytes) return bytes.error();
    const auto bundle = read_bundle(*bytes);
    if (!bundle) return bundle.error();
    if (plain(bundle->label.sender) != name->terminal) return foreign();
    return Carried{at.beside}.keep_part(*name, *bytes);
}

Expected<Done> take_neighbours(const TerminalAtStick& at, TakenIn& in)
{
    const auto names = at.stick.names(Shelf::Up);
    if (!names) return names.error();
    for (const auto& file : *names) {
        const auto kept = keep_neighbours(at, file);
        if (!kept && !is_about_the_file(kept.error())) return kept.error();
        if (!kept) {
            in.refused.push_back({at.stick.shown(Shelf::Up, file), kept.error()});
            continue;
        }
        in.carried += kept->is_new ? 1 : 0;
        for (const auto& entry : kept->forgotten) in.forgotten.push_back(entry.name);
    }
    return Done{};
}

// --- HQ's bundle for this terminal

struct News {
    std::string incarnation;
    SignedKeys keys; // the newest that came
    std::map<Hash, SecretKey> pack_keys;
    std::vector<CarriedReply> replies;
    std::vector<Bytes> certificates;
    std::optional<Bytes> notice;
};

std::vector<SignedKeys> lists_in(const std::vector<BundleItem>& items)
{
    std::vector<SignedKeys> lists;
    for (const auto& item : items)
        if (item.kind == Kind::Keys)
            if (auto keys = decode_signed_keys(text_of(item.bytes))) lists.push_back(std::move(*keys));
    return lists;
}

Expected<Done> sort_in(const BundleItem& item, News& news)
{
    if (item.kind == Kind::Revocation) news.notice = item.bytes;
    if (item.kind == Kind::Certificate) news.certificates.push_back(item.bytes);
    if (item.kind == Kind::Reply) {
        auto reply = carried_reply(item.bytes);
        if (!reply) return fail(ErrorKind::Corrupt, "bundle.broken");
        news.replies.push_back(std::move(*reply));
    }
    if (item.kind == Kind::PackKey) {
        const auto key = pack_key(item.bytes);
        if (!key) return fail(ErrorKind::Corrupt, "bundle.broken");
        news.pack_keys.insert(*key);
    }
    return Done{};
}

/// Nothing of it counts before HQ's identity key, of the newest list that follows from the pinned root, is found to have signed the whole.
Expected<News> judged(BytesView bytes, const KeyPair& key, const Enrolment& enrolment, const std::string& incarnation)
{
    const auto bundle = read_bundle(bytes);
    if (!bundle) return bundle.error();
    const auto items = items_in(*bundle, key, key.sealing_key(), largest_message);
    if (!items) return items.error();
    News news{.incarnation = bundle->label.incarnation, .keys = newest_of(enrolment.keys, lists_in(*items)), .pack_keys = {}, .replies = {}, .certificates = {}, .notice = {}};
    const auto& identity = news.keys.list.identity;
    const bool is_hqs = bundle->label.sender == "hq" && std::any_of(identity.begin(), identity.end(), [&](const auto& each) { return bundle->is_signed_by(each); });
    if (!is_hqs) return fail(ErrorKind::Denied, "link.signature", {{"purpose", std::string{tag(Purpose::Bundle)}}});
    if (is_later(incarnation, bundle->label.incarnation)) return fail(ErrorKind::Conflict, "link.before_restore", {{"incarnation", bundle->label.incarnation}});
    for (const auto& item : *items)
        if (auto sorted = sort_in(item, news); !sorted) return sorted.error();
    return news;
}

/// HQ tells of every branch that it knows of a journal: ours is the one whose head is in it. If none is, that is for the conversation to judge.
Expected<std::vector<CarriedReply>> replies_for(const Journal& journal, const News& news)
{
    std::vector<CarriedReply> ours, others;
    Head furthest;
    for (const auto& reply : news.replies) {
        const auto opened = read_envelope(reply.envelope);
        const auto answer = opened ? judge_reply(*opened, news.keys, journal.id()) : opened.error();
        if (!answer && answer.error().key == "link.receipt_other_journal") continue;
        if (!answer) return answer.error();
        const auto& head = answer->reply.receipt.head;
        if (!journal.contains(head)) {
            others.push_back(reply);
            continue;
        }
        if (head.seq > furthest.seq) ours.clear();
        if (head.seq < furthest.seq) continue;
        furthest = head;
        ours.push_back(reply);
    }
    return ours.empty() ? others : ours;
}

Expected<Done> hear(const TerminalAtStick& at, const Journal& journal, const KeyPair& key, const News& news, StickRoad& road, TakenIn& in)
{
    const auto replies = replies_for(journal, news);
    if (!replies) return replies.error();
    if (replies->empty() && !news.notice) return Done{};
    const auto enrolment = read_enrolment(at.beside);
    if (!enrolment) return enrolment.error();
    Conversation conversation{at.folder, journal, at.beside, key, *enrolment, road, at.clock, 500};
    if (news.notice) return conversation.hear_carried(*news.notice, 0);
    for (const auto& reply : *replies)
        if (auto heard = conversation.hear_carried(reply.envelope, static_cast<std::int64_t>(reply.feed_after)); !heard) return heard;
    auto finished = conversation.finish();
    add(in.exchanged, conversation.exchanged());
    return finished;
}

/// A restored HQ may have lost every journal of ours and have nothing to say of them: then all of them go up again.
Expected<Done> begin_life(Beside& beside, const std::string& incarnation)
{
    const auto known = read_sync_state(beside).incarnation;
    if (known.empty() || !is_later(incarnation, known)) return Done{};
    const auto changed = change_sync_state(beside, [&](SyncState& state) {
        state.incarnation = incarnation;
        state.release = state.roster = state.feed = 0;
        state.alarm.reset();
    });
    if (!changed) return changed.error();
    return Done{};
}

Expected<Done> keep_keys(Beside& beside, const Enrolment& before, const Renewal& renewal)
{
    return beside.together([&]() -> Expected<Done> {
        if (auto kept = keep_renewal(beside, before, renewal); !kept) return kept;
        const bool must_reinstall = !is_signed_by_present_keys(beside, renewal.enrolment);
        const auto changed = change_sync_state(beside, [&](SyncState& state) {
            drop_what_is_unsigned(state, renewal.enrolment.keys, renewal.enrolment.certificate.incarnation);
            if (must_reinstall) state.release = 0;
        });
        if (!changed) return changed.error();
        return Done{};
    });
}

/// New keys come with an answer to the present journal. HQ may never have heard of that one: what was sealed to a key that it has dropped it cannot open.
Expected<Done> take_keys(const TerminalAtStick& at, const News& news, TakenIn& in)
{
    const auto enrolment = read_enrolment(at.beside);
    if (!enrolment) return enrolment.error();
    if (news.keys.list.number <= enrolment->keys.list.number) return Done{};
    for (const auto& certificate : news.certificates) {
        const auto renewal = renewed(*enrolment, news.keys, certificate, at.key.public_key(), at.beside);
        if (!renewal) continue; // for another of its keys
        in.exchanged.new_keys = news.keys.list.number;
        return keep_keys(at.beside, *enrolment, *renewal);
    }
    return Done{};
}

/// The present journal first: with its answer come the keys by which the others are judged.
Expected<Done> hear_all(const TerminalAtStick& at, const News& news, TakenIn& in)
{
    StickRoad road{at.stick};
    road.pack_keys = news.pack_keys;
    road.newest_keys = news.keys;
    auto heard = hear(at, at.journal, at.key, news, road, in);
    if (!heard && read_revocation(at.beside)) return heard;
    const auto closed = predecessors(at.folder, at.journal);
    if (!closed) return closed.error();
    for (const auto& journal : *closed) {
        const auto key = KeyPair::open(files_of(at.folder, journal.id()).key);
        const auto also = key ? hear(at, journal, *key, news, road, in) : Expected<Done>{key.error()};
        if (heard && !also) heard = also;
    }
    if (auto taken = take_keys(at, news, in); !taken) return taken;
    if (auto kept = keep_asked_for(at.beside, road.asked_for); !kept) return kept;
    if (auto begun = begin_life(at.beside, news.incarnation); !begun) return begun;
    return heard;
}

std::vector<Receipt> newer_receipts(const SyncState& before, const SyncState& after)
{
    std::vector<Receipt> newer;
    for (const auto& [journal, receipt] : after.receipts)
        if (before.receipt_of(journal) != receipt) newer.push_back(receipt);
    return newer;
}

Expected<Done> note_heard(const TerminalAtStick& at)
{
    const auto noted = change_sync_state(at.beside, [&](SyncState& state) {
        state.last_try = state.last_success = at.clock.now().at;
        state.last_error.reset();
    });
    if (!noted) return noted.error();
    return Done{};
}

Expected<Done> take_bundle(const TerminalAtStick& at, TakenIn& in)
{
    const auto file = down_name(at.journal.terminal());
    const auto bytes = at.stick.read(Shelf::Down, file, largest_down_bundle);
    if (!bytes && bytes.error().kind == ErrorKind::NotFound) return Done{};
    if (!bytes && !is_about_the_file(bytes.error())) return bytes.error();
    in.has_bundle = true;
    const auto enrolment = read_enrolment(at.beside);
    if (!enrolment) return enrolment.error();
    const auto before = read_sync_state(at.beside);
    const auto incarnation = before.incarnation.empty() ? enrolment->certificate.incarnation : before.incarnation;
    const auto news = bytes ? judged(*bytes, at.key, *enrolment, incarnation) : bytes.error();
    const auto taken = news ? hear_all(at, *news, in) : Expected<Done>{news.error()};
    in.receipts = newer_receipts(before, read_sync_state(at.beside));
    if (!taken && (!is_about_the_file(taken.error()) || taken.error().key == "link.revoked")) return taken;
    if (!taken) in.refused.push_back({at.stick.shown(Shelf::Down, file), taken.error()});
    return taken ? note_heard(at) : Expected<Done>{Done{}};
}

} // namespace

Expected<TakenIn> take_in(const TerminalAtStick& at)
{
    if (read_revocation(at.beside)) {
        finish_withdrawal(at.folder, at.beside);
        return withdrawn();
    }
    TakenIn in;
    if (auto taken = take_neighbours(at, in); !taken) return taken.error();
    if (auto taken = take_bundle(at, in); !taken) return taken.error();
    return in;
}

namespace {

/// HQ itself has said no, or that it cannot read this; whoever else answers, or nobody, says nothing about the part.
bool is_refusal(const Error& error)
{
    const bool is_unreadable = error.kind == ErrorKind::Corrupt && error.key != "link.foreign_answer";
    return is_unreadable || error.kind == ErrorKind::Denied || error.kind == ErrorKind::InvalidInput;
}

Expected<Done> keep_answer(Carried& carried, const Carried::Entry& part, BytesView answer)
{
    const auto bundle = read_bundle(answer);
    const auto name = part_name_from(part.name);
    if (!bundle || bundle->label.sender != "hq" || !name) return fail(ErrorKind::Corrupt, "link.foreign_answer");
    return carried.keep_down(name->terminal + ".adal", answer);
}

} // namespace

Expected<Forwarded> forward_carried(Beside& beside, Road& road)
{
    Carried carried{beside};
    Forwarded forwarded;
    const auto entries = carried.entries();
    if (!entries) return entries.error();
    for (const auto& entry : *entries) {
        if (entry.shelf != Shelf::Up) continue;
        const auto bytes = carried.content(entry);
        if (!bytes) return bytes.error();
        const auto answer = road.bundle(*bytes);
        if (!answer && !is_refusal(answer.error())) return answer.error();
        if (!answer)
            forwarded.refused.push_back({entry.name, answer.error()});
        else if (auto kept = keep_answer(carried, entry, *answer); !kept)
            return kept.error();
        forwarded.parts += answer ? 1 : 0;
        if (auto gone = carried.drop(entry); !gone) return gone.error();
    }
    return forwarded;
}

} // namespace adal::sync
