#include "sync/hq/intake.hpp"

namespace adal::sync::hq {
namespace {

/// Every actor of these rows who is a person: the pages to fold again.
std::set<PersonId> people_in(const std::vector<JournalRow>& rows)
{
    std::set<PersonId> people;
    for (const auto& row : rows)
        if (const auto actor = actor_from(row.actor))
            if (const auto* person = std::get_if<PersonId>(&*actor)) people.insert(*person);
    return people;
}

Error unknown_terminal(const std::string& id)
{
    return fail(ErrorKind::Denied, "hq.terminal.unknown", {{"terminal", id}});
}

Expected<TerminalRecord> sender_of(Store& store, const OpenedEnvelope& opened)
{
    auto terminal = find_terminal(store, {opened.envelope.sender});
    if (!terminal) return terminal.error();
    if (!*terminal) return unknown_terminal(opened.envelope.sender);
    return **terminal;
}

/// A PIN from a terminal is never older than what we keep; anything that moved goes out to the other terminals.
Expected<Done> take_pins(Store& store, const HqKeys& keys, const Bytes& sealed, UtcTime now)
{
    auto pins = open_verifiers(sealed, keys.sealing);
    if (!pins) return pins.error();
    bool is_newer = false;
    for (const auto& pin : *pins) {
        auto taken = take_pin(store, pin);
        if (!taken) return taken.error();
        is_newer = is_newer || *taken;
    }
    return is_newer ? bump_roster(store, now) : Expected<Done>{Done{}};
}

} // namespace

Expected<Bytes> Intake::keys()
{
    const auto text = encode(keys_.list);
    return Bytes{text.begin(), text.end()};
}

Expected<Bytes> Intake::enrol(BytesView sealed_request)
{
    auto request = open_enrolment(sealed_request, keys_.sealing);
    if (!request) return request.error();
    auto store = stores_.borrow();
    if (!store) return store.error();
    Bytes reply;
    auto done = (*store)->write([&](std::int64_t) -> Expected<Done> {
        auto enrolled = hq::enrol(**store, folder_, keys_, *request, clock_.now().at, random_);
        if (!enrolled) return enrolled.error();
        reply = enrolled->envelope;
        return Done{};
    });
    if (!done) return done.error();
    return reply;
}

Expected<Bytes> Intake::exchange(BytesView bytes)
{
    if (bytes.size() > largest_request) return fail(ErrorKind::InvalidInput, "hq.request.too_large");
    auto opened = read_envelope(bytes);
    if (!opened) return opened.error();
    auto store = stores_.borrow();
    if (!store) return store.error();
    auto terminal = sender_of(**store, *opened);
    if (!terminal) return terminal.error();
    auto json = message_in(*opened, Purpose::Exchange, terminal->key);
    if (!json) return json.error();
    auto request = decode_exchange_request(*json);
    if (!request) return request.error();
    if (request->terminal != terminal->id) return unknown_terminal(request->terminal.text);
    auto reply = answer(**store, *terminal, *request);
    if (!reply) return reply.error();
    return signed_message(Purpose::Receipt, "hq", reply->receipt.incarnation, encode(*reply), keys_.receipt);
}

Expected<ExchangeReply> Intake::answer(Store& store, const TerminalRecord& terminal, const ExchangeRequest& request)
{
    auto batch = checked(request.batch, terminal.key);
    if (!batch) return batch.error();
    if (!batch->rows.empty()) batch->rows.back().signature = batch->signature;
    Stored stored;
    if (auto taken = take(store, terminal, request, *batch, stored); !taken) return taken.error();

    auto incarnation = store.incarnation();
    auto release = current_release(store);
    auto roster = store.number("roster");
    if (!incarnation) return incarnation.error();
    if (!release) return release.error();
    if (!roster) return roster.error();
    ExchangeReply reply{.receipt = {.journal = batch->journal,
                                    .head = stored.tip.head,
                                    .committed_at = stored.tip.committed_at,
                                    .incarnation = to_text(*incarnation),
                                    .forked = stored.tip.branch != 0},
                        .release = {},
                        .roster = {},
                        .hq_time_ms = to_ms(clock_.now().at)};
    if (release->number > request.release) reply.release = release->envelope;
    if (*roster > request.roster) {
        auto key = site_key(folder_, terminal.site, random_);
        if (!key) return key.error();
        auto people = roster_of(store, terminal.site);
        if (!people) return people.error();
        reply.roster = lock_roster(*people, *key, random_);
    }
    return reply;
}

Expected<KnownJournal> Intake::owner_of(Store& store, const TerminalRecord& terminal, const Batch& batch)
{
    auto known = find_journal(store, batch.journal);
    if (!known) return known.error();
    if (*known) {
        if ((*known)->terminal != terminal.id)
            return fail(ErrorKind::Denied, "hq.journal.foreign",
                        {{"terminal", terminal.id.text}, {"journal", batch.journal.text}});
        return **known;
    }
    return KnownJournal{terminal.id, terminal.key};
}

Expected<Done> Intake::take(Store& store, const TerminalRecord& terminal, const ExchangeRequest& request,
                            const Batch& batch, Stored& stored)
{
    return store.write([&](std::int64_t position) -> Expected<Done> {
        const auto now = clock_.now().at;
        auto owner = owner_of(store, terminal, batch);
        if (!owner) return owner.error();
        auto kept = store_batch(store, batch, *owner, position, now);
        if (!kept) return kept.error();
        stored = std::move(*kept);
        if (auto folded = fold_achievements(store, people_in(stored.added)); !folded) return folded;
        if (auto pins = take_pins(store, keys_, request.verifiers, now); !pins) return pins;
        return heard(store, terminal.id, request.release, request.roster, request.terminal_time_ms - to_ms(now), now);
    });
}

Expected<Bytes> Intake::blob(const Hash& hash, const Bytes& authorisation)
{
    auto opened = read_envelope(authorisation);
    if (!opened) return opened.error();
    auto store = stores_.borrow();
    if (!store) return store.error();
    auto terminal = sender_of(**store, *opened);
    if (!terminal) return terminal.error();
    const auto& envelope = opened->envelope;
    if (envelope.purpose != Purpose::Blob || !opened->is_signed_by(terminal->key) ||
        envelope.body != Bytes{hash.begin(), hash.end()})
        return fail(ErrorKind::Denied, "link.signature", {{"purpose", std::string{tag(Purpose::Blob)}}});
    return pack_content(**store, hash);
}

} // namespace adal::sync::hq
