#include "sync/link/conversation.hpp"
#include "sync/link/installation.hpp"

namespace adal::sync {

Conversation::Conversation(const TerminalFolder& folder, const Journal& journal, Beside& beside, const KeyPair& key,
                           const Enrolment& enrolment, const Clock& clock, std::size_t batch_limit)
    : folder_(folder), journal_(journal), beside_(beside), key_(key), enrolment_(enrolment), clock_(clock),
      batch_limit_(batch_limit), state_(read_sync_state(beside))
{
    if (state_.receipt) after_ = state_.receipt->head;
    state_.last_try = clock.now().at;
}

std::string Conversation::incarnation() const
{
    return state_.receipt ? state_.receipt->incarnation : enrolment_.certificate.incarnation;
}

Expected<std::optional<Conversation::Question>> Conversation::next()
{
    if (must_ask_ || has_unsent()) {
        auto question = ask_exchange();
        if (!question) return question.error();
        return std::optional{std::move(*question)};
    }
    if (later_) return *later_;
    if (!wanted_) return std::optional<Question>{};
    if (const auto missing = missing_pack(folder_, wanted_->release)) return std::optional{ask_blob(*missing)};
    if (auto installed = install(); !installed) return installed.error();
    return next();
}

Expected<Conversation::Question> Conversation::ask_exchange()
{
    auto batch = journal_.batch_after(after_.seq, batch_limit_);
    if (!batch) return batch.error();
    sent_ = batch->rows.size();
    ExchangeRequest request{.terminal = enrolment_.certificate.terminal,
                            .batch = std::move(*batch),
                            .first_row = "",
                            .release = state_.release,
                            .roster = state_.roster,
                            .terminal_time_ms = to_ms(clock_.now().at),
                            .verifiers = newer_pins()};
    if (after_.seq == 0 && !request.batch.rows.empty()) request.first_row = request.batch.rows.front().body;
    Question question{.blob = std::nullopt,
                      .bytes = signed_message(Purpose::Exchange, request.terminal.text, incarnation(), encode(request), key_)};
    ++exchanged_.requests;
    exchanged_.bytes_up += static_cast<std::int64_t>(question.bytes.size());
    return question;
}

Conversation::Question Conversation::ask_blob(const Hash& hash)
{
    ++exchanged_.requests;
    return {.blob = hash, .bytes = blob_authorisation(enrolment_.certificate.terminal, incarnation(), hash, key_)};
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

Expected<Done> Conversation::hear(const Question& question, const Expected<Bytes>& answer)
{
    if (!answer) return answer.error();
    exchanged_.bytes_down += static_cast<std::int64_t>(answer->size());
    return question.blob ? hear_blob(*question.blob, *answer) : hear_reply(*answer);
}

Expected<Done> Conversation::hear_reply(BytesView bytes)
{
    const auto reply = judged(bytes);
    if (!reply) return reply.error();
    if (is_other_branch(reply->receipt)) {
        after_ = {};
        must_ask_ = true;
        return Done{};
    }
    if (auto taken = take_receipt(reply->receipt); !taken) return taken;
    if (auto taken = take_roster(reply->roster); !taken) later_ = taken.error();
    if (auto taken = take_release(reply->release); !taken) later_ = taken.error();
    return Done{};
}

// An answer counts only when HQ's receipt key signed it: whatever else arrives (a captive portal's page, half a reply) is foreign.
Expected<ExchangeReply> Conversation::judged(BytesView bytes) const
{
    const auto opened = read_envelope(bytes);
    if (!opened) return fail(ErrorKind::Corrupt, "link.foreign_answer");
    const auto text = message_in(*opened, Purpose::Reply, enrolment_.keys.list.receipt);
    if (!text) return text.error();
    auto reply = decode_exchange_reply(*text);
    if (!reply) return reply;
    if (opened->envelope.sender != "hq" || opened->envelope.incarnation != reply->receipt.incarnation)
        return fail(ErrorKind::Corrupt, "link.message", {{"what", "reply"}});
    if (!is_signed_by_one_of(reply->receipt, enrolment_.keys.list.receipt))
        return fail(ErrorKind::Denied, "link.signature", {{"purpose", std::string{tag(Purpose::Receipt)}}});
    if (auto sound = judge_receipt(reply->receipt); !sound) return sound.error();
    return reply;
}

// A restored HQ may have lost this branch of a journal that it knows by another one: told from the first row on, it finds where ours grows.
bool Conversation::is_other_branch(const Receipt& receipt) const
{
    const auto theirs = incarnation_from(receipt.incarnation), ours = incarnation_from(incarnation());
    return after_.seq > 0 && theirs && ours && *ours < *theirs && !journal_.contains(receipt.head);
}

Expected<Done> Conversation::judge_receipt(const Receipt& receipt) const
{
    const auto theirs = incarnation_from(receipt.incarnation), ours = incarnation_from(incarnation());
    if (!theirs) return fail(ErrorKind::Corrupt, "link.message", {{"what", "incarnation"}});
    if (ours && *theirs < *ours) return fail(ErrorKind::Conflict, "link.incarnation_older", {{"incarnation", receipt.incarnation}});
    if (receipt.journal != journal_.id()) return fail(ErrorKind::Corrupt, "link.receipt_other_journal");
    if (!journal_.contains(receipt.head) && !is_other_branch(receipt))
        return fail(ErrorKind::Conflict, "link.receipt_unknown_head",
                    {{"terminal", journal_.terminal().text}, {"seq", std::to_string(receipt.head.seq)}});
    return Done{};
}

// Within one incarnation the stored receipt only moves forward. A restored HQ (a newer incarnation) may know less and is told again, and its
// cursors begin anew; an HQ that knows less under the same one is told again, too, but the receipt it once gave stays.
Expected<Done> Conversation::take_receipt(const Receipt& receipt)
{
    const bool is_restored = receipt.incarnation != incarnation();
    const bool goes_back = receipt.head.seq < after_.seq;
    const bool stands_still = sent_ > 0 && receipt.head.seq <= after_.seq;
    if (!is_restored && (goes_back || stands_still) && (went_back_ || !goes_back)) return fail(ErrorKind::Unavailable, "link.no_progress");
    if (!is_restored && goes_back) went_back_ = true;
    if (receipt.head.seq > after_.seq) exchanged_.sent += std::min<std::uint64_t>(sent_, receipt.head.seq - after_.seq);
    after_ = receipt.head;
    must_ask_ = is_restored; // what belonged to the old incarnation is asked for anew
    if (is_restored) state_.release = state_.roster = 0;
    const bool moves_forward = !state_.receipt || is_restored || receipt.head.seq >= state_.receipt->head.seq;
    if (!moves_forward) return Done{};
    state_.receipt = receipt;
    state_.last_success = state_.last_try;
    return write_sync_state(beside_, state_);
}

Expected<Done> Conversation::take_roster(const Bytes& locked)
{
    if (locked.empty()) return Done{};
    const auto keys = site_keys(key_, enrolment_, beside_);
    if (!keys) return keys.error();
    const auto roster = unlock_roster(locked, *keys);
    if (!roster) return roster.error();
    if (roster->number <= state_.roster) return Done{};
    if (auto kept = beside_.put("roster", locked); !kept) return kept;
    state_.roster = roster->number;
    exchanged_.new_roster = roster->number;
    return write_sync_state(beside_, state_);
}

Expected<Done> Conversation::take_release(const Bytes& envelope)
{
    if (envelope.empty()) return Done{};
    auto release = release_in(envelope, enrolment_);
    if (!release) return release.error();
    if (release->number > state_.release) wanted_ = WantedRelease{std::move(*release), envelope};
    return Done{};
}

Expected<Done> Conversation::hear_blob(const Hash& hash, BytesView bytes)
{
    return keep_pack(folder_, wanted_->release, hash, bytes);
}

Expected<Done> Conversation::install()
{
    const auto wanted = std::move(*wanted_);
    wanted_.reset();
    if (auto switched = switch_release(folder_, beside_, enrolment_, wanted.release, wanted.envelope); !switched) return switched;
    state_.release = wanted.release.number;
    exchanged_.new_release = wanted.release.number;
    return write_sync_state(beside_, state_); // the journal's owner records that it is installed
}

namespace {

Expected<Bytes> whole_blob(Road& road, const Hash& hash, const Bytes& authorisation)
{
    Bytes all;
    const auto done = road.fetch({.hash = hash, .base = {}, .from = 0, .authorisation = authorisation}, [&](const auto&, BytesView piece) {
        all.insert(all.end(), piece.begin(), piece.end());
        return all.size() <= largest_message;
    });
    if (!done) return done.error();
    return all;
}

Expected<Done> walk(Conversation& conversation, Road& road)
{
    for (;;) {
        const auto question = conversation.next();
        if (!question) return question.error();
        if (!*question) return Done{};
        const auto& asked = **question;
        const auto answer = asked.blob ? whole_blob(road, *asked.blob, asked.bytes) : road.exchange(asked.bytes);
        if (auto heard = conversation.hear(asked, answer); !heard) return heard;
    }
}

} // namespace

Expected<Exchanged> exchange(const TerminalFolder& folder, const Journal& journal, Beside& beside, const KeyPair& key,
                             const Enrolment& enrolment, Road& road, const Clock& clock, std::size_t batch_limit)
{
    Conversation conversation{folder, journal, beside, key, enrolment, clock, batch_limit};
    const auto done = walk(conversation, road);
    auto state = read_sync_state(beside);
    state.last_try = clock.now().at;
    if (done) state.last_success = state.last_try;
    state.last_error = done ? std::nullopt : std::optional{done.error()};
    if (auto written = write_sync_state(beside, state); !written) return written.error();
    if (!done) return done.error();
    return conversation.exchanged();
}

} // namespace adal::sync
