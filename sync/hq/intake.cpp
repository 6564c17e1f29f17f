#include "sync/hq/intake.hpp"
#include "content/language/dates.hpp"
#include "sync/hq/news.hpp"
#include <algorithm>
#include <cstdio>

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

/// It goes out to every terminal of the site: one whose check would cost them minutes or gigabytes goes no further.
bool is_affordable(const std::string& verifier)
{
    unsigned memory = 0, passes = 0;
    const bool says = std::sscanf(verifier.c_str(), "$argon2id$v=19$m=%9u,t=%9u", &memory, &passes) == 2;
    return !says || (memory <= 256 * 1024 && passes <= 8); // else it is none, and matches nothing at once
}

bool is_believable(const Beside::PinVerifier& pin)
{
    constexpr std::int64_t most = 1'000'000'000; // codes ever issued to one person, PINs ever set by her
    const auto& verifier = pin.verifier;
    return pin.reset >= 0 && pin.reset <= most && pin.counter >= 0 && pin.counter <= most && verifier.size() < 128 &&
           verifier.starts_with("$argon2id$") && verifier.find('\0') == std::string::npos && is_affordable(verifier);
}

/// A terminal speaks for the people of its own site.
Expected<bool> is_of_site(Store& store, const PersonId& person, const SiteId& site)
{
    if (person.text.find('\0') != std::string::npos) return false;
    auto rows =
        store.db().query("SELECT 1 FROM assignment WHERE person = $1 AND site = $2 LIMIT 1", {person.text, site.text});
    if (!rows) return rows.error();
    return !rows->empty();
}

/// A PIN from a terminal is never older than what we keep; anything that moved goes out to the other terminals. What
/// cannot be read or believed is left out and noted: it never holds up the facts that it came with.
Expected<Done> take_pins(Store& store, const HqKeys& keys, const TerminalRecord& terminal, const Bytes& sealed,
                         UtcTime now)
{
    const auto pins = open_verifiers(sealed, keys.sealing);
    std::set<PersonId> newer;
    bool is_sound = pins.operator bool();
    for (const auto& pin : is_sound ? *pins : std::vector<Beside::PinVerifier>{}) {
        auto is_hers = is_of_site(store, pin.person, terminal.scope.site);
        if (!is_hers) return is_hers.error();
        if (!*is_hers || !is_believable(pin)) {
            is_sound = false;
            continue;
        }
        auto taken = take_pin(store, pin);
        if (!taken) return taken.error();
        if (*taken) newer.insert(pin.person);
    }
    if (!is_sound)
        if (auto put = store.put_meta("pins left out, " + terminal.id.text, std::to_string(to_ms(now))); !put)
            return put;
    return bump_roster_of(store, newer, now);
}

/// Whatever a clock says, its difference from ours can be told.
std::int64_t skew(std::int64_t terminal_ms, UtcTime now)
{
    constexpr std::int64_t most = std::int64_t{1} << 60;
    return std::clamp(terminal_ms, -most, most) - to_ms(now);
}

/// A journal is born under the key that signs it: nobody brings another's to HQ under her own name.
bool is_born_elsewhere(const Batch& batch, const TerminalRecord& terminal)
{
    if (batch.rows.empty() || batch.rows.front().seq != 1) return false;
    const auto fact = decode(batch.rows.front().kind, batch.rows.front().body);
    const auto* created = std::get_if<JournalCreated>(&fact);
    return created && created->key != to_hex(terminal.key);
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
    return signed_message(Purpose::Reply, "hq", reply->receipt.incarnation, encode(*reply), keys_.receipt);
}

Expected<ExchangeReply> Intake::answer(Store& store, const TerminalRecord& terminal, const ExchangeRequest& request)
{
    auto batch = checked(request.batch, terminal.key);
    if (!batch) return batch.error();
    if (!batch->rows.empty()) batch->rows.back().signature = batch->signature;
    Stored stored;
    if (auto taken = take(store, terminal, request, *batch, stored); !taken) return taken.error();

    auto incarnation = store.incarnation();
    if (!incarnation) return incarnation.error();
    ExchangeReply reply;
    reply.receipt = signed_receipt({.journal = batch->journal,
                                    .head = stored.tip.head,
                                    .committed_at = stored.tip.committed_at,
                                    .incarnation = to_text(*incarnation),
                                    .forked = stored.tip.branch != 0,
                                    .signature = {}},
                                   keys_.receipt);
    reply.hq_time_ms = to_ms(clock_.now().at);
    const NewsQuestion question{terminal, request, batch->journal, terminal.key, stored.tip.branch, language::date_of(clock_.now().at)};
    if (auto added = add_news(store, folder_, keys_, question, reply, random_); !added) return added.error();
    return reply;
}

Expected<KnownJournal> Intake::owner_of(Store& store, const TerminalRecord& terminal, const Batch& batch)
{
    auto known = find_journal(store, batch.journal);
    if (!known) return known.error();
    if (*known ? (*known)->terminal != terminal.id : is_born_elsewhere(batch, terminal))
        return fail(ErrorKind::Denied, "hq.journal.foreign",
                    {{"terminal", terminal.id.text}, {"journal", batch.journal.text}});
    if (*known) return **known;
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
        const auto people = people_in(stored.added);
        if (auto noted = note_change(store, people, batch.journal, stored.tip.branch, position); !noted) return noted;
        if (auto folded = fold_achievements(store, people); !folded) return folded;
        if (auto pins = take_pins(store, keys_, terminal, request.verifiers, now); !pins) return pins;
        return heard(store, terminal.id, request.release, request.roster, skew(request.terminal_time_ms, now), now);
    });
}

Expected<Done> Intake::fetch(const BlobQuestion& question, const Sink& sink)
{
    const auto content = blob(question.hash, question.authorisation);
    if (!content) return content.error();
    const auto from = std::min<std::uint64_t>(question.from, content->size());
    if (!sink({.is_delta = false, .from = from}, BytesView{*content}.subspan(from))) return fail(ErrorKind::Unavailable, "link.hq_trouble");
    return Done{};
}

Expected<Done> Intake::put_blob(const Hash&, BytesView, const Bytes&) { return fail(ErrorKind::NotFound, "link.not_there"); }

Expected<Bytes> Intake::bundle(BytesView) { return fail(ErrorKind::NotFound, "link.not_there"); }

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
