#include "sync/hq/item_analysis.hpp"
#include "quizzes/scoring.hpp"
#include "sync/hq/terminals.hpp"
#include "sync/hq/timeline.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

using quizzes::analysis::FirstAttempt;
using quizzes::analysis::GivenAnswer;
using quizzes::analysis::Reach;

constexpr std::int64_t people_at_once = 500;

/// Every item that was ever published, in every revision.
struct PublishedItems {
    std::map<std::pair<ItemId, std::string>, quizzes::Item> items;
    std::map<ItemId, std::string> current; // revisions of the newest bank

    ItemId name_of(const quizzes::DrawnItem& drawn) const
    {
        const auto now = current.find(drawn.item);
        return now != current.end() && now->second == drawn.revision ? drawn.item : ItemId{drawn.item.text + "@" + drawn.revision};
    }
};

Expected<PublishedItems> published_items(Store& store, const HqFolder& folder)
{
    auto rows = store.db().query("SELECT bank, MAX(number) FROM release GROUP BY bank ORDER BY MAX(number)");
    if (!rows) return rows.error();
    PublishedItems published;
    for (const auto& row : *rows) {
        auto pack = open_pack(store, folder, hash_in(row, 0));
        if (!pack) return pack.error();
        auto bank = pack->bank();
        if (!bank) return bank.error();
        published.current.clear();
        for (auto& [id, item] : bank->items) {
            published.current[id] = item.revision;
            published.items.try_emplace({id, item.revision}, std::move(item));
        }
    }
    return published;
}

/// One attempt as its rows tell it, in their order.
class Passage {
public:
    void take(const StoredRow& row)
    {
        count_time_until(row);
        if (const auto* shown = std::get_if<quizzes::ItemPresented>(&row.event.fact)) show(shown->item, row);
        if (const auto* given = std::get_if<quizzes::ResponseGiven>(&row.event.fact)) {
            show(given->item, row);
            seen_[given->item].response = given->response;
            seen_[given->item].language = given->language;
        }
    }
    struct Seen {
        quizzes::Response response{};
        Language language{};
        std::int64_t milliseconds = -1;
    };
    const Seen* find(const ItemId& item) const
    {
        const auto found = seen_.find(item);
        return found == seen_.end() ? nullptr : &found->second;
    }
    std::optional<Language> language() const // the one most answers were read in; of two the first in our order
    {
        std::map<Language, int> answers;
        for (const auto& [item, seen] : seen_)
            if (!seen.response.empty()) ++answers[seen.language];
        const auto most = std::max_element(answers.begin(), answers.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        return most == answers.end() ? std::nullopt : std::optional{most->first};
    }

private:
    void show(const ItemId& item, const StoredRow& row)
    {
        seen_[item];
        on_screen_ = item, since_ = &row;
    }
    /// From one row to the next of the same boot; at most a day.
    void count_time_until(const StoredRow& row)
    {
        if (since_ && since_->row.boot == row.row.boot && row.row.uptime_ms >= since_->row.uptime_ms) {
            auto& spent = seen_[on_screen_].milliseconds;
            spent = std::max<std::int64_t>(spent, 0) + std::min<std::int64_t>(row.row.uptime_ms - since_->row.uptime_ms, 86'400'000);
        }
        since_ = since_ && since_->row.boot == row.row.boot ? &row : nullptr;
    }
    std::map<ItemId, Seen> seen_;
    ItemId on_screen_;
    const StoredRow* since_ = nullptr;
};

/// What is counted as chosen; nothing of what people write in their own words.
quizzes::Response words_of(const quizzes::Item& item, const quizzes::Response& response)
{
    using quizzes::ItemKind;
    if (item.kind == ItemKind::Numeric || item.kind == ItemKind::TextEntry || response.empty()) return {};
    if (item.kind != ItemKind::Order) return response;
    std::string order;
    for (const auto& word : response) order += (order.empty() ? "" : " ") + word;
    return {order};
}

std::optional<FirstAttempt> scored(const quizzes::AttemptStarted& started, const Passage& passage, const PublishedItems& published)
{
    FirstAttempt attempt{.language = Language::ru, .site = {}, .pass_mark = started.pass_mark, .answers = {}};
    for (const auto& drawn : started.items) {
        const auto item = published.items.find({drawn.item, drawn.revision});
        if (item == published.items.end()) return std::nullopt;
        GivenAnswer answer{.item = published.name_of(drawn), .points = 0, .maximum = item->second.points, .reach = Reach::NotReached};
        if (const auto* seen = passage.find(drawn.item)) {
            answer.reach = seen->response.empty() ? Reach::Omitted : Reach::Answered;
            answer.points = seen->response.empty() ? 0 : quizzes::points_for(item->second, seen->response);
            answer.chosen = words_of(item->second, seen->response);
            answer.milliseconds = seen->milliseconds;
        }
        attempt.answers.push_back(std::move(answer));
    }
    return attempt;
}

struct First {
    const quizzes::AttemptStarted* started{};
    TerminalId terminal;
};

std::optional<First> first_attempt(const std::vector<StoredRow>& rows, const TestId& test)
{
    std::set<AttemptId> counted;
    for (const auto& row : rows)
        if (const auto* closed = std::get_if<quizzes::AttemptClosed>(&row.event.fact); closed && closed->reason != quizzes::CloseReason::Interrupted)
            counted.insert(closed->attempt);
    for (const auto& row : rows)
        if (const auto* started = std::get_if<quizzes::AttemptStarted>(&row.event.fact); started && started->test == test && counted.contains(started->attempt))
            return First{started, row.terminal};
    return std::nullopt;
}

/// Person by person, so that no more than one person's facts are in memory.
class Collector {
public:
    Collector(Store& store, const TestId& test, PublishedItems published, TestAnalysis& into)
        : store_(store), corrections_(store), test_(test), published_(std::move(published)), into_(into)
    {
    }
    Expected<quizzes::analysis::Attempts> collect()
    {
        auto terminals = all_terminals(store_);
        if (!terminals) return terminals.error();
        for (const auto& terminal : *terminals) sites_[terminal.id] = terminal.scope.site;
        for (std::string after; true;) {
            auto people = store_.db().query("SELECT person FROM achievement WHERE object = $1 AND attempts > 0 AND person > $2 ORDER BY person LIMIT $3",
                                            {test_.text, after, people_at_once});
            if (!people) return people.error();
            for (const auto& row : *people)
                if (auto taken = take({row.text(0)}); !taken) return taken.error();
            if (people->size() < static_cast<std::size_t>(people_at_once)) return std::move(attempts_);
            after = people->back().text(0);
        }
    }

private:
    Expected<Done> take(const PersonId& person)
    {
        auto rows = attempt_rows_of(store_, person, corrections_);
        if (!rows) return rows.error();
        const auto first = first_attempt(*rows, test_);
        if (!first) return Done{};
        Passage passage;
        for (const auto& row : *rows)
            if (is_of(row.event.fact, first->started->attempt)) passage.take(row);
        auto attempt = scored(*first->started, passage, published_);
        if (!attempt) return ++into_.unscored, Done{};
        auto language = passage.language() ? passage.language() : language_of(person);
        attempt->language = language.value_or(Language::ru);
        attempt->site = sites_[first->terminal];
        ++(attempts_.add(*attempt) ? into_.people : into_.unscored);
        return Done{};
    }
    std::optional<Language> language_of(const PersonId& person)
    {
        auto known = find_person(store_, person);
        return known && *known ? (*known)->language : std::nullopt;
    }

    Store& store_;
    Corrections corrections_;
    const TestId& test_;
    PublishedItems published_;
    TestAnalysis& into_;
    std::map<TerminalId, SiteId> sites_;
    quizzes::analysis::Attempts attempts_;
};

} // namespace

const char* key_of_mark(quizzes::analysis::Mark mark)
{
    using quizzes::analysis::Mark;
    switch (mark) {
    case Mark::TooEasy: return "hq.analysis.mark.too_easy";
    case Mark::TooHard: return "hq.analysis.mark.too_hard";
    case Mark::NegativeDiscrimination: return "hq.analysis.mark.negative";
    case Mark::WeakDiscrimination: return "hq.analysis.mark.weak";
    case Mark::OftenNotReached: return "hq.analysis.mark.not_reached";
    case Mark::DifB: return "hq.analysis.mark.dif_b";
    case Mark::DifC: return "hq.analysis.mark.dif_c";
    }
    return "";
}

Expected<TestAnalysis> analysis_of(Store& store, const HqFolder& folder, const TestId& test, UtcTime now)
{
    auto teaching = read_teaching(store, folder);
    if (!teaching) return teaching.error();
    if (!teaching->tests.contains(test.text)) return fail(ErrorKind::NotFound, "hq.analysis.no_test", {{"test", test.text}});
    auto published = published_items(store, folder);
    if (!published) return published.error();
    TestAnalysis analysis{.test = test, .people = 0, .unscored = 0, .as_of = now, .settings = {}, .figures = {}};
    auto attempts = Collector{store, test, std::move(*published), analysis}.collect();
    if (!attempts) return attempts.error();
    analysis.figures = quizzes::analysis::analyse(*attempts, analysis.settings);
    return analysis;
}

Expected<std::shared_ptr<const TestAnalysis>> CurrentAnalyses::get(Store& store, const TestId& test, std::int64_t release, UtcTime now)
{
    const std::lock_guard lock{mutex_}; // who asks while one is made waits for it
    auto& kept = kept_[test];
    if (kept.analysis && kept.release == release && now >= kept.analysis->as_of && now - kept.analysis->as_of < std::chrono::minutes{10}) return kept.analysis;
    auto made = analysis_of(store, folder_, test, now);
    if (!made) return made.error();
    kept = {release, std::make_shared<const TestAnalysis>(std::move(*made))};
    return kept.analysis;
}

} // namespace adal::sync::hq
