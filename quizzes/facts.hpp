#pragma once
#include "content/base/bytes.hpp"
#include "content/base/clock.hpp"
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include <cstdint>
#include <string>
#include <vector>

/// What happened in an attempt. The drawn order is a fact, the seed beside it only proves; the score is a fact, and scoring again at HQ only checks.
namespace adal::quizzes {

struct Score {
    int points = 0, maximum = 0;
    bool operator==(const Score&) const = default;
};

/// What she answered; quizzes/response.hpp says in which words. Empty: nothing.
using Response = std::vector<std::string>;

struct DrawnItem {
    ItemId item;
    std::string revision;
    std::vector<ChoiceId> choices;      // in the order shown
    std::vector<ChoiceId> targets = {}; // of a match, in the order shown
    bool operator==(const DrawnItem&) const = default;
};

/// The least a topic needs, in points.
struct TopicMark {
    TopicId topic;
    int pass_mark = 0;
    bool operator==(const TopicMark&) const = default;
};

/// `seen` and `tired` are what the draw was to avoid: with them, the seed and the bank HQ draws the same form again.
struct AttemptStarted {
    AttemptId attempt;
    TestId test;
    int test_version = 0;
    std::uint32_t seed = 0;
    Elapsed time_limit{};
    int pass_mark = 0;
    std::vector<DrawnItem> items;
    std::vector<TopicMark> topic_marks = {};
    std::vector<ItemId> seen = {};  // by her, in earlier attempts; sorted
    std::vector<ItemId> tired = {}; // shown too often where she sits; sorted
    bool operator==(const AttemptStarted&) const = default;
};

/// This item came onto the screen: where a restart resumes, and how long each item took.
struct ItemPresented {
    AttemptId attempt;
    ItemId item;
    bool operator==(const ItemPresented&) const = default;
};

/// Replaces an earlier response to the same item; an empty response takes it back.
struct ResponseGiven {
    AttemptId attempt;
    ItemId item;
    std::string revision;
    Response response;
    Language language{};            // the language it was read in
    bool operator==(const ResponseGiven&) const = default;
};

struct ItemFlagged {
    AttemptId attempt;
    ItemId item;
    bool flagged = false;
    bool operator==(const ItemFlagged&) const = default;
};

/// The terminal started again in the middle of it: from here on this much time was left.
struct AttemptResumed {
    AttemptId attempt;
    Elapsed time_left{};
    bool operator==(const AttemptResumed&) const = default;
};

enum class CloseReason { Submitted, TimeExpired, Interrupted };

struct TopicScore {
    TopicId topic;
    Score score;
    bool operator==(const TopicScore&) const = default;
};

/// `Interrupted` ("I must leave") does not count as an attempt and has no verdict: passed is false and the score is what was there.
struct AttemptClosed {
    AttemptId attempt;
    TestId test;
    CloseReason reason{};
    Score score;
    bool passed = false;
    std::vector<TopicScore> topics;
    Elapsed time_used{};
    bool operator==(const AttemptClosed&) const = default;
};

/// "I dispute this": she says in her own words what is wrong with a result. The words are a sealed body, named by the hash of its ciphertext.
struct ResultDisputed {
    AttemptId attempt;
    Hash words{};
    bool operator==(const ResultDisputed&) const = default;
};

} // namespace adal::quizzes
