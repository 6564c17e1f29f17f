#pragma once
#include "content/base/expected.hpp"
#include "quizzes/assessment_test.hpp"
#include "quizzes/facts.hpp"
#include <cstdint>
#include <set>

namespace adal::quizzes {

/// What a form takes only when nothing else is left; `tired` before `seen`.
struct ToAvoid {
    std::set<ItemId> seen = {};  // by her
    std::set<ItemId> tired = {}; // shown too often in her unit (the test's exposure_percent)
};

/// A form for one attempt: the anchors, n items per topic and difficulty, whole scenarios; never two enemies, never a withdrawn item; in an order and
/// with choices shuffled by the seed. What is to be put in order never stands in its right order. The same bank, test, seed and `avoid` give the same form
/// on every machine and in every year: HQ reproduces it. (Generator: SplitMix64, Steele, Lea and Flood 2014; shuffle: Fisher-Yates.)
/// NotFound if the bank cannot fill the blueprint; the arguments say which topic and difficulty.
Expected<std::vector<DrawnItem>> draw(const AssessmentTest&, const Bank&, std::uint32_t seed, const ToAvoid& avoid = {});

} // namespace adal::quizzes
