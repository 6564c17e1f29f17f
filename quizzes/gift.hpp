#pragma once
#include "content/finding.hpp"
#include "quizzes/assessment_test.hpp"
#include "quizzes/authored_item.hpp"
#include <optional>
#include <string_view>

namespace adal::quizzes {

/// Moodle's GIFT (docs.moodle.org, "GIFT format"), as quizzes/README.md writes it: all kinds it can say; anything else is a finding with its line. An order
/// is a match with 1, 2, 3 ... until items.json says so. Foreign files are read by quizzes/formats, which forgives more.
struct GiftReading {
    std::vector<AuthoredItem> items;
    std::vector<AuthoredScenario> texts; // what has no braces; items.json says who asks about them
    content::Findings findings;
};
GiftReading read_gift(std::string_view source, const std::string& file);

/// Joins three languages to one bank. Items that differ in order, kind, number of choices, key, weights or numbers are errors; words may be spelt in more
/// ways in one language than in another. What reads as if a translation slipped (parity.hpp) is a warning.
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
