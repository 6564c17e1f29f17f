#include "sync/packs/builder.hpp"
#include "sync/packs/sources.hpp"
#include <algorithm>
#include <tuple>

namespace adal::sync {

namespace fs = std::filesystem;
using content::Findings;

namespace {

void check_links(const std::vector<content::Section>& sections, const fs::path& file, const std::set<std::string>& paragraphs, Findings& findings)
{
    for (const auto& section : sections)
        for (const auto& block : section.blocks)
            for (const auto& run : block.runs)
                if (!run.link.empty() && !paragraphs.contains(run.link))
                    add_error(findings, file, block.line, "check.reference.unknown", {{"reference", run.link}});
}

fs::path text_file(const fs::path& library, const char* kind, const std::string& id, Language language)
{
    return library / kind / id / (std::string{code(language)} + ".md");
}

bool is_there(const content::DutyRule& duty, const LibrarySources& library, const BankFolder* bank)
{
    switch (duty.kind) {
    case content::DutyKind::Acknowledgement: return library.documents.contains({duty.object});
    case content::DutyKind::Module: return library.modules.contains({duty.object});
    case content::DutyKind::Test:
        return !bank || std::any_of(bank->tests.begin(), bank->tests.end(), [&](const auto& test) { return test.id.text == duty.object; });
    }
    return false;
}

// A name belongs to one question, as its revision does.
void check_check_names(const LibrarySources& library, const fs::path& folder, Findings& findings)
{
    std::set<ItemId> names;
    for (const auto& [place, item] : library.checks) {
        const auto& [module, page] = place;
        if (item.id.empty() || names.insert(item.id).second) continue;
        const auto& [language, text] = *library.modules.at(module).begin();
        add_error(findings, text_file(folder, "modules", module.text, language), check_on(text, page)->line, "check.library.check_twice", {{"item", item.id.text}});
    }
}

// What a person has done is kept by the object's identifier alone.
void check_ids(const LibrarySources& library, const fs::path& folder, const BankFolder* bank, Findings& findings)
{
    const auto is_taken = [&](const std::string& id) { return library.documents.contains({id}); };
    for (const auto& [id, texts] : library.modules)
        if (is_taken(id.text)) add_error(findings, folder / "modules" / id.text, 0, "check.library.shared_id", {{"id", id.text}});
    if (!bank) return;
    for (const auto& test : bank->tests)
        if (is_taken(test.id.text) || library.modules.contains({test.id.text}))
            add_error(findings, folder, 0, "check.library.shared_id", {{"id", test.id.text}});
}

bool is_bank(const fs::path& path) { return fs::exists(path / "items.json") || fs::exists(path / "kk.gift"); }

} // namespace

Findings check_library(const LibrarySources& library, const fs::path& folder, const BankFolder* bank)
{
    Findings findings;
    const auto paragraphs = library.paragraphs();
    for (const auto& [id, texts] : library.documents)
        for (const auto& [language, text] : texts)
            check_links(text.sections, text_file(folder, "documents", id.text, language), paragraphs, findings);
    for (const auto& [id, texts] : library.modules)
        for (const auto& [language, text] : texts)
            check_links(text.pages, text_file(folder, "modules", id.text, language), paragraphs, findings);
    check_check_names(library, folder, findings);
    check_ids(library, folder, bank, findings);
    for (const auto& duty : library.curriculum.duties)
        if (!is_there(duty, library, bank))
            add_error(findings, folder / "curriculum.json", 1, "check.curriculum.object", {{"duty", duty.id.text}, {"object", duty.object}});
    return findings;
}

Findings check_references(const BankFolder& bank, const LibrarySources& library)
{
    Findings findings;
    const auto paragraphs = library.paragraphs();
    for (const auto& [file, lines] : bank.lines)
        for (const auto& [id, line] : lines) {
            const auto item = bank.bank.items.find(id);
            if (item == bank.bank.items.end() || item->second.reference.empty() || paragraphs.contains(item->second.reference)) continue;
            add_error(findings, file, line, "check.reference.unknown", {{"reference", item->second.reference}});
        }
    return findings;
}

Findings check_sources(const std::vector<fs::path>& paths)
{
    Findings findings;
    std::vector<std::pair<fs::path, LibrarySources>> libraries;
    std::vector<BankFolder> banks;
    std::error_code ignored;
    for (const auto& path : paths) {
        if (!fs::is_directory(path, ignored)) append(findings, read_alone(path));
        else if (is_bank(path)) banks.push_back(read_bank_folder(path));
        else libraries.emplace_back(path, read_library(path));
    }
    for (auto& [path, library] : libraries) {
        append(findings, check_library(library, path, banks.empty() ? nullptr : &banks.front()));
        for (const auto& bank : banks) append(findings, check_references(bank, library));
        append(findings, std::move(library.findings));
    }
    for (auto& bank : banks) append(findings, std::move(bank.findings));
    std::stable_sort(findings.begin(), findings.end(), [](const auto& one, const auto& other) {
        return std::tie(one.file, one.line) < std::tie(other.file, other.line);
    });
    return findings;
}

} // namespace adal::sync
