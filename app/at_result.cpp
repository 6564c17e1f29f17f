#include "app/at_result.hpp"
#include "app/duty_cards.hpp"
#include "app/reading.hpp"
#include "app/sittings.hpp"
#include "content/language/dates.hpp"
#include "quizzes/scoring.hpp"
#include <algorithm>

namespace adal::app {

Expected<AtResult> AtResult::open(Desk& desk, const ToResult& wish)
{
    const auto* record = desk.terminal.history().attempt(wish.attempt);
    if (!record || !record->closed || record->person != desk.person().id)
        return fail(ErrorKind::NotFound, "trouble.attempt_is_gone");
    return AtResult{desk, wish.attempt};
}

Move AtResult::on(const screens::OpenParagraph& wish) const
{
    const auto [document, anchor] = split_reference(wish.reference);
    return ToDocument{document, anchor, attempt_};
}

// Her words are for HQ alone: sealed before they touch the disk, and the fact names only the sealed bytes. First they, then the fact.
Move AtResult::on(const screens::DisputeResult& wish)
{
    constexpr std::size_t most = 4000; // bytes
    const bool says_something = wish.words.find_first_not_of(" \t\r\n") != std::string::npos;
    if (!says_something || wish.words.size() > most) {
        notice_ = told(says_something ? "kiosk.result.dispute_too_long" : "kiosk.result.dispute_empty");
        return Stay{};
    }
    auto& terminal = desk_->terminal;
    const auto words = terminal.beside().keep_body(sync::seal(terminal.enrolment().keys.list.sealing.front(), bytes_of(wish.words)));
    if (!words)
        notice_ = refused(words.error());
    else if (keep({quizzes::ResultDisputed{attempt_, *words}}))
        notice_ = told("kiosk.result.disputed");
    return Stay{};
}

int AtResult::attempt_number() const
{
    int number = 0;
    for (const auto& id : desk_->history().attempts) {
        const auto* each = desk_->terminal.history().attempt(id);
        const bool counts =
            each->test == record().test && each->closed && each->closed->reason != quizzes::CloseReason::Interrupted;
        number += counts ? 1 : 0;
        if (id == attempt_) break;
    }
    return number;
}

screens::State AtResult::screen() const
{
    const auto& closed = *record().closed;
    screens::ResultScreen screen;
    screen.has_passed = closed.passed;
    screen.time_expired = closed.reason == quizzes::CloseReason::TimeExpired;
    screen.points = closed.score.points;
    screen.maximum = closed.score.maximum;
    screen.pass_mark = std::get<quizzes::AttemptStarted>(record().facts.front()).pass_mark;
    screen.title = title(screen);
    screen.read_again = read_again();
    screen.kept = evidence_text(*desk_, record().closed_seq);
    screen.identified = desk_->say(identified());
    screen.notice = desk_->in_words(notice_);
    add_test(screen);
    return screen;
}

std::string AtResult::identified() const
{
    if (record().is_elsewhere) return "kiosk.result.elsewhere";
    return record().identified == sync::Identification::OneTimeCode ? "kiosk.result.identified.code" : "kiosk.result.identified.pin";
}

void AtResult::add_test(screens::ResultScreen& screen) const
{
    const auto test = desk_->library().test(record().test);
    const auto title_of = [&](const TopicId& id) {
        if (test)
            for (const auto& topic : test->topics)
                if (topic.topic == id) return topic.title.in(desk_->visit.language);
        return id.text;
    };
    for (const auto& topic : record().closed->topics)
        screen.topics.push_back({title_of(topic.topic), topic.score.points, topic.score.maximum});
    const Arguments arguments{{"points", std::to_string(screen.pass_mark)},
                              {"attempt", std::to_string(attempt_number())},
                              {"attempts", std::to_string(test ? test->attempts : attempt_number())}};
    screen.explanation =
        desk_->say(screen.has_passed ? "kiosk.result.explanation.passed" : "kiosk.result.explanation.short", arguments);
    if (screen.time_expired)
        screen.explanation = desk_->say("kiosk.result.time_expired", {{"explanation", screen.explanation}});
    if (!screen.has_passed && test) screen.next = next(*test);
}

std::string AtResult::title(const screens::ResultScreen& screen) const
{
    if (screen.has_passed) return desk_->say("kiosk.result.passed");
    return desk_->say("kiosk.result.short",
                      {{"points", std::to_string(std::max(1, screen.pass_mark - screen.points))}});
}

std::string AtResult::next(const quizzes::AssessmentTest& test) const
{
    const auto& curriculum = desk_->library().curriculum().duties;
    const auto rule = std::find_if(curriculum.begin(), curriculum.end(),
                                   [&](const auto& each) { return each.object == test.id.text; });
    const auto view = rule == curriculum.end() ? std::nullopt : duty_of(*desk_, rule->id);
    if (!view || view->state == sync::DutyState::Done) return {};
    if (view->state == sync::DutyState::AttemptsUsedUp) return desk_->say("kiosk.result.next.hr");
    if (!view->next_attempt_on) return desk_->say("kiosk.result.next.now");
    return desk_->say("kiosk.result.next.from",
                      {{"date", language::day_and_month(*view->next_attempt_on, desk_->visit.language)}});
}

// One paragraph a topic that lost points: the first that a wrong answer points to, in the order she saw the items.
std::vector<screens::ResultScreen::Reading> AtResult::read_again() const
{
    std::vector<screens::ResultScreen::Reading> readings;
    if (record().is_elsewhere) return readings; // her answers stayed there
    const auto sitting = Sitting::replay(desk_->library(), record());
    if (!sitting) return readings;
    std::set<TopicId> named;
    for (std::size_t i = 0; i < sitting->session.started().items.size(); ++i) {
        const auto& item = sitting->session.item(i);
        if (item.reference.empty() || is_right(item, sitting->session.response_to(item.id)) ||
            !named.insert(item.topic).second)
            continue;
        const auto [document, anchor] = split_reference(item.reference);
        std::string title;
        if (const auto text = desk_->library().document(document, desk_->visit.language))
            for (const auto& section : (*text)->sections)
                if (section.number == section_of(**text, anchor)) title = section.title;
        readings.push_back({item.reference, anchor, title});
    }
    return readings;
}

} // namespace adal::app
