#include "tests/simulation/pocket_stick.hpp"
#include <algorithm>

namespace adal::simulation {

namespace fs = std::filesystem;

sync::Stick PocketStick::plugged_in()
{
    is_out_ = trouble_ = false;
    recent_.clear();
    return sync::Stick{"/stick", *this};
}

// --- what becomes of it

bool PocketStick::rot()
{
    if (files_.empty()) return false;
    auto& bytes = std::next(files_.begin(), static_cast<std::ptrdiff_t>(random_.below(files_.size())))->second;
    const auto& other = std::next(files_.begin(), static_cast<std::ptrdiff_t>(random_.below(files_.size())))->second;
    switch (random_.below(4)) {
    case 0: bytes.resize(random_.below(bytes.size() + 1)); break;
    case 1: bytes = Bytes{other}; break;
    default:
        if (!bytes.empty()) bytes[random_.below(bytes.size())] ^= static_cast<std::uint8_t>(1U << random_.below(8));
    }
    return true;
}

void PocketStick::shout()
{
    std::map<std::string, Bytes> loud;
    for (auto& [path, bytes] : files_) {
        auto name = path;
        for (auto at = name.rfind('/'); at < name.size(); ++at)
            if (name[at] >= 'a' && name[at] <= 'z') name[at] = static_cast<char>(name[at] - 'a' + 'A');
        loud.emplace(std::move(name), std::move(bytes));
    }
    files_ = std::move(loud);
}

void PocketStick::litter()
{
    for (const fs::path path : {"/stick/adal/up/._T-01.adal", "/stick/adal/up/notes.adal", "/stick/adal/down/desktop.ini", "/stick/adal/packs/song.adal", "/stick/song.mp3"})
        if (path.parent_path() == "/stick" || folders_.contains(path.parent_path().string())) files_[path.string()] = random_.bytes(random_.below(300));
}

// --- as the programs see it

Error PocketStick::gone(const fs::path& path, const char* sentence)
{
    trouble_ = true;
    return fail(ErrorKind::Unavailable, sentence, {{"path", path.string()}, {"reason", ""}});
}

/// Asked by every step that changes something.
PocketStick::Fate PocketStick::fate()
{
    if (!pulled_after_ || (*pulled_after_)-- > 0) return Fate::Good;
    pulled_after_.reset();
    is_out_ = true;
    return static_cast<Fate>(1 + random_.below(3));
}

Expected<Done> PocketStick::told(Fate fate, const fs::path& path)
{
    if (fate == Fate::Good) return Done{};
    forget_what_was_not_kept();
    return gone(path);
}

/// It had said that it was written.
void PocketStick::forget_what_was_not_kept()
{
    for (auto each = recent_.rbegin(); each != recent_.rend() && random_.happens(1, 3); ++each)
        if (const auto found = files_.find(*each); found != files_.end()) {
            auto& bytes = found->second;
            std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(random_.below(bytes.size() + 1)), bytes.end(), std::uint8_t{0});
        }
}

Expected<Done> PocketStick::make_folder(const fs::path& path)
{
    if (is_out_) return gone(path);
    if (folders_.contains(path.string())) return Done{};
    const auto what = fate();
    if (what != Fate::Undone) folders_.insert(path.string());
    return told(what, path);
}

Expected<std::vector<std::string>> PocketStick::names(const fs::path& folder)
{
    if (is_out_) return gone(folder);
    if (folder != "/stick" && !folders_.contains(folder.string())) return fail(ErrorKind::NotFound, "file.missing", {{"path", folder.string()}});
    std::vector<std::string> found;
    for (const auto& path : folders_)
        if (fs::path{path}.parent_path() == folder) found.push_back(fs::path{path}.filename());
    for (const auto& [path, bytes] : files_)
        if (fs::path{path}.parent_path() == folder) found.push_back(fs::path{path}.filename());
    if (found.size() > 1) std::swap(found.front(), found[random_.below(found.size())]); // a folder lists its names as it likes
    return found;
}

Expected<Bytes> PocketStick::read(const fs::path& path, std::size_t limit)
{
    if (is_out_) return gone(path);
    const auto found = files_.find(path.string());
    if (found == files_.end()) return fail(ErrorKind::NotFound, "file.missing", {{"path", path.string()}});
    if (found->second.size() > limit) return fail(ErrorKind::Corrupt, "file.too_large", {{"path", path.string()}});
    return found->second;
}

Expected<Done> PocketStick::write(const fs::path& path, BytesView bytes)
{
    if (is_out_) return gone(path);
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (room_ && size > *room_) return gone(path, "stick.full");
    if (room_) *room_ -= size;
    const auto what = fate();
    if (what == Fate::Undone) return told(what, path);
    const auto kept = bytes.first(what == Fate::Half ? random_.below(bytes.size() + 1) : bytes.size());
    files_[path.string()] = {kept.begin(), kept.end()};
    recent_.push_back(path.string());
    return told(what, path);
}

/// Done by half: what had the name is gone, and what was to have it has not got it.
Expected<Done> PocketStick::rename(const fs::path& from, const fs::path& to)
{
    if (is_out_) return gone(to);
    const auto what = fate();
    if (what == Fate::Half) files_.erase(to.string());
    if (what == Fate::Good || what == Fate::Unheard) {
        auto file = files_.extract(from.string());
        if (!file) return gone(from);
        files_[to.string()] = std::move(file.mapped());
        std::replace(recent_.begin(), recent_.end(), from.string(), to.string());
    }
    return told(what, to);
}

Expected<Done> PocketStick::remove(const fs::path& path)
{
    if (is_out_) return gone(path);
    const auto what = fate();
    if (what != Fate::Undone && what != Fate::Half) files_.erase(path.string());
    return told(what, path);
}

} // namespace adal::simulation
