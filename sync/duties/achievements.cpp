#include "content/base/overloaded.hpp"
#include "sync/duties/duties.hpp"

namespace adal::sync {

namespace {

template <class T, class... Others> constexpr bool is_one_of = (std::is_same_v<T, Others> || ...);

// A newer version of a text is read from its first part again; what was done with the older one stays in the journal.
Achievement* current(std::map<std::string, Achievement>& all, const std::string& object, int version)
{
    auto& achievement = all[object];
    if (version > achievement.version) {
        achievement = Achievement{};
        achievement.version = version;
    }
    return version == achievement.version ? &achievement : nullptr;
}

void begin(Achievement& achievement, UtcTime at)
{
    if (!achievement.started) achievement.started = at;
}

void finish(Achievement& achievement, const Event& event)
{
    begin(achievement, event.moment.at);
    if (achievement.done) return; // the first time counts
    achievement.done = event.moment.at;
    achievement.done_seq = event.seq;
}

void take_part(std::map<std::string, Achievement>& all, const std::string& object, int version, int part, UtcTime at)
{
    if (auto* achievement = current(all, object, version)) {
        begin(*achievement, at);
        achievement->parts.insert(part);
    }
}

void close(Achievement& achievement, const quizzes::AttemptClosed& closed, const Event& event)
{
    if (achievement.open_attempt == closed.attempt) achievement.open_attempt.reset();
    if (closed.reason == quizzes::CloseReason::Interrupted) return; // she had to leave: not counted, no verdict
    // Two clones of one terminal may each close the attempt they both hold: it is one attempt.
    if (achievement.closed_attempts.insert(closed.attempt).second) ++achievement.attempts_counted;
    achievement.last_result = closed;
    achievement.last_closed = event.moment.at;
    if (!closed.passed) return;
    if (!achievement.passing_result) achievement.passing_result = closed;
    finish(achievement, event);
}

} // namespace

bool concerns_duties(const Fact& fact)
{
    return std::visit(
        []<class T>(const T&) {
            return is_one_of<T, content::SectionRead, content::DocumentAcknowledged, content::PageFinished, content::ModuleCompleted,
                             quizzes::AttemptStarted, quizzes::AttemptClosed>;
        },
        fact);
}

void Achievements::apply(const Event& event)
{
    const auto at = event.moment.at;
    std::visit(overloaded{
                   [&](const content::SectionRead& read) {
                       take_part(by_object_, read.document.text, read.version, read.section, at);
                   },
                   [&](const content::DocumentAcknowledged& fact) {
                       if (auto* mine = current(by_object_, fact.document.text, fact.version)) finish(*mine, event);
                   },
                   [&](const content::PageFinished& page) {
                       take_part(by_object_, page.module.text, page.version, page.page, at);
                   },
                   [&](const content::ModuleCompleted& fact) {
                       if (auto* mine = current(by_object_, fact.module.text, fact.version)) finish(*mine, event);
                   },
                   [&](const quizzes::AttemptStarted& started) {
                       test_of_[started.attempt] = started.test.text;
                       auto& achievement = by_object_[started.test.text]; // attempts count over all versions of a test
                       achievement.version = std::max(achievement.version, started.test_version);
                       begin(achievement, at);
                       achievement.open_attempt = started.attempt;
                   },
                   [&](const quizzes::AttemptClosed& closed) {
                       const auto known = test_of_.find(closed.attempt);
                       close(by_object_[known == test_of_.end() ? closed.test.text : known->second], closed, event);
                   },
                   [](const auto&) {}, // concerns no duty
               },
               event.fact);
}

const Achievement* Achievements::find(const std::string& object) const
{
    const auto found = by_object_.find(object);
    return found == by_object_.end() ? nullptr : &found->second;
}

} // namespace adal::sync
