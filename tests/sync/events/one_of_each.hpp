#pragma once
#include "sync/events/event.hpp"

namespace adal::tests {

/// One sample of every kind of fact, in the order of `Fact`; tests/fixtures/journal/facts.jsonl holds their bytes.
inline std::vector<sync::Fact> one_of_each()
{
    using namespace sync;
    Hash hash{};
    for (std::size_t i = 0; i < hash.size(); ++i) hash[i] = static_cast<std::uint8_t>(i * 8);
    const AttemptId attempt{"0123456789abcdef"};
    const TestId test{"probation"};
    const std::string key(64, 'a'), salt(32, 'b'), incarnation = "1795600000-0123456789abcdef";
    return {
        JournalCreated{{"t-07"}, key, salt, ""},
        TerminalEnrolled{{"balkhash"}, incarnation},
        TerminalStarted{"0.1.0"},
        ReleaseInstalled{incarnation, 4, hash},
        ClockStepped{-3'600'000},
        ClockCompared{1'795'600'000'000, 86'400'000, 45},
        SignedIn{{"kaz-minerals"}, Identification::OneTimeCode, Language::kk},
        SignedOut{SignOutReason::Idle},
        PinSet{2, 1},
        SignInRefused{{"p-000117"}},
        content::SectionRead{{"anti-corruption-code"}, 3, 4, Language::ru, 45},
        content::DocumentAcknowledged{
            {"anti-corruption-code"}, 3, Language::kk, {Language::kk, Language::ru}, hash, "Мен, {name}, Кодекспен таныстым."},
        content::PageFinished{{"gifts"}, 2, 1, Language::en},
        content::CheckAnswered{{"gifts"}, 2, {"gifts-check-1"}, {"B"}, true, Language::kk},
        content::ModuleCompleted{{"gifts"}, 2},
        quizzes::AttemptStarted{attempt,
                                test,
                                5,
                                4'294'967'295U,
                                Elapsed{1'500'000},
                                16,
                                {{{"gift-limit"}, "1a2b3c4d", {{"B"}, {"A"}, {"C"}}}, {{"speak-up-who"}, "5e6f7081", {{"T"}, {"F"}}}}},
        quizzes::ItemPresented{attempt, {"gift-limit"}},
        quizzes::ResponseGiven{attempt, {"gift-limit"}, "1a2b3c4d", {{"A"}, {"C"}}, Language::kk},
        quizzes::ItemFlagged{attempt, {"gift-limit"}, true},
        quizzes::AttemptResumed{attempt, Elapsed{700'000}},
        quizzes::AttemptClosed{
            attempt, test, quizzes::CloseReason::Submitted, {17, 20}, true, {{{"gifts"}, {9, 10}}, {{"conflicts"}, {8, 10}}}, Elapsed{900'000}},
        quizzes::ResultDisputed{attempt, hash},
        CodeIssued{{"p-000117"}, 3, 1'795'686'400'000},
        ReleasePublished{4, hash},
        TerminalInvited{{"balkhash"}, 1'795'686'400'000},
        UserAdded{"madina", "hr"},
        TerminalRevoked{{"t-07"}, true, {std::string(64, 'c') + " 41 " + std::string(64, 'd')}},
        QuarantineAccepted{{"t-07"}, {std::string(64, 'c') + " 57 " + std::string(64, 'e')}},
        KeysInstalled{2, hash},
        HqRestored{incarnation, "1795700000-fedcba9876543210", false},
        UnknownFact{"from the future", R"({"x":1})"},
    };
}

} // namespace adal::tests
