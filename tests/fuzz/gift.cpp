#include "quizzes/gift.hpp"
#include "quizzes/item.hpp"
#include "content/source.hpp"
#include "tests/fuzz/fuzz.hpp"
#include <algorithm>

namespace adal::fuzz {

using namespace quizzes;

namespace {

void check_item(const AuthoredItem& item, std::size_t lines)
{
    must(item.line >= 1 && static_cast<std::size_t>(item.line) <= lines + 1, "an item has its line");
    must(content::is_identifier(item.id.text) && !item.stem.empty(), "an item has a name and a question");
    must(!fault_of(item), "an item that is read is whole");
}

} // namespace

void run(BytesView foreign)
{
    const auto text = text_of(foreign);
    const auto lines = content::lines_of(text).size();
    const auto reading = read_gift(text, "kk.gift");
    for (const auto& item : reading.items) check_item(item, lines);
    for (const auto& finding : reading.findings)
        must(finding.line >= 0 && static_cast<std::size_t>(finding.line) <= lines + 1, "a finding names a line of the file");

    auto check = read_check({text, text, text}, "kk.md", 1);
    if (!has_errors(check.findings)) must(!canonical_text(check.item).empty(), "a check without a finding is whole");
    const auto bank = read_bank({text, text, text, R"({"enemies":[],"reviewed":{"en":[],"kk":[],"ru":[]}})", "bank"});
    if (!has_errors(bank.findings)) must(bank.bank.items.size() == reading.items.size(), "a bank without a finding has every item");

    const auto test = read_test(text, "test.json");
    if (!has_errors(test.findings)) must(test.test.pass_mark <= test.test.item_count(), "a test without a finding can be passed");
    static_cast<void>(check_test(test.test, bank.bank, "test.json"));
}

} // namespace adal::fuzz
