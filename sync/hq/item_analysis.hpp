#pragma once
#include "quizzes/analysis/analysis.hpp"
#include "sync/hq/teaching.hpp"
#include <mutex>

/// How good the items of a test are, from what terminals sent. Nothing of it is stored: it is computed from the facts each time.
namespace adal::sync::hq {

/// A person's first attempt is the first that was closed and counts: not one that was interrupted. Answers are scored again with the items as they were
/// published then, whatever the bank says now. An item that was changed is two: the one of the newest bank under its name, an older one as "name@revision".
/// Language: the one most answers were read in, of a person who gave none the one the roster has. Site: the terminal's. Time: on the screen, as uptimes say.
struct TestAnalysis {
    TestId test;
    std::int64_t people = 0;   // whose first attempt is in it
    std::int64_t unscored = 0; // other first attempts: no published bank has their items in that revision
    UtcTime as_of;
    quizzes::analysis::Settings settings;
    quizzes::analysis::Analysis figures;
};
/// NotFound if the current release has no such test.
Expected<TestAnalysis> analysis_of(Store&, const HqFolder&, const TestId&, UtcTime now);

const char* key_of_mark(quizzes::analysis::Mark); // of its words in assets/strings

/// The last one made of each test, for many threads: made anew when ten minutes have passed, or another release has come.
class CurrentAnalyses {
public:
    explicit CurrentAnalyses(const HqFolder& folder) : folder_(folder) {}
    Expected<std::shared_ptr<const TestAnalysis>> get(Store&, const TestId&, std::int64_t release, UtcTime now);

private:
    struct Kept {
        std::int64_t release = 0;
        std::shared_ptr<const TestAnalysis> analysis;
    };
    const HqFolder& folder_;
    std::mutex mutex_;
    std::map<TestId, Kept> kept_;
};

} // namespace adal::sync::hq
