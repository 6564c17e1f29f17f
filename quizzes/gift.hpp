#pragma once
#include "content/finding.hpp"
#include "quizzes/assessment_test.hpp"
#include <optional>
#include <string_view>

namespace adal::quizzes {

/// Moodle's GIFT (docs.moodle.org, "GIFT format"): the subset named in quizzes/README.md; anything else is a finding with its line.
struct GiftChoice {
    std::string text, feedback;
    bool is_right = false;
};
struct GiftItem {
    ItemId id;
    ItemKind kind{};
    TopicId topic;
    std::optional<Difficulty> difficulty;
    std::string reference, stem;
    std::vector<GiftChoice> choices;
    int line = 0;
};
struct GiftReading {
    std::vector<GiftItem> items;
    content::Findings findings;
};
GiftReading read_gift(std::string_view source, const std::string& file);

/// Joins three languages to one bank; items that differ in order, number of choices or key are errors.
struct BankSources {
    std::string kk, ru, en, items_json; // contents
    std::string folder;                 // named in findings: "<folder>/kk.gift"
};
struct BankReading {
    Bank bank;
    content::Findings findings;
};
BankReading read_bank(const BankSources&);

/// One check of a module, joined from its three languages; choices carry feedback.
struct ItemReading {
    Item item;
    content::Findings findings;
};
ItemReading read_check(const Text& sources, const std::string& file, int line);

struct TestReading {
    AssessmentTest test;
    content::Findings findings;
};
TestReading read_test(std::string_view json, const std::string& file);

/// Can every blueprint be filled, is every item of a live test reviewed in each language?
content::Findings check_test(const AssessmentTest&, const Bank&, const std::string& file);

} // namespace adal::quizzes
