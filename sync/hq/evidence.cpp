#include "sync/hq/evidence.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

FactPlace place_of(const StoredRow& stored, const TerminalId& terminal)
{
    return {.terminal = terminal,
            .journal = stored.journal,
            .branch = stored.branch,
            .seq = stored.row.seq,
            .at = stored.event.moment.at,
            .recorded_at = from_ms(stored.row.at_ms),
            .corrected = stored.corrected};
}

struct Decoded {
    const StoredRow* stored{};
    Fact fact;
};

/// The attempt that counts: the one that passed, else the last that was begun.
std::optional<AttemptId> chosen_attempt(const std::vector<Decoded>& facts, const std::string& test, int& number)
{
    std::vector<AttemptId> begun;
    std::optional<AttemptId> passed;
    for (const auto& [stored, fact] : facts) {
        if (const auto* started = std::get_if<quizzes::AttemptStarted>(&fact); started && started->test.text == test)
            begun.push_back(started->attempt);
        if (const auto* closed = std::get_if<quizzes::AttemptClosed>(&fact);
            closed && closed->passed && closed->test.text == test && !passed)
            passed = closed->attempt;
    }
    if (begun.empty()) return std::nullopt;
    const auto chosen = passed.value_or(begun.back());
    number = static_cast<int>(std::find(begun.begin(), begun.end(), chosen) - begun.begin()) + 1;
    return chosen;
}

std::int64_t median(std::vector<std::int64_t> values)
{
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Terminals vouch for what they sign; a page draws a piece for each point, so it is told only what can be drawn.
bool is_drawable(const quizzes::TopicScore& topic)
{
    return topic.score.maximum > 0 && topic.score.maximum <= 100 && topic.score.points >= 0 &&
           topic.score.points <= topic.score.maximum && topic.topic.text.size() <= 200;
}

quizzes::AttemptClosed drawable(quizzes::AttemptClosed closed)
{
    std::erase_if(closed.topics, [](const auto& topic) { return !is_drawable(topic); });
    if (closed.topics.size() > 100) closed.topics.resize(100);
    return closed;
}

/// At most a day: clocks lie.
std::int64_t between(std::int64_t from_ms, std::int64_t to_ms)
{
    constexpr std::int64_t day = 86'400'000;
    if (from_ms < 0 || to_ms < from_ms) return 0;
    return std::min(to_ms - from_ms, day);
}

/// Seconds on the screen of each item, from one presentation to the next of the same boot.
std::int64_t median_seconds(const std::vector<const Decoded*>& own)
{
    std::map<ItemId, std::int64_t> spent;
    const StoredRow* since = nullptr;
    ItemId item;
    for (const auto* decoded : own) {
        if (since && since->row.boot == decoded->stored->row.boot)
            spent[item] += between(since->row.uptime_ms, decoded->stored->row.uptime_ms);
        since = nullptr;
        const auto* shown = std::get_if<quizzes::ItemPresented>(&decoded->fact);
        const auto* given = std::get_if<quizzes::ResponseGiven>(&decoded->fact);
        if (shown) item = shown->item;
        if (given) item = given->item;
        if (shown || given) since = decoded->stored;
    }
    std::vector<std::int64_t> seconds;
    for (const auto& [id, ms] : spent) seconds.push_back(ms / 1000);
    return median(std::move(seconds));
}

void read_test(const std::vector<const Decoded*>& own, TestEvidence& test)
{
    std::map<ItemId, Language> languages;
    for (const auto* decoded : own) {
        if (const auto* started = std::get_if<quizzes::AttemptStarted>(&decoded->fact)) test.started = *started;
        if (const auto* closed = std::get_if<quizzes::AttemptClosed>(&decoded->fact)) test.closed = drawable(*closed);
        const auto* given = std::get_if<quizzes::ResponseGiven>(&decoded->fact);
        if (!given) continue;
        if (test.first_answer == 0) test.first_answer = decoded->stored->row.seq;
        test.last_answer = decoded->stored->row.seq;
        if (given->response.empty())
            languages.erase(given->item);
        else
            languages[given->item] = given->language;
    }
    test.answered = static_cast<int>(languages.size());
    for (const auto& [item, language] : languages) ++test.read_in[language];
    test.median_seconds = median_seconds(own);
}

bool is_reading_of(const Fact& fact, const std::string& object)
{
    return std::visit(
        [&](const auto& one) {
            if constexpr (requires { one.document.text; })
                return one.document.text == object;
            else if constexpr (requires { one.module.text; })
                return one.module.text == object;
            else
                return false;
        },
        fact);
}

void read_reading(const std::vector<const Decoded*>& own, ReadingEvidence& reading)
{
    std::set<int> parts;
    std::map<ItemId, bool> checks;
    for (const auto* decoded : own) {
        const auto seq = decoded->stored->row.seq;
        if (const auto* section = std::get_if<content::SectionRead>(&decoded->fact)) {
            parts.insert(section->section);
            reading.seconds = std::clamp(reading.seconds + std::clamp(section->seconds, 0, 86'400), 0, 999'999'999);
        } else if (const auto* page = std::get_if<content::PageFinished>(&decoded->fact))
            parts.insert(page->page);
        else if (const auto* check = std::get_if<content::CheckAnswered>(&decoded->fact))
            checks.emplace(check->item, check->right);
        else if (const auto* acknowledged = std::get_if<content::DocumentAcknowledged>(&decoded->fact))
            reading.acknowledged = *acknowledged;
        else if (std::holds_alternative<content::ModuleCompleted>(decoded->fact))
            reading.is_completed = true;
        if (reading.first == 0) reading.first = seq;
        reading.last = seq;
    }
    reading.parts = static_cast<int>(parts.size());
    reading.checks = static_cast<int>(checks.size());
    reading.right_checks =
        static_cast<int>(std::count_if(checks.begin(), checks.end(), [](const auto& check) { return check.second; }));
}

/// The sign-in of the same journal that came last before it began.
void find_sign_in(const std::vector<Decoded>& facts, Evidence& evidence)
{
    for (const auto& [stored, fact] : facts) {
        if (stored->journal != evidence.begun.journal || stored->branch != evidence.begun.branch ||
            stored->row.seq > evidence.begun.seq)
            continue;
        if (const auto* signed_in = std::get_if<SignedIn>(&fact)) {
            evidence.signed_in = *signed_in;
            evidence.sign_in = place_of(*stored, evidence.begun.terminal);
        }
    }
}

Expected<Done> find_arrival(Store& store, Evidence& evidence)
{
    const auto& end = evidence.ended;
    auto rows = store.db().query("SELECT position, head_seq, committed_ms FROM receipt WHERE journal = $1 AND branch = "
                                 "$2 AND head_seq >= $3 ORDER BY head_seq LIMIT 1",
                                 {end.journal.text, end.branch, static_cast<std::int64_t>(end.seq)});
    if (!rows) return rows.error();
    if (!rows->empty())
        evidence.arrival =
            Evidence::Arrival{rows->front().integer(0), static_cast<std::uint64_t>(rows->front().integer(1)),
                              from_ms(rows->front().integer(2))};
    return Done{};
}

} // namespace

Expected<std::optional<Evidence>> evidence_of(Store& store, const std::vector<StoredRow>& her_rows,
                                              const content::DutyRule& rule)
{
    std::vector<Decoded> facts;
    for (const auto& stored : her_rows) facts.push_back({&stored, decode(stored.row.kind, stored.row.body)});
    Evidence evidence;
    std::vector<const Decoded*> own;
    if (rule.kind == content::DutyKind::Test) {
        evidence.test.emplace();
        const auto attempt = chosen_attempt(facts, rule.object, evidence.test->attempt);
        for (const auto& decoded : facts)
            if (attempt && is_of(decoded.fact, *attempt)) own.push_back(&decoded);
        read_test(own, *evidence.test);
    } else {
        evidence.reading.emplace();
        for (const auto& decoded : facts)
            if (is_reading_of(decoded.fact, rule.object)) own.push_back(&decoded);
        read_reading(own, *evidence.reading);
    }
    if (own.empty()) return std::optional<Evidence>{};

    const auto& last = *own.back()->stored;
    auto known = find_journal(store, last.journal);
    if (!known) return known.error();
    const auto owner = known->value_or(KnownJournal{});
    evidence.facts = static_cast<std::int64_t>(own.size());
    evidence.begun = place_of(*own.front()->stored, owner.terminal);
    evidence.ended = place_of(last, owner.terminal);
    evidence.signed_hash = last.row.hash;
    find_sign_in(facts, evidence);
    if (auto found = find_arrival(store, evidence); !found) return found.error();
    return std::optional{std::move(evidence)};
}

Expected<Done> check_chain(Store& store, Evidence& evidence)
{
    const auto& journal = evidence.ended.journal;
    auto known = find_journal(store, journal);
    if (!known) return known.error();
    auto verified = verify_journal(store, journal, known->value_or(KnownJournal{}), Signatures::Last);
    if (!verified && verified.error().kind != ErrorKind::Corrupt) return verified.error();
    if (verified)
        evidence.check = {verified->rows, verified->branches, {}};
    else
        evidence.check.fault = verified.error();
    return Done{};
}

} // namespace adal::sync::hq
