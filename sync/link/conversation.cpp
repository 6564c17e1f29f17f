#include "sync/link/conversation.hpp"
#include "sync/link/fetching.hpp"
#include "sync/link/bundle.hpp"
#include "sync/link/installation.hpp"
#include "sync/link/parts.hpp"
#include "sync/link/renewal.hpp"
#include "sync/link/revocation.hpp"
#include "sync/link/site_keys.hpp"
#include "sync/link/succession.hpp"
#include "sync/packs/format.hpp"
#include "sync/packs/pack.hpp"

namespace adal::sync {

Conversation::Conversation(const TerminalFolder& folder, const Journal& journal, Beside& beside, const KeyPair& key,
                           const Enrolment& enrolment, Road& road, const Clock& clock, std::size_t batch_limit)
    : folder_(folder), journal_(journal), beside_(beside), key_(key), enrolment_(enrolment), road_(road), clock_(clock),
      batch_limit_(batch_limit), state_(read_sync_state(beside))
{
    if (auto stored = read_enrolment(beside)) enrolment_ = std::move(*stored); // the caller's may be of before the last rotation
    if (const auto receipt = state_.receipt_of(journal.id())) after_ = receipt->head;
}

std::string Conversation::incarnation() const { return state_.incarnation.empty() ? enrolment_.certificate.incarnation : state_.incarnation; }

Expected<Done> Conversation::run()
{
    while (must_ask_ || has_unsent())
        if (auto asked = ask(); !asked) return asked;
    return finish();
}

Expected<Done> Conversation::finish()
{
    if (auto put = put_bodies(missing_bodies_); !put) return put;
    const auto installed = wanted_ ? install() : Expected<Done>{Done{}};
    if (later_) return *later_;
    return installed;
}

void Conversation::tell_later(const Error& error)
{
    if (!later_) later_ = error;
}

Expected<Done> Conversation::change_state(const std::function<void(SyncState&)>& change)
{
    auto changed = change_sync_state(beside_, change);
    if (!changed) return changed.error();
    state_ = std::move(*changed);
    return Done{};
}

// --- asking

// Rows that are heavy go by fewer: HQ unpacks only so much of a stranger's message.
Expected<Batch> Conversation::next_batch() const
{
    for (auto limit = std::min(batch_limit_, static_cast<std::size_t>(state_.stride));; limit /= 2) {
        auto batch = journal_.batch_after(after_.seq, limit);
        if (!batch || limit <= 1 || weight_of(*batch) <= usual_part) return batch;
    }
}

Expected<Done> Conversation::ask()
{
    sent_ = 0;
    auto batch = next_batch();
    if (!batch) return batch.error();
    if (auto put = put_bodies(bodies_named_in(*batch)); !put) return put;
    sent_ = batch->rows.size();
    was_full_ = sent_ > 0 && batch->rows.back().seq != journal_.head().seq;
    asked_feed_ = state_.feed;
    const auto envelope = question(std::move(*batch));
    wants_generations_ = false;
    ++exchanged_.requests;
    exchanged_.bytes_up += static_cast<std::int64_t>(envelope.size());
    const auto asked = clock_.now();
    const auto answer = road_.exchange(envelope);
    if (!answer) return answer.error();
    exchanged_.bytes_down += static_cast<std::int64_t>(answer->size());
    const auto was_heard = hear(*answer, asked, clock_.now());
    if (was_heard) sent_ = 0;
    return was_heard;
}

Bytes Conversation::question(Batch batch) const
{
    ExchangeRequest request{.terminal = enrolment_.certificate.terminal,
                            .batch = std::move(batch),
                            .first_row = "",
                            .release = state_.release,
                            .roster = state_.roster,
                            .terminal_time_ms = to_ms(clock_.now().at),
                            .verifiers = newer_pins(),
                            .keys = enrolment_.keys.list.number,
                            .generation = wants_generations_ ? 0 : generation_at_hand(),
                            .feed = state_.feed,
                            .known = state_.receipt_of(journal_.id()),
                            .succession = {}};
    if (request.batch.after.seq == 0 && !request.batch.rows.empty()) {
        request.first_row = request.batch.rows.front().body;
        request.succession = read_succession(beside_, journal_.id());
    }
    return signed_message(Purpose::Exchange, request.terminal.text, incarnation(), encode(request), key_);
}

std::int64_t Conversation::generation_at_hand() const
{
    const auto keys = site_keys(key_, enrolment_, beside_);
    return keys ? newest_generation(*keys) : 0;
}

// What the roster holds already HQ has: so no "sent" marks here either.
Bytes Conversation::newer_pins() const
{
    auto pins = beside_.pins();
    if (pins.empty()) return {};
    if (const auto roster = read_roster(beside_, key_, enrolment_))
        std::erase_if(pins, [&](const auto& pin) {
            const auto* person = roster->find(pin.person);
            return person && std::pair{pin.reset, pin.counter} <= std::pair{person->verifier.reset, person->verifier.counter};
        });
    return seal_verifiers(pins, enrolment_.keys.list.sealing.front());
}

// No marks of what is there: the bodies of what is about to be sent go up, and those that HQ says it lacks. One that HQ does not take keeps no fact back.
Expected<Done> Conversation::put_bodies(const std::vector<Hash>& hashes)
{
    for (const auto& hash : hashes) {
        const auto content = beside_.body(hash);
        if (!content) tell_later(content.error());
        if (!content || !*content || !put_.insert(hash).second) continue;
        ++exchanged_.requests;
        exchanged_.bytes_up += static_cast<std::int64_t>((*content)->size());
        const auto put = road_.put_blob(hash, **content, blob_authorisation(enrolment_.certificate.terminal, incarnation(), hash, key_));
        if (!put && put.error().kind == ErrorKind::Unavailable) return put;
        if (!put)
            tell_later(put.error());
        else
            ++exchanged_.bodies;
    }
    return Done{};
}

// --- hearing

// Whatever is not signed by HQ (a captive portal's page, half a reply) is foreign and changes nothing.
Expected<Done> Conversation::hear(BytesView answer, const Moment& asked, const Moment& heard)
{
    const auto opened = read_envelope(answer);
    if (!opened) return fail(ErrorKind::Corrupt, "link.foreign_answer");
    if (opened->envelope.purpose == Purpose::Revocation) return hear_revocation(*opened, answer);
    const auto judged = judge_reply(*opened, enrolment_.keys, journal_.id());
    if (!judged) return judged.error();
    must_ask_ = false;
    compare_clocks(judged->reply.hq_time_ms, asked, heard);
    const bool begins_anew = is_later(judged->reply.receipt.incarnation, incarnation());
    if (auto taken = take_receipt(*judged); !taken) return taken;
    take_news(judged->reply, !begins_anew); // the page's cursor was another life's
    return Done{};
}

void Conversation::take_news(const ExchangeReply& reply, bool with_feed)
{
    if (auto taken = take_site_keys(reply.site_keys); !taken) tell_later(taken.error());
    if (auto taken = take_roster(reply.roster); !taken) tell_later(taken.error());
    if (auto taken = with_feed ? take_feed(reply.feed) : Expected<Done>{Done{}}; !taken) tell_later(taken.error());
    if (auto taken = take_release(reply.release, reply.receipt.incarnation); !taken) tell_later(taken.error());
    missing_bodies_ = reply.missing_bodies;
}

// HQ wrote it before it heard what it may have said since: no clock is compared, and an earlier receipt means nothing.
Expected<Done> Conversation::hear_carried(BytesView answer, std::int64_t feed_after)
{
    const auto opened = read_envelope(answer);
    if (!opened) return fail(ErrorKind::Corrupt, "bundle.broken");
    if (opened->envelope.purpose == Purpose::Revocation) return hear_revocation(*opened, answer);
    const auto judged = judge_reply(*opened, enrolment_.keys, journal_.id());
    if (!judged) return judged.error();
    const auto& receipt = judged->reply.receipt;
    if (is_later(incarnation(), receipt.incarnation)) return fail(ErrorKind::Conflict, "link.before_restore", {{"incarnation", receipt.incarnation}});
    const auto had = state_.receipt_of(journal_.id());
    const bool is_known = journal_.contains(receipt.head);
    if (is_known && had && had->incarnation == receipt.incarnation && receipt.head.seq < had->head.seq) return Done{};
    if (!is_known && is_restored(receipt) && after_.seq > 0) return forget_branch(receipt);
    if (!is_known && !is_current_journal()) return Done{}; // another branch of a journal that was closed for it: ours goes up with the next stick
    sent_ = 0;
    if (auto taken = take_receipt(*judged); !taken) return taken;
    asked_feed_ = state_.feed;
    take_news(judged->reply, feed_after <= state_.feed); // else there is a gap: HQ goes on from what we say next
    return Done{};
}

// It lost our branch of a journal that it knows by another one: the next stick tells it from the first row on, and it finds where ours grows.
Expected<Done> Conversation::forget_branch(const Receipt& receipt)
{
    return change_state([&](SyncState& state) {
        state.receipts.erase(receipt.journal);
        state.incarnation = receipt.incarnation;
        state.release = state.roster = state.feed = 0;
    });
}

// The sharpest of a conversation counts: a question that carried much took HQ long.
void Conversation::compare_clocks(std::int64_t hq_ms, const Moment& asked, const Moment& heard)
{
    if (asked.boot != heard.boot || heard.uptime < asked.uptime) return;
    const auto half = (heard.uptime - asked.uptime).count() / 2;
    const ClockReading reading{.boot = asked.boot, .hq_ms = hq_ms, .uptime_ms = asked.uptime.count() + half, .uncertainty_ms = half + half / 10'000 + 1}; // in a long time between the two this machine's clock went wrong, too
    if (!exchanged_.clock || reading.uncertainty_ms < exchanged_.clock->uncertainty_ms) exchanged_.clock = reading;
}

// The notice may be signed by an identity key newer than our list: HQ says nothing else to a withdrawn terminal, but its keys anybody may ask.
Expected<Done> Conversation::hear_revocation(const OpenedEnvelope& opened, BytesView answer)
{
    const auto& terminal = enrolment_.certificate.terminal;
    auto notice = judge_notice(opened, enrolment_.keys, terminal);
    if (!notice && notice.error().kind == ErrorKind::Denied)
        if (const auto bytes = road_.keys())
            if (const auto keys = decode_signed_keys(text_of(*bytes)))
                notice = judge_notice(opened, newest_of(enrolment_.keys, {*keys}), terminal);
    if (!notice) return notice.error();
    if (auto kept = withdraw(beside_, answer); !kept) return kept;
    finish_withdrawal(folder_, beside_);
    return withdrawn();
}

Expected<Done> Conversation::alarm(Error error, std::optional<Receipt> forked)
{
    const auto noted = change_state([&](SyncState& state) {
        state.alarm = Alarm{error, clock_.now().at};
        if (forked) state.forked = std::move(forked);
    });
    return noted ? Expected<Done>{std::move(error)} : noted;
}

bool Conversation::is_current_journal() const
{
    const auto current = Journal::read_only(folder_.journal());
    return !current || current->id() == journal_.id();
}

bool Conversation::is_restored(const Receipt& receipt) const
{
    const auto had = state_.receipt_of(journal_.id());
    return is_later(receipt.incarnation, had ? had->incarnation : incarnation());
}

Expected<Done> Conversation::take_receipt(const Judged& judged)
{
    const auto& receipt = judged.reply.receipt;
    std::optional<Renewal> renewal;
    if (judged.keys.list.number > enrolment_.keys.list.number) {
        auto fits = renewed(enrolment_, judged.keys, judged.reply.certificate, key_.public_key(), beside_);
        if (fits)
            renewal = std::move(*fits);
        else
            tell_later(fits.error());
        drop_what_is_unsigned(state_, judged.keys, renewal ? renewal->enrolment.certificate.incarnation : enrolment_.certificate.incarnation);
    }
    if (is_later(incarnation(), receipt.incarnation))
        return alarm(fail(ErrorKind::Conflict, "link.incarnation_older", {{"incarnation", receipt.incarnation}}));
    if (!journal_.contains(receipt.head)) {
        const auto unknown = fail(ErrorKind::Conflict, "link.receipt_unknown_head", {{"terminal", journal_.terminal().text}, {"seq", std::to_string(receipt.head.seq)}});
        if (!is_restored(receipt) || after_.seq == 0) return is_current_journal() ? alarm(unknown, receipt) : Expected<Done>{unknown}; // of a closed one it was told
        after_ = {}; // it lost our branch of a journal that it knows by another one: told from the first row on, it finds where ours grows
        must_ask_ = true;
        return Done{};
    }
    if (auto goes_on = go_on_after(receipt); !goes_on) return goes_on;
    return keep(judged, renewal);
}

// Within one incarnation the stored receipt only moves forward. A restored HQ (a later incarnation) may know less and is told again; one that knows less
// under the same incarnation was put back without telling anybody: it is told again, too, and the receipt that it once gave stays.
Expected<Done> Conversation::go_on_after(const Receipt& receipt)
{
    const bool goes_back = receipt.head.seq < after_.seq;
    const bool stands_still = sent_ > 0 && receipt.head.seq <= after_.seq;
    if (!is_restored(receipt)) {
        if ((goes_back && went_back_) || (stands_still && !goes_back)) return fail(ErrorKind::Unavailable, "link.no_progress");
        went_back_ = went_back_ || goes_back;
    }
    if (receipt.head.seq > after_.seq) exchanged_.sent += std::min<std::uint64_t>(sent_, receipt.head.seq - after_.seq);
    after_ = receipt.head;
    return Done{};
}

Expected<Done> Conversation::keep(const Judged& judged, const std::optional<Renewal>& renewal)
{
    const auto& receipt = judged.reply.receipt;
    const bool begins_anew = is_later(receipt.incarnation, incarnation());
    const bool is_forked = receipt.forked && is_current_journal();
    bool must_reinstall = false;
    const auto kept = beside_.together([&]() -> Expected<Done> {
        if (renewal)
            if (auto stored = keep_renewal(beside_, enrolment_, *renewal); !stored) return stored;
        must_reinstall = renewal && !is_signed_by_present_keys(beside_, renewal->enrolment);
        return change_state([&](SyncState& state) {
            if (renewal) drop_what_is_unsigned(state, judged.keys, renewal->enrolment.certificate.incarnation);
            if (must_reinstall) state.release = 0;
            note(state, judged.reply);
            if (is_forked) state.forked = receipt;
        });
    });
    if (!kept) return kept;
    if (begins_anew || (must_reinstall && judged.reply.release.empty())) must_ask_ = true; // what belonged to the old life is asked for anew
    if (!renewal) return kept;
    enrolment_ = renewal->enrolment;
    exchanged_.new_keys = enrolment_.keys.list.number;
    return kept;
}

void Conversation::note(SyncState& state, const ExchangeReply& reply) const
{
    const auto& receipt = reply.receipt;
    const auto life = state.incarnation.empty() ? enrolment_.certificate.incarnation : state.incarnation;
    if (is_later(receipt.incarnation, life)) {
        state.release = state.roster = state.feed = 0;
        state.alarm.reset();
    }
    state.incarnation = is_later(life, receipt.incarnation) ? life : receipt.incarnation;
    if (state.alarm && state.alarm->error.key == "link.incarnation_older") state.alarm.reset();
    const auto had = state.receipt_of(receipt.journal);
    const bool knows_less = had && had->incarnation == receipt.incarnation && receipt.head.seq < had->head.seq;
    if (knows_less && !state.alarm)
        state.alarm = Alarm{fail(ErrorKind::Conflict, "link.hq_behind", {{"terminal", journal_.terminal().text}, {"seq", std::to_string(receipt.head.seq)}}), clock_.now().at};
    if (knows_less) return;
    const bool is_whole = reply.feed.upto > 0; // it was shown our receipt and gives out news: then the earlier answer was only old
    if (is_whole && had && state.alarm && state.alarm->error.key == "link.hq_behind") state.alarm.reset();
    state.receipts.insert_or_assign(receipt.journal, receipt);
    if (was_full_) state.stride = std::min(state.stride * 2, SyncState::longest_stride);
    state.last_success = state.last_try;
}

Expected<Done> Conversation::take_site_keys(const std::vector<SealedSiteKey>& keys)
{
    if (keys.empty()) return Done{};
    return keep_site_keys(beside_, keys);
}

// Under a key that is not here: HQ is asked for all of them, once a conversation.
void Conversation::ask_all_generations()
{
    if (std::exchange(asked_generations_, true)) return;
    wants_generations_ = must_ask_ = true;
}

Expected<Done> Conversation::take_roster(const Bytes& locked)
{
    if (locked.empty()) return Done{};
    const auto keys = site_keys(key_, enrolment_, beside_);
    if (!keys) return keys.error();
    const auto roster = unlock_roster(locked, *keys);
    if (!roster && roster.error().key == "link.site_key" && !asked_generations_) {
        ask_all_generations();
        return Done{};
    }
    if (!roster) return roster.error();
    if (roster->number <= state_.roster) return Done{};
    const auto kept = beside_.together([&]() -> Expected<Done> {
        if (auto put = beside_.put("roster", locked); !put) return put;
        return change_state([&](SyncState& state) { state.roster = roster->number; });
    });
    if (kept) exchanged_.new_roster = roster->number;
    return kept;
}

// Entries and cursor in one step: a page is here, or will be asked for again.
Expected<Done> Conversation::take_feed(const FeedPage& page)
{
    if (page.upto <= asked_feed_) return Done{};
    const auto keys = site_keys(key_, enrolment_, beside_);
    const auto kept = beside_.together([&]() -> Expected<Done> {
        for (const auto& entry : page.people)
            if (auto put = beside_.keep_feed(entry.person, entry.locked); !put) return put;
        return change_state([&](SyncState& state) { state.feed = page.upto; });
    });
    if (!kept) return kept;
    for (const auto& entry : page.people) {
        exchanged_.changed_people.push_back(entry.person);
        const auto generation = generation_of(entry.locked);
        if (keys && generation && !keys->contains(*generation)) ask_all_generations();
    }
    if (page.more) must_ask_ = true;
    return kept;
}

Expected<Done> Conversation::take_release(const Bytes& envelope, const std::string& incarnation)
{
    if (envelope.empty()) return Done{};
    auto release = release_in(envelope, enrolment_.keys.list.release);
    if (!release) return release.error();
    const auto about = Arguments{{"number", std::to_string(release->number)}};
    if (release->incarnation != incarnation) return fail(ErrorKind::Conflict, "link.release_incarnation", about);
    const auto at_hand = beside_.get("release");
    const auto installed = at_hand ? release_in(*at_hand, enrolment_.keys.list.release) : release;
    if (installed && is_older(*release, *installed)) return fail(ErrorKind::Conflict, "link.release_older", about);
    if (release->number > state_.release) wanted_ = WantedRelease{std::move(*release), envelope};
    return Done{};
}

// --- the release

Expected<Done> Conversation::install()
{
    const auto& [release, envelope] = *wanted_;
    const auto at_hand = read_release(beside_, enrolment_);
    while (const auto missing = missing_pack(folder_, release)) {
        const auto* base = at_hand ? at_hand->find(missing->kind) : nullptr;
        PackFetch fetch{folder_.packs(), *missing, base ? std::optional{base->hash} : std::nullopt, road_,
                        [&](const Hash& hash) { return blob_authorisation(enrolment_.certificate.terminal, incarnation(), hash, key_); }};
        const auto fetched = fetch.run();
        exchanged_.requests += fetch.requests();
        exchanged_.bytes_down += fetch.bytes_down();
        if (!fetched) return fetched;
        exchanged_.bytes_saved += std::max<std::int64_t>(missing->size - fetch.bytes_down(), 0);
        if (const auto pack = Pack::open(folder_.packs() / pack_file_name(missing->hash), missing->hash); !pack) return pack.error();
    }
    if (auto switched = switch_release(folder_, beside_, enrolment_, release, envelope); !switched) return switched;
    exchanged_.new_release = release.number;
    return change_state([&](SyncState& state) { state.release = release.number; }); // the journal's owner records that it is installed
}

Expected<Exchanged> exchange(const TerminalFolder& folder, const Journal& journal, Beside& beside, const KeyPair& key,
                             const Enrolment& enrolment, Road& road, const Clock& clock, std::size_t batch_limit)
{
    const auto note = [&](const std::function<void(SyncState&)>& change) { return change_sync_state(beside, change); };
    if (read_revocation(beside)) {
        finish_withdrawal(folder, beside);
        return withdrawn();
    }
    if (auto noted = note([&](SyncState& state) { state.last_try = clock.now().at; }); !noted) return noted.error();
    Conversation conversation{folder, journal, beside, key, enrolment, road, clock, batch_limit};
    const auto done = conversation.run();
    const auto noted = note([&](SyncState& state) {
        state.last_try = clock.now().at;
        if (done) state.last_success = state.last_try;
        state.last_error = done ? std::nullopt : std::optional{done.error()};
        const auto rows = static_cast<std::int64_t>(conversation.rows_under_way());
        if (!done && done.error().kind == ErrorKind::Unavailable && rows > SyncState::shortest_stride)
            state.stride = std::max(std::min(state.stride / 2, rows), SyncState::shortest_stride); // what broke once may go again as it was
        if (conversation.exchanged().clock) state.clock = conversation.exchanged().clock;
    });
    if (!noted) return noted.error();
    if (!done) return done.error();
    return conversation.exchanged();
}

} // namespace adal::sync
