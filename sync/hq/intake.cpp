#include "sync/hq/intake.hpp"
#include "content/language/dates.hpp"
#include "sync/hq/bodies.hpp"
#include "sync/hq/courier.hpp"
#include "sync/hq/deltas.hpp"
#include "sync/hq/fact_folds.hpp"
#include "sync/hq/news.hpp"
#include "sync/hq/rolled_back.hpp"
#include "sync/hq/said.hpp"
#include <algorithm>
#include <cstdio>

namespace adal::sync::hq {
namespace {

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

/// Is the authorisation for this blob, and by whom?
Expected<TerminalRecord> authorised(Store& store, const Hash& hash, const Bytes& authorisation)
{
    auto opened = read_envelope(authorisation);
    if (!opened) return opened.error();
    auto terminal = sender_of(store, opened->envelope);
    if (!terminal) return terminal;
    auto keys = keys_of(store, *terminal);
    if (!keys) return keys.error();
    const auto& envelope = opened->envelope;
    const bool is_signed = std::any_of(keys->begin(), keys->end(), [&](const auto& key) { return opened->is_signed_by(key); });
    if (envelope.purpose != Purpose::Blob || !is_signed || envelope.body != Bytes{hash.begin(), hash.end()})
        return fail(ErrorKind::Denied, "link.signature", {{"purpose", std::string{tag(Purpose::Blob)}}});
    return terminal;
}

/// Cursors count within one life of HQ: asked by a terminal that knew another one, all of them begin anew.
void forget_cursors_of_another_life(ExchangeRequest& request, const std::string& theirs, const std::string& ours)
{
    if (theirs != ours) request.release = request.roster = request.generation = request.feed = 0;
}

Receipt receipt_for(const Tip& tip, const JournalId& journal, const std::string& incarnation)
{
    return {.journal = journal,
            .head = tip.head,
            .committed_at = tip.committed_at,
            .incarnation = incarnation,
            .forked = tip.branch != 0,
            .signature = {}};
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
        auto alarm = rolled_back(**store);
        if (!alarm) return alarm.error();
        if (*alarm) return told(**alarm); // it might get the name of a terminal that was lost
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
    auto question = judged(**store, *opened);
    if (!question) return question.error();
    auto taken = take(**store, *question);
    if (!taken) return taken.error();
    return answer(**store, std::move(*question), *taken, opened->envelope.incarnation);
}

Expected<Question> Intake::judged(Store& store, const OpenedEnvelope& opened)
{
    auto question = question_in(store, opened);
    if (!question)
        if (auto noted = note_stranger(store, opened); !noted) return noted.error();
    return question;
}

Expected<Intake::Heard> Intake::heard_of(Store& store, const Question& question)
{
    auto taken = take(store, question);
    if (!taken) return taken.error();
    return Heard{question.terminal.id, taken->added, question.is_unproven || taken->stored.has_gap};
}

Expected<Intake::Heard> Intake::take_carried(BytesView bytes)
{
    if (bytes.size() > largest_request) return fail(ErrorKind::InvalidInput, "hq.request.too_large");
    auto opened = read_envelope(bytes);
    if (!opened) return opened.error();
    auto store = stores_.borrow();
    if (!store) return store.error();
    auto question = judged(**store, *opened);
    if (!question) return question.error();
    question->road = Question::Road::Stick;
    return heard_of(**store, *question);
}

Expected<Intake::Heard> Intake::take_found(const TerminalRecord& terminal, ExchangeRequest rows)
{
    auto store = stores_.borrow();
    if (!store) return store.error();
    auto question = question_of_disk(**store, terminal, std::move(rows));
    if (!question) return question.error();
    return heard_of(**store, *question);
}

/// A machine put back to a time before this terminal was enrolled does not know it any more; the receipt it shows tells.
Expected<Done> Intake::note_stranger(Store& store, const OpenedEnvelope& opened)
{
    constexpr std::size_t enough = std::size_t{1} << 20;
    if (opened.envelope.purpose != Purpose::Exchange) return Done{};
    const auto json = unpack(opened.envelope.body, enough);
    if (!json) return Done{};
    const auto request = decode_exchange_request(text_of(*json));
    if (!request || !request->known || !is_signed_by_one_of(*request->known, keys_.list.list.receipt)) return Done{};
    return store.write([&](std::int64_t) { return note_shown(store, keys_, request->terminal, *request->known, clock_.now().at); });
}

Expected<Intake::Taken> Intake::take(Store& store, const Question& question)
{
    Batch batch{.journal = question.request.batch.journal, .after = {}, .rows = {}, .signature = {}};
    if (!question.is_unproven) {
        auto sound = checked(question.request.batch, question.journal.key);
        if (!sound) return sound.error();
        batch = std::move(*sound);
    }
    Taken taken;
    const auto now = clock_.now().at;
    auto done = store.write([&](std::int64_t position) -> Expected<Done> {
        if (question.request.known)
            if (auto noted = note_shown(store, keys_, question.terminal.id, *question.request.known, now); !noted) return noted;
        return question.is_unproven ? Expected<Done>{Done{}} : store_rows(store, question, batch, position, now, taken);
    });
    if (!done) return done.error();
    return taken;
}

Expected<Done> Intake::store_rows(Store& store, const Question& question, const Batch& batch, std::int64_t position, UtcTime now, Taken& taken)
{
    const auto& terminal = question.terminal;
    const auto& request = question.request;
    auto revocation = revocation_of(store, terminal.id);
    if (!revocation) return revocation.error();
    taken.revocation = *revocation;
    auto known = find_journal(store, batch.journal); // once more: until now it was only looked at
    if (!known) return known.error();
    if (*known && ((*known)->terminal != terminal.id || (*known)->key != question.journal.key))
        return fail(ErrorKind::Denied, "hq.journal.foreign", {{"terminal", terminal.id.text}, {"journal", batch.journal.text}});
    auto kept = store_batch(store, batch, question.journal, position, now, *revocation ? Standing::Quarantined : Standing::Believed);
    if (!kept) return kept.error();
    taken.stored = std::move(*kept);
    taken.added = taken.stored.added.size();
    if (!*revocation) {
        const auto& tip = taken.stored.tip;
        auto folded = fold_facts(store, {batch.journal, terminal.id, tip.branch, std::move(taken.stored.added)});
        if (!folded) return folded.error();
        if (auto noted = note_change(store, *folded, batch.journal, tip.branch, position); !noted) return noted;
        if (auto pins = take_pins(store, keys_, terminal, request.verifiers, now); !pins) return pins;
    }
    if (question.road == Question::Road::Disk) return Done{};
    if (auto noted = note_said(store, request, taken.stored.tip.branch, question.incarnation); !noted) return noted;
    if (question.road == Question::Road::Stick) return heard_by_stick(store, terminal.id, request, now);
    return heard(store, terminal.id, request.release, request.roster, skew(request.terminal_time_ms, now), now);
}

Expected<Bytes> Intake::answer(Store& store, Question question, const Taken& taken, const std::string& incarnation_asked)
{
    auto life = store.incarnation();
    if (!life) return life.error();
    const auto incarnation = to_text(*life);
    if (const auto& revoked = taken.revocation)
        return signed_message(Purpose::Revocation, "hq", incarnation, encode(RevocationNotice{revoked->terminal, revoked->at, revoked->stolen, keys_.lists_after(question.request.keys)}),
                              keys_.identity);
    ExchangeReply reply{};
    const auto& journal = question.request.batch.journal;
    reply.receipt = signed_receipt(receipt_for(taken.stored.tip, journal, incarnation), keys_.receipt);
    reply.hq_time_ms = to_ms(clock_.now().at);
    auto missing = missing_bodies(store, journal);
    auto alarm = rolled_back(store);
    if (!missing) return missing.error();
    if (!alarm) return alarm.error();
    reply.missing_bodies = std::move(*missing);
    forget_cursors_of_another_life(question.request, incarnation_asked, incarnation);
    const NewsQuestion news{question.terminal,         question.request, journal, question.journal.key, taken.stored.tip.branch,
                            language::date_of(clock_.now().at)};
    if (!*alarm && !question.is_unproven)
        if (auto added = add_news(store, folder_, keys_, news, reply, random_); !added) return added.error();
    return signed_message(Purpose::Reply, "hq", incarnation, encode(reply), keys_.receipt);
}

Expected<Bytes> Intake::blob(const Hash& hash, const Bytes& authorisation)
{
    auto store = stores_.borrow();
    if (!store) return store.error();
    auto terminal = authorised(**store, hash, authorisation);
    if (!terminal) return terminal.error();
    auto revocation = revocation_of(**store, terminal->id);
    if (!revocation) return revocation.error();
    if (*revocation) return fail(ErrorKind::Denied, "hq.terminal.revoked", {{"terminal", terminal->id.text}});
    return pack_content(**store, hash);
}

Expected<Done> Intake::fetch(const BlobQuestion& question, const Sink& sink)
{
    auto content = blob(question.hash, question.authorisation);
    if (!content) return content.error();
    BlobAnswer told;
    if (question.base) {
        auto store = stores_.borrow();
        if (!store) return store.error();
        auto delta = delta_of(**store, folder_, *question.base, question.hash, *content);
        if (!delta) return delta.error();
        told.is_delta = delta->has_value();
        if (told.is_delta) content = std::move(**delta);
    }
    told.from = std::min<std::uint64_t>(question.from, content->size());
    if (!sink(told, BytesView{*content}.subspan(told.from))) return fail(ErrorKind::Unavailable, "link.hq_trouble");
    return Done{};
}

/// Also of a terminal that was withdrawn: what its facts name is wanted when a person judges them.
Expected<Done> Intake::put_blob(const Hash& hash, BytesView content, const Bytes& authorisation)
{
    if (content.size() > largest_body) return fail(ErrorKind::InvalidInput, "hq.request.too_large");
    auto store = stores_.borrow();
    if (!store) return store.error();
    auto terminal = authorised(**store, hash, authorisation);
    if (!terminal) return terminal.error();
    if (sha256(content) != hash) return fail(ErrorKind::Corrupt, "hq.body.other", {{"hash", to_hex(hash)}});
    auto is_here = has_body(**store, hash);
    if (!is_here) return is_here.error();
    if (*is_here) return Done{};
    return (*store)->write([&](std::int64_t) { return keep_body(**store, hash, content, terminal->id, clock_.now().at); });
}

Expected<Bytes> Intake::bundle(BytesView part)
{
    auto store = stores_.borrow();
    if (!store) return store.error();
    return answer_part(*this, **store, {folder_, keys_, clock_, random_}, part);
}

} // namespace adal::sync::hq
