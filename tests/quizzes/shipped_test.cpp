#include "content/reader.hpp"
#include "quizzes/draw.hpp"
#include "quizzes/gift.hpp"
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace adal;
using namespace adal::quizzes;

namespace {
const std::filesystem::path root{ADAL_SOURCE};

std::string contents(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>{file}, {}};
}

Text contents_of_three(const std::filesystem::path& folder, const std::string& extension)
{
    return {contents(folder / ("kk" + extension)), contents(folder / ("ru" + extension)),
            contents(folder / ("en" + extension))};
}

void no_faults(const content::Findings& findings)
{
    for (const auto& finding : findings)
        FAIL_CHECK(finding.file << ":" << finding.line << " " << Error{{}, finding.key, finding.arguments}.message());
}

Bank bank()
{
    const auto folder = root / "quizzes/bank";
    const auto texts = contents_of_three(folder, ".gift");
    auto reading = read_bank({texts.kk, texts.ru, texts.en, contents(folder / "items.json"), "quizzes/bank"});
    no_faults(reading.findings);
    return std::move(reading.bank);
}

/// The check that stands at one place of a module, as each language writes it.
std::string check_at(const content::ModuleText& text, std::size_t page, std::size_t block)
{
    return text.pages.at(page).blocks.at(block).check;
}
} // namespace

TEST_CASE("the bank that ships has no faults, and each item names a paragraph that exists")
{
    const auto code_file = root / "content/library/documents/anti-corruption-code/kk.md";
    const auto code_text = content::read_document(contents(code_file), Language::kk, "kk.md").text;
    const auto items = bank().items;
    CHECK(items.size() >= 20);
    for (const auto& [id, item] : items)
        CHECK_MESSAGE(content::has_paragraph(code_text, item.reference.substr(item.reference.find('#') + 1)), id.text);
}

TEST_CASE("every test that ships has no faults, and whoever failed twice still gets a form")
{
    const auto shipped = bank();
    for (const auto& entry : std::filesystem::directory_iterator{root / "quizzes/bank/tests"}) {
        const auto name = entry.path().filename().string();
        const auto [test, findings] = read_test(contents(entry.path()), name);
        no_faults(findings);
        no_faults(check_test(test, shipped, name));
        std::set<ItemId> seen;
        for (std::uint32_t attempt = 0; attempt < 3; ++attempt) {
            const auto form = draw(test, shipped, attempt, {.seen = seen}).value();
            CHECK(int(form.size()) == test.item_count());
            for (const auto& drawn : form) seen.insert(drawn.item);
        }
    }
}

TEST_CASE("every check of the modules that ship has no faults in any language")
{
    for (const auto& folder : std::filesystem::directory_iterator{root / "content/library/modules"}) {
        const auto sources = contents_of_three(folder.path(), ".md");
        const auto kk = content::read_module(sources.kk, Language::kk, "kk.md").text;
        const auto ru = content::read_module(sources.ru, Language::ru, "ru.md").text;
        const auto en = content::read_module(sources.en, Language::en, "en.md").text;
        for (std::size_t page = 0; page < kk.pages.size(); ++page)
            for (std::size_t i = 0; i < kk.pages[page].blocks.size(); ++i) {
                const auto& block = kk.pages[page].blocks[i];
                if (block.kind != content::BlockKind::Check) continue;
                const auto reading =
                    read_check({block.check, check_at(ru, page, i), check_at(en, page, i)}, "kk.md", block.line);
                no_faults(reading.findings);
                CHECK_FALSE(reading.item.id.empty());
            }
    }
}
