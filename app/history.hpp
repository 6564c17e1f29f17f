#pragma once
#include "app/attempt_clock.hpp"
#include "app/refusals.hpp"
#include "app/united.hpp"
#include "sync/duties/duties.hpp"
#include <map>
#include <set>

namespace adal::app {

/// One attempt as its facts tell it.
struct AttemptRecord {
    AttemptId id;
    PersonId person;
    TestId test;
    int test_version = 0;
    Elapsed time_limit{};
    std::vector<quizzes::Fact> facts; // in order, for TestSession::replay
    AttemptClock clock;
    std::optional<quizzes::AttemptClosed> closed;
    std::uint64_t closed_seq = 0;
    sync::Identification identified{}; // how she had signed in when it began
    bool is_elsewhere = false;         // at another terminal: only how it began and ended is known
};

/// How long each section of one version of a document was on her screen, and in which language.
struct ReadingTime {
    std::map<int, std::map<Language, int>> seconds; // section -> language -> seconds
    int total() const;
    std::map<Language, std::set<int>> sections_by_language() const;
};

/// What one person has done: on this terminal, and, once united with what HQ tells of her, on others.
struct PersonHistory {
    sync::Achievements achievements;
    std::map<std::pair<DocumentId, int>, ReadingTime> reading;                           // by version
    std::map<std::pair<ModuleId, int>, std::map<ItemId, content::CheckAnswered>> checks; // the last answer to each
    std::vector<AttemptId> attempts;                                                     // in the order they began
    std::set<ItemId> seen_items; // of any test: a retest draws others first
    Refusals refusals;
    std::optional<sync::SignedIn> last_sign_in;
    std::optional<AttemptId> unseen_result; // time ran out while she was away
    std::set<AttemptId> open_elsewhere;     // begun at another terminal and not closed, as far as HQ has told
    std::vector<OwnFact> own;               // hers that concern duties, from this terminal's journals
};

/// The fold of all the terminal's journals that the kiosk works with. Starting is replaying. An event's `seq` counts on from
/// the journals before, so that it is a place among all that was ever written here.
class History {
public:
    void apply(const sync::Event&, const Hash&);

    /// Her duties, attempts and reading anew, from this terminal's facts and those that HQ tells of her.
    void unite(const PersonId&, const std::vector<sync::FeedFact>&);

    const PersonHistory& of(const PersonId&) const; // an empty one for whom nothing is known
    const AttemptRecord* attempt(const AttemptId&) const;
    std::vector<const AttemptRecord*> open_attempts() const;
    const AttemptRecord* open_attempt_of(const PersonId&) const;
    /// Items that stood in more than this share of the forms of a test that were begun here; none before there were ten forms.
    std::set<ItemId> tired_items(const TestId&, int percent) const;

    const std::optional<PersonId>& signed_in() const { return signed_in_; }
    const std::optional<sync::ReleaseInstalled>& release() const { return release_; }
    const std::optional<Moment>& last() const { return last_; }
    /// The last comparison of clocks, and when it was recorded.
    struct Comparison {
        sync::ClockCompared fact;
        Moment recorded;
    };
    const std::optional<Comparison>& comparison() const { return comparison_; }

private:
    std::map<PersonId, PersonHistory> people_;
    std::map<AttemptId, AttemptRecord> attempts_;
    std::set<AttemptId> open_;
    std::optional<PersonId> signed_in_;
    std::optional<sync::ReleaseInstalled> release_;
    std::optional<Moment> last_;
    std::optional<Comparison> comparison_;

    struct Folder; // one overload a fact
    void fold_again(PersonHistory&, const PersonId&, const UnitedFact&);
    void fold_elsewhere(PersonHistory&, const PersonId&, const sync::Fact&);
};

} // namespace adal::app
