#pragma once
#include "content/reader.hpp"
#include "quizzes/gift.hpp"
#include "sync/packs/pack.hpp"
#include "sync/packs/reading.hpp"
#include <filesystem>
#include <map>
#include <set>

/// What stands in authored folders, read and judged file by file (content/README.md, quizzes/README.md).
namespace adal::sync {

using Files = std::map<std::string, std::string>; // name in the pack, "documents/<id>/kk.md" -> its exact bytes

struct LibrarySources {
    Files files;
    std::map<DocumentId, std::map<Language, content::DocumentText>> documents;
    std::map<ModuleId, std::map<Language, content::ModuleText>> modules;
    std::map<std::pair<ModuleId, int>, quizzes::Item> checks; // by module and page
    std::map<std::pair<std::string, std::string>, Texture> pictures; // by owner and name
    content::Curriculum curriculum;
    content::Findings findings;

    std::set<std::string> paragraphs() const; // every "document#4.2" there is
};
LibrarySources read_library(const std::filesystem::path&);

struct BankFolder {
    Files files;
    quizzes::Bank bank;
    std::map<std::string, std::map<ItemId, int>> lines; // where each item begins, by file
    std::vector<quizzes::AssessmentTest> tests;
    content::Findings findings;
};
BankFolder read_bank_folder(const std::filesystem::path&);

/// One file by itself: its findings.
content::Findings read_alone(const std::filesystem::path&);

/// What no file can know alone. Either may be missing; what hangs on it is then not judged.
content::Findings check_library(const LibrarySources&, const std::filesystem::path&, const BankFolder*);
content::Findings check_references(const BankFolder&, const LibrarySources&);

void append(content::Findings&, content::Findings);
void add_error(content::Findings&, const std::filesystem::path& file, int line, std::string key, Arguments = {});

} // namespace adal::sync
