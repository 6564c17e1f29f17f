#pragma once
#include "content/base/expected.hpp"
#include "quizzes/assessment_test.hpp"
#include "quizzes/facts.hpp"
#include <cstdint>
#include <set>

namespace adal::quizzes {

/// A form for one attempt: n items per topic and difficulty, never two enemies, items seen before only when nothing else is left, in an
/// order and with choices shuffled by the seed. The same bank, test, seed and `seen` give the same form on every machine and in every
/// year: HQ reproduces it. (Generator: SplitMix64, Steele, Lea and Flood 2014; shuffle: Fisher-Yates.)
/// NotFound if the bank cannot fill the blueprint; the arguments say which topic and difficulty.
Expected<std::vector<DrawnItem>> draw(const AssessmentTest&, const Bank&, std::uint32_t seed, const std::set<ItemId>& seen = {});

} // namespace adal::quizzes
