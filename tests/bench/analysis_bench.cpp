// How long the analysis of a large test takes and how much memory: 100,000 first attempts of 20 items over a bank of 10,000. Prints one JSON line.
#include "quizzes/analysis/analysis.hpp"
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <sys/resource.h>

namespace {
using namespace adal;
using namespace adal::quizzes::analysis;

constexpr int attempts_wanted = 100'000, items = 10'000, items_in_a_form = 20, sites = 12;

double peak_mb()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::int64_t ms_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
}

class People {
public:
    People()
    {
        for (int i = 0; i < items; ++i) {
            names_.push_back({"topic-" + std::to_string(i)});
            hardness_.push_back(normal_(dice_));
        }
    }
    FirstAttempt next()
    {
        const double skill = normal_(dice_);
        FirstAttempt attempt{.language = static_cast<Language>(dice_() % 20 / 9), .site = {"site-" + std::to_string(dice_() % sites)}, .pass_mark = 14, .answers = {}};
        const auto first = dice_() % items; // 20 of the bank, far from each other
        for (std::size_t i = 0; i < items_in_a_form; ++i) attempt.answers.push_back(answer((first + i * 499) % items, skill));
        return attempt;
    }

private:
    GivenAnswer answer(std::size_t item, double skill)
    {
        const bool is_right = std::generate_canonical<double, 32>(dice_) < 1 / (1 + std::exp(hardness_[item] - skill));
        return {.item = names_[item], .points = is_right, .maximum = 1, .reach = Reach::Answered, .chosen = {is_right ? "A" : std::string(1, static_cast<char>('B' + dice_() % 3))},
                .milliseconds = 5'000 + static_cast<std::int64_t>(dice_() % 90'000)};
    }
    std::mt19937 dice_{20261122};
    std::normal_distribution<double> normal_;
    std::vector<ItemId> names_;
    std::vector<double> hardness_;
};
} // namespace

int main()
{
    People people;
    Attempts attempts;
    attempts.reserve(attempts_wanted, std::size_t{attempts_wanted} * items_in_a_form);
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < attempts_wanted; ++i)
        if (!attempts.add(people.next())) return 1;
    const auto added = ms_since(begun);
    const double table = peak_mb();
    const auto start = std::chrono::steady_clock::now();
    const auto analysis = analyse(attempts);
    const auto took = ms_since(start);
    std::printf(R"({"attempts":%zu,"items":%zu,"items_in_a_form":%d,"add_ms":%lld,"table_mb":%.1f,"analyse_ms":%lld,"peak_mb":%.1f,"reliability":%.3f})" "\n",
                attempts.forms().size(), analysis.all.items.size(), items_in_a_form, static_cast<long long>(added), table, static_cast<long long>(took), peak_mb(),
                analysis.all.form.reliability.value.value_or(0));
}
