#include "content/reader.hpp"
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace adal;
using namespace adal::content;

namespace {
const std::filesystem::path library{ADAL_SOURCE "/content/library"};

std::string contents(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>{file}, {}};
}

void no_faults(const Findings& findings)
{
    for (const auto& finding : findings)
        FAIL_CHECK(finding.file << ":" << finding.line << " " << Error{{}, finding.key, finding.arguments}.message());
}

template <class Read> auto read_all(const std::filesystem::path& folder, Read read)
{
    std::vector<std::pair<std::string, decltype(read("", Language::kk, "").text)>> texts;
    for (const auto language : all_languages) {
        const auto file = folder / (std::string{code(language)} + ".md");
        auto reading = read(contents(file), language, file.string());
        no_faults(reading.findings);
        texts.emplace_back(file.string(), std::move(reading.text));
    }
    no_faults(compare(texts));
    return texts;
}
} // namespace

TEST_CASE("every document that ships has no faults and says the same in three languages")
{
    for (const auto& folder : std::filesystem::directory_iterator{library / "documents"})
        for (const auto& [file, text] : read_all(folder.path(), read_document)) {
            CHECK(text.document.text == folder.path().filename());
            CHECK(text.sections.size() > 1);
        }
}

TEST_CASE("every module that ships has no faults, its pictures lie beside it, and its links lead somewhere")
{
    const auto code_text =
        read_document(contents(library / "documents/anti-corruption-code/kk.md"), Language::kk, "kk.md").text;
    for (const auto& folder : std::filesystem::directory_iterator{library / "modules"})
        for (const auto& [file, text] : read_all(folder.path(), read_module))
            for (const auto& page : text.pages)
                for (const auto& block : page.blocks) {
                    if (block.kind == BlockKind::Picture) CHECK(std::filesystem::exists(folder.path() / block.picture));
                    for (const auto& run : block.runs)
                        if (run.link.starts_with("anti-corruption-code#"))
                            CHECK_MESSAGE(has_paragraph(code_text, run.link.substr(run.link.find('#') + 1)), run.link);
                }
}

TEST_CASE("the curriculum that ships has no faults")
{
    const auto [curriculum, findings] = read_curriculum(contents(library / "curriculum.json"), "curriculum.json");
    no_faults(findings);
    CHECK(curriculum.duties.size() >= 3);
}
