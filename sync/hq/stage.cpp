#include "sync/hq/stage.hpp"
#include "sync/keys/private_file.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace adal::sync::hq {
namespace {

namespace fs = std::filesystem;

Error cannot_write(const fs::path& path, const std::error_code& error)
{
    return fail(ErrorKind::Unavailable, "file.cannot_write", {{"path", path.string()}, {"reason", error.message()}});
}

/// "config.json", "keys/..." and nothing that leads out of the folder.
bool is_ours(const fs::path& name)
{
    if (name == "config.json") return true;
    if (name.empty() || *name.begin() != "keys" || std::distance(name.begin(), name.end()) < 2) return false;
    return std::none_of(name.begin(), name.end(),
                        [](const auto& part) { return part == ".." || part == "." || part.empty(); });
}

/// The backup's configuration, at the database that is being filled.
Expected<Bytes> configured(const Bytes& config, const std::string& postgres)
{
    auto json = nlohmann::json::parse(config, nullptr, false);
    if (!json.is_object()) return fail(ErrorKind::Corrupt, "backup.unreadable");
    json.erase("postgres");
    if (!postgres.empty()) json["postgres"] = postgres;
    const auto text = json.dump(1) + "\n";
    return Bytes{text.begin(), text.end()};
}

} // namespace

Expected<std::unique_ptr<Stage>> Stage::in(const HqFolder& home)
{
    std::unique_ptr<Stage> stage{new Stage{home}};
    if (auto prepared = stage->prepare(); !prepared) return prepared.error();
    return stage;
}

Expected<Done> Stage::prepare()
{
    std::error_code error;
    for (const auto& path : {home_.config(), home_.database(), home_.keys()}) {
        const auto found = is_there(path);
        if (!found) return found.error();
        if (*found) return fail(ErrorKind::Conflict, "hq.folder.exists", {{"path", home_.root.string()}});
    }
    const bool is_ours = fs::create_directories(home_.root, error);
    if (error) return cannot_write(home_.root, error);
    if (is_ours) ours_.push_back(home_.root);
    if (!fs::exists(home_.root / "lock", error)) ours_.push_back(home_.root / "lock");
    auto lock = lock_folder(home_.root);
    if (!lock) {
        ours_.clear(); // somebody else is at work in it
        return lock.error();
    }
    lock_.emplace(std::move(*lock));
    fs::permissions(home_.root, fs::perms::owner_all, error);
    fs::remove_all(staged_.root, error); // of one that was killed
    ours_.push_back(staged_.root);
    fs::create_directories(staged_.keys(), error);
    for (const auto& made : {staged_.root, staged_.keys()})
        if (!error) fs::permissions(made, fs::perms::owner_all, error);
    if (error) return cannot_write(staged_.root, error);
    return Done{};
}

Expected<Done> Stage::put(const ArchivedFile& file, const std::string& postgres)
{
    if (!is_ours(file.name)) return fail(ErrorKind::Corrupt, "backup.unreadable");
    const auto path = staged_.root / file.name;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return cannot_write(path, error);
    if (path != staged_.config()) return write_private_file(path, file.content);
    const auto config = configured(file.content, postgres);
    if (!config) return config.error();
    return write_private_file(path, *config);
}

Expected<Done> Stage::move(const fs::path& from, const fs::path& to)
{
    ours_.push_back(to);
    return rename_durably(from, to);
}

/// It is an HQ's folder with the last step.
Expected<Done> Stage::move_in()
{
    std::error_code error;
    fs::create_directories(home_.packs(), error);
    if (auto moved = move(staged_.keys(), home_.keys()); !moved) return moved;
    if (fs::exists(staged_.database(), error)) {
        if (fs::exists(staged_.database().string() + "-wal", error)) // was not closed in peace
            return fail(ErrorKind::Unavailable, "database.busy", {{"path", staged_.database().string()}});
        if (auto moved = move(staged_.database(), home_.database()); !moved) return moved;
    }
    return move(staged_.config(), home_.config());
}

void Stage::keep()
{
    std::error_code ignored;
    fs::remove_all(staged_.root, ignored);
    ours_.clear();
}

Stage::~Stage()
{
    std::error_code ignored;
    if (ours_.empty()) return;
    std::reverse(ours_.begin(), ours_.end());
    for (const auto& path : ours_)
        if (path == home_.root)
            fs::remove(path, ignored); // only if nothing else came into it
        else
            fs::remove_all(path, ignored);
}

} // namespace adal::sync::hq
