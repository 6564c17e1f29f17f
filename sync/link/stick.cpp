#include "sync/link/stick.hpp"
#include <algorithm>
#include <charconv>

namespace adal::sync {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view extension = ".adal";
constexpr std::string_view unfinished = ".new";

std::string lower(std::string text)
{
    for (auto& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

const char* folder_name(Stick::Shelf shelf)
{
    switch (shelf) {
    case Stick::Shelf::Up: return "up";
    case Stick::Shelf::Down: return "down";
    case Stick::Shelf::Packs: return "packs";
    }
    return "";
}

/// Other systems leave their own files beside ours ("._name", "Thumbs.db"): only what bears our ending counts.
bool is_ours(const std::string& name) { return name.size() <= 200 && name.front() != '.' && name.ends_with(extension); }

} // namespace

// Whoever copied the folder may have changed the case of a name.
Expected<fs::path> Stick::found(const fs::path& folder, const std::string& name) const
{
    const auto names = medium_.names(folder);
    if (!names) return names.error();
    if (std::find(names->begin(), names->end(), name) != names->end()) return folder / name;
    const auto other = std::find_if(names->begin(), names->end(), [&](const auto& each) { return lower(each) == name; });
    return folder / (other == names->end() ? name : *other);
}

Expected<fs::path> Stick::shelf(Shelf shelf) const
{
    const auto root = found(path_, "adal");
    if (!root && root.error().kind == ErrorKind::NotFound) return fail(ErrorKind::Unavailable, "stick.gone", {{"path", path_.string()}, {"reason", ""}});
    if (!root) return root;
    auto folder = found(*root, folder_name(shelf));
    if (!folder && folder.error().kind == ErrorKind::NotFound) return *root / folder_name(shelf); // nothing of ours was ever here
    return folder;
}

Expected<Done> Stick::prepare()
{
    const auto root = found(path_, "adal");
    if (!root) return root.error().kind == ErrorKind::NotFound ? fail(ErrorKind::Unavailable, "stick.gone", {{"path", path_.string()}, {"reason", ""}}) : root.error();
    if (auto made = medium_.make_folder(*root); !made) return made;
    for (const auto each : {Shelf::Up, Shelf::Down, Shelf::Packs}) {
        const auto folder = shelf(each);
        if (!folder) return folder.error();
        if (auto made = medium_.make_folder(*folder); !made) return made;
        const auto names = medium_.names(*folder);
        if (!names) return names.error();
        for (const auto& name : *names)
            if (lower(name).ends_with(unfinished))
                if (auto gone = medium_.remove(*folder / name); !gone) return gone;
    }
    return Done{};
}

Expected<std::vector<std::string>> Stick::names(Shelf which) const
{
    const auto folder = shelf(which);
    if (!folder) return folder.error();
    auto names = medium_.names(*folder);
    if (!names && names.error().kind == ErrorKind::NotFound) return std::vector<std::string>{};
    if (!names) return names;
    for (auto& name : *names) name = lower(name);
    std::erase_if(*names, [](const auto& name) { return !is_ours(name); });
    std::sort(names->begin(), names->end());
    return names;
}

Expected<Bytes> Stick::read(Shelf which, const std::string& name, std::size_t limit) const
{
    const auto folder = shelf(which);
    if (!folder) return folder.error();
    const auto path = found(*folder, name);
    if (!path) return path.error();
    return medium_.read(*path, limit);
}

Expected<Done> Stick::write(Shelf which, const std::string& name, BytesView bytes)
{
    const auto folder = shelf(which);
    if (!folder) return folder.error();
    const auto path = found(*folder, name);
    if (!path) return path.error();
    auto temporary = *path;
    temporary += unfinished;
    if (auto written = medium_.write(temporary, bytes); !written) return written;
    return medium_.rename(temporary, *path);
}

Expected<Done> Stick::remove(Shelf which, const std::string& name)
{
    const auto folder = shelf(which);
    if (!folder) return folder.error();
    const auto path = found(*folder, name);
    if (!path) return path.error();
    return medium_.remove(*path);
}

std::string Stick::shown(Shelf shelf, const std::string& name) const { return std::string{folder_name(shelf)} + "/" + name; }

// --- names

std::string plain(std::string_view id)
{
    std::string text;
    for (const auto byte : bytes_of(id)) {
        const auto letter = static_cast<char>(byte);
        const bool stays = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
        text += stays ? std::string{letter} : "_" + to_hex(std::array{byte});
    }
    return text;
}

PartName part_name(const TerminalId& terminal, const JournalId& journal, std::uint64_t first, const Head& last)
{
    return {.terminal = plain(terminal.text), .journal = journal.text.substr(0, 16), .first = first, .last = last.seq, .hash = to_hex(last.hash).substr(0, 8)};
}

std::string to_text(const PartName& name)
{
    return name.terminal + "-" + name.journal + "-" + std::to_string(name.first) + "-" + std::to_string(name.last) + "-" + name.hash + std::string{extension};
}

namespace {

/// Takes what stands behind the last hyphen.
std::string_view take_last(std::string_view& text)
{
    const auto hyphen = text.rfind('-');
    const auto last = hyphen == std::string_view::npos ? std::string_view{} : text.substr(hyphen + 1);
    text = text.substr(0, hyphen == std::string_view::npos ? 0 : hyphen);
    return last;
}

std::uint64_t number_in(std::string_view text)
{
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

std::optional<PartName> part_name_from(std::string_view file_name)
{
    if (!file_name.ends_with(extension)) return std::nullopt;
    auto rest = file_name.substr(0, file_name.size() - extension.size());
    PartName name;
    name.hash = take_last(rest);
    name.last = number_in(take_last(rest));
    name.first = number_in(take_last(rest));
    name.journal = take_last(rest);
    name.terminal = rest;
    const bool is_one = name.journal.size() == 16 && name.hash.size() == 8 && !name.terminal.empty() && name.first <= name.last + 1;
    return is_one && to_text(name) == file_name ? std::optional{name} : std::nullopt; // one spelling only
}

std::string down_name(const TerminalId& terminal) { return plain(terminal.text) + std::string{extension}; }

std::string pack_name(const Hash& hash) { return to_hex(hash) + std::string{extension}; }

std::optional<Hash> pack_hash_from(std::string_view file_name)
{
    if (!file_name.ends_with(extension)) return std::nullopt;
    return hash_from_hex(file_name.substr(0, file_name.size() - extension.size()));
}

} // namespace adal::sync
