#include "sync/packs/sources.hpp"
#include "sync/packs/picture.hpp"
#include <algorithm>

namespace adal::sync {

namespace fs = std::filesystem;
using content::BlockKind;
using content::Finding;
using content::Findings;

void append(Findings& to, Findings from) { std::move(from.begin(), from.end(), std::back_inserter(to)); }

void add_error(Findings& findings, const fs::path& file, int line, std::string key, Arguments arguments)
{
    findings.push_back({file.string(), line, Finding::Gravity::Error, std::move(key), std::move(arguments)});
}

namespace {

std::vector<fs::path> sorted_entries(const fs::path& folder, bool folders)
{
    std::vector<fs::path> entries;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator{folder, ignored})
        if (entry.is_directory() == folders && entry.path().filename().string().front() != '.') entries.push_back(entry.path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

std::string file_name(Language language, const char* extension) { return std::string{code(language)} + extension; }

// The file's bytes, kept under its name in the pack; a missing one is a finding.
const std::string* take(Files& files, const std::string& name, const fs::path& path, Findings& findings)
{
    auto text = read_text(path);
    if (!text) {
        add_error(findings, path, 0, "check.file.missing");
        return nullptr;
    }
    return &(files[name] = std::move(*text));
}

content::Reading<content::DocumentText> read(const content::DocumentText*, const std::string& source, Language language, const fs::path& path)
{
    return content::read_document(source, language, path.string());
}
content::Reading<content::ModuleText> read(const content::ModuleText*, const std::string& source, Language language, const fs::path& path)
{
    return content::read_module(source, language, path.string());
}
const std::string& id_of(const content::DocumentText& text) { return text.document.text; }
const std::string& id_of(const content::ModuleText& text) { return text.module.text; }

/// A folder with a text in three languages, its name the text's id.
template <class T> std::map<Language, T> read_texts(const fs::path& folder, const std::string& inside, Files& files, Findings& findings)
{
    std::map<Language, T> texts;
    std::vector<std::pair<std::string, T>> whole;
    const auto name = folder.filename().string();
    for (const auto language : all_languages) {
        const auto path = folder / file_name(language, ".md");
        const auto* source = take(files, inside + "/" + name + "/" + file_name(language, ".md"), path, findings);
        if (!source) continue;
        auto reading = read(static_cast<const T*>(nullptr), *source, language, path);
        const bool is_whole = !has_errors(reading.findings);
        append(findings, std::move(reading.findings));
        if (is_whole && id_of(reading.text) != name)
            add_error(findings, path, 1, "check.folder.id", {{"id", id_of(reading.text)}, {"folder", name}});
        if (is_whole) whole.emplace_back(path.string(), reading.text);
        texts.emplace(language, std::move(reading.text));
    }
    append(findings, content::compare(whole));
    return texts;
}

// One picture serves all languages: it is drawn once, and every text that misses it is told.
void read_picture(LibrarySources& library, const std::string& owner, const fs::path& file, const content::Block& block)
{
    const auto& name = block.picture;
    if (library.pictures.contains({owner, name})) return;
    const auto svg = fs::path{name}.has_parent_path() ? std::nullopt : read_text(file.parent_path() / name);
    if (!svg) return add_error(library.findings, file, block.line, "check.picture.missing", {{"picture", name}});
    auto texture = render_svg(*svg);
    if (!texture) return add_error(library.findings, file, block.line, "check.picture.unreadable", {{"picture", name}});
    library.pictures[{owner, name}] = std::move(*texture);
}

void read_pictures(LibrarySources& library, const std::string& owner, const fs::path& file, const std::vector<content::Section>& sections)
{
    for (const auto& section : sections)
        for (const auto& block : section.blocks)
            if (block.kind == BlockKind::Picture) read_picture(library, owner, file, block);
}

// Each language by itself first, so that a finding names the right file; then whether they agree.
quizzes::ItemReading read_check(const fs::path& folder, const std::map<Language, const content::Block*>& blocks)
{
    Text sources;
    for (const auto& [language, block] : blocks) {
        const auto& source = sources.in(language) = block->check;
        const auto file = folder / file_name(language, ".md");
        auto alone = quizzes::read_check({source, source, source}, file.string(), block->line);
        if (has_errors(alone.findings)) return alone;
    }
    const auto* first = blocks.begin()->second;
    return quizzes::read_check(sources, (folder / file_name(blocks.begin()->first, ".md")).string(), first->line);
}

void read_checks(LibrarySources& library, const ModuleId& module, const fs::path& folder)
{
    const auto& texts = library.modules.at(module);
    if (texts.size() != all_languages.size()) return; // the missing one has been told
    const auto pages = static_cast<int>(texts.begin()->second.pages.size());
    for (int page = 1; page <= pages; ++page) {
        std::map<Language, const content::Block*> blocks;
        for (const auto& [language, text] : texts)
            if (const auto* block = check_on(text, page)) blocks[language] = block;
        if (blocks.size() != all_languages.size()) continue; // none, or `compare` has told
        auto reading = read_check(folder, blocks);
        append(library.findings, std::move(reading.findings));
        library.checks[{module, page}] = std::move(reading.item);
    }
}

void read_documents(LibrarySources& library, const fs::path& folder)
{
    for (const auto& one : sorted_entries(folder / "documents", true)) {
        const DocumentId id{one.filename().string()};
        library.documents[id] = read_texts<content::DocumentText>(one, "documents", library.files, library.findings);
        for (const auto& [language, text] : library.documents[id])
            read_pictures(library, id.text, one / file_name(language, ".md"), text.sections);
    }
}

void read_modules(LibrarySources& library, const fs::path& folder)
{
    for (const auto& one : sorted_entries(folder / "modules", true)) {
        const ModuleId id{one.filename().string()};
        library.modules[id] = read_texts<content::ModuleText>(one, "modules", library.files, library.findings);
        for (const auto& [language, text] : library.modules[id])
            read_pictures(library, id.text, one / file_name(language, ".md"), text.pages);
        read_checks(library, id, one);
    }
}

void read_tests(BankFolder& bank, const fs::path& folder)
{
    for (const auto& path : sorted_entries(folder / "tests", false)) {
        if (path.extension() != ".json") continue;
        const auto* source = take(bank.files, "bank/tests/" + path.filename().string(), path, bank.findings);
        if (!source) continue;
        auto reading = quizzes::read_test(*source, path.string());
        const bool is_whole = !has_errors(reading.findings);
        append(bank.findings, std::move(reading.findings));
        if (!is_whole) continue;
        if (reading.test.id.text != path.stem())
            add_error(bank.findings, path, 1, "check.folder.id", {{"id", reading.test.id.text}, {"folder", path.stem().string()}});
        append(bank.findings, quizzes::check_test(reading.test, bank.bank, path.string()));
        bank.tests.push_back(std::move(reading.test));
    }
}

} // namespace

std::set<std::string> LibrarySources::paragraphs() const
{
    std::set<std::string> all;
    for (const auto& [id, texts] : documents)
        for (const auto& [language, text] : texts)
            for (const auto& section : text.sections)
                for (const auto& block : section.blocks)
                    if (!block.anchor.empty()) all.insert(id.text + "#" + block.anchor);
    return all;
}

LibrarySources read_library(const fs::path& folder)
{
    LibrarySources library;
    read_documents(library, folder);
    read_modules(library, folder);
    const auto path = folder / "curriculum.json";
    if (const auto* source = take(library.files, "curriculum.json", path, library.findings)) {
        auto reading = content::read_curriculum(*source, path.string());
        append(library.findings, std::move(reading.findings));
        library.curriculum = std::move(reading.text);
    }
    return library;
}

BankFolder read_bank_folder(const fs::path& folder)
{
    BankFolder bank;
    quizzes::BankSources sources;
    sources.folder = folder.string();
    bool is_whole = true;
    const auto read = [&](const std::string& name, std::string& into) {
        const auto* text = take(bank.files, "bank/" + name, folder / name, bank.findings);
        if (text) into = *text;
        is_whole = is_whole && text;
        if (text && name.ends_with(".gift"))
            for (const auto& item : quizzes::read_gift(*text, name).items) bank.lines[(folder / name).string()][item.id] = item.line;
    };
    read("kk.gift", sources.kk);
    read("ru.gift", sources.ru);
    read("en.gift", sources.en);
    read("items.json", sources.items_json);
    if (is_whole) {
        auto reading = quizzes::read_bank(sources);
        append(bank.findings, std::move(reading.findings));
        bank.bank = std::move(reading.bank);
    }
    read_tests(bank, folder);
    return bank;
}

Findings read_alone(const fs::path& path)
{
    Findings findings;
    const auto text = read_text(path);
    const auto language = language_from(path.stem().string());
    const auto folder = path.parent_path();
    if (!text) add_error(findings, path, 0, "check.file.missing");
    else if (path.extension() == ".gift") findings = quizzes::read_gift(*text, path.string()).findings;
    else if (path.filename() == "curriculum.json") findings = content::read_curriculum(*text, path.string()).findings;
    else if (path.extension() == ".json" && folder.filename() == "tests") findings = quizzes::read_test(*text, path.string()).findings;
    else if (path.extension() == ".md" && language && text->find("\nkind: module") != std::string::npos)
        findings = content::read_module(*text, *language, path.string()).findings;
    else if (path.extension() == ".md" && language) findings = content::read_document(*text, *language, path.string()).findings;
    else add_error(findings, path, 0, "check.file.kind");
    return findings;
}

} // namespace adal::sync
