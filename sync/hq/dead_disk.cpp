#include "sync/hq/dead_disk.hpp"
#include "sync/hq/bodies.hpp"
#include "sync/journal/journal.hpp"
#include "sync/link/parts.hpp"
#include "sync/link/succession.hpp"
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <set>

namespace adal::sync::hq {
namespace {

namespace fs = std::filesystem;

Error unreadable(const fs::path& path, const std::error_code& error)
{
    return fail(ErrorKind::Unavailable, "file.cannot_read", {{"path", path.string()}, {"reason", error.message()}});
}

/// Goes away with everything in it: what is on a terminal's disk concerns people.
class Scratch {
public:
    static Expected<std::unique_ptr<Scratch>> make()
    {
        auto name = (fs::temp_directory_path() / "adal-disk-XXXXXX").string();
        if (!::mkdtemp(name.data())) return fail(ErrorKind::Unavailable, "file.cannot_write", {{"path", name}, {"reason", std::strerror(errno)}});
        return std::unique_ptr<Scratch>{new Scratch{name}};
    }
    ~Scratch()
    {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const fs::path& path() const { return path_; }

private:
    explicit Scratch(fs::path path) : path_(std::move(path)) {}
    fs::path path_;
};

/// A database with its log, if it is there at all. SQLite's shared memory is made anew.
Expected<bool> copy_database(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    if (!fs::exists(from, error)) return error ? Expected<bool>{unreadable(from, error)} : false;
    fs::create_directories(to.parent_path(), error);
    for (const auto* ending : {"", "-wal", "-journal"}) {
        const fs::path source{from.string() + ending}, copy{to.string() + ending};
        if (!fs::exists(source, error)) continue;
        fs::copy_file(source, copy, fs::copy_options::overwrite_existing, error);
        if (!error) fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write, error);
        if (error) return unreadable(source, error);
    }
    return true;
}

std::vector<fs::path> journal_files(const fs::path& root)
{
    std::vector<fs::path> files{"journal.db"};
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator{root / "journals", ignored})
        if (entry.path().extension() == ".db") files.push_back(fs::path{"journals"} / entry.path().filename());
    std::sort(files.begin() + 1, files.end());
    return files;
}

/// Takes the disk apart, file by file.
class Recovery {
public:
    Recovery(Intake& intake, Store& store, fs::path disk, fs::path copy, const Clock& clock)
        : intake_(intake), store_(store), disk_(std::move(disk)), copy_{std::move(copy)}, clock_(clock)
    {}

    Expected<DeadDisk> run()
    {
        open_beside();
        auto files = journal_files(disk_);
        for (std::size_t before = 0; !files.empty() && files.size() != before;) { // a journal may be vouched for by one that comes later
            before = files.size();
            std::vector<fs::path> again;
            for (const auto& file : files)
                if (auto taken = take_journal(file); !taken && taken.error().key == "hq.journal.unproven")
                    again.push_back(file);
                else if (!taken && taken.error().kind == ErrorKind::Unavailable)
                    return taken.error();
                else if (!taken)
                    refuse(file, taken.error());
            files = std::move(again);
        }
        for (const auto& file : files) refuse(file, fail(ErrorKind::Denied, "hq.journal.unproven", {{"terminal", found_.terminal.text}, {"journal", file.string()}}));
        if (auto taken = take_bodies(); !taken) return taken.error();
        return std::move(found_);
    }

private:
    void refuse(const fs::path& file, const Error& reason) { found_.refused.push_back({(disk_ / file).string(), reason}); }

    void open_beside()
    {
        const auto copied = copy_database(disk_ / "beside.db", copy_.beside());
        if (copied && !*copied) return;
        auto opened = copied ? Beside::open(copy_.beside()) : copied.error();
        if (opened)
            beside_.emplace(std::move(*opened));
        else
            refuse("beside.db", opened.error());
    }

    Expected<Done> take_journal(const fs::path& file)
    {
        const auto copied = copy_database(disk_ / file, copy_.root / file);
        if (!copied) return copied.error();
        if (!*copied) return Done{};
        const auto journal = Journal::read_only(copy_.root / file);
        if (!journal) return journal.error();
        auto terminal = find_terminal(store_, journal->terminal());
        if (!terminal) return terminal.error();
        if (!*terminal) return fail(ErrorKind::Denied, "hq.terminal.unknown", {{"terminal", journal->terminal().text}});
        found_.terminal = journal->terminal();
        return take_rows(**terminal, *journal);
    }

    /// Up to the end, or to what is not as it should be: then decision by decision, so that everything before it is saved.
    Expected<Done> take_rows(const TerminalRecord& terminal, const Journal& journal)
    {
        std::size_t limit = 500;
        for (Head at; at.seq < journal.head().seq;) {
            auto batch = journal.batch_after(at.seq, limit);
            const bool is_over = batch && batch->rows.empty();
            auto heard = batch && !is_over ? take(terminal, journal, std::move(*batch)) : Expected<Head>{batch ? fail(ErrorKind::Corrupt, "journal.broken", {{"path", ""}, {"seq", std::to_string(at.seq + 1)}}) : batch.error()};
            if (heard) {
                at = *heard;
                continue;
            }
            if (limit == 1 || heard.error().kind != ErrorKind::Corrupt) return heard.error();
            limit = 1;
        }
        return Done{};
    }

    Expected<Head> take(const TerminalRecord& terminal, const Journal& journal, Batch batch)
    {
        const Head last{batch.rows.back().seq, batch.rows.back().hash};
        const auto named = bodies_named_in(batch);
        ExchangeRequest request{.terminal = terminal.id, .batch = std::move(batch), .first_row = {}};
        if (beside_) request.succession = read_succession(*beside_, journal.id());
        const auto heard = intake_.take_found(terminal, std::move(request));
        if (!heard) return heard.error();
        found_.facts += heard->added;
        bodies_.insert(named.begin(), named.end());
        return last;
    }

    /// All that the rows name, also of those that wait for a person's judgement: by then the disk is gone.
    Expected<Done> take_bodies()
    {
        for (const auto& hash : bodies_)
            if (auto taken = beside_ ? take_body(hash) : Expected<Done>{Done{}}; !taken) return taken;
        return Done{};
    }

    Expected<Done> take_body(const Hash& hash)
    {
        const auto is_here = has_body(store_, hash);
        if (!is_here) return is_here.error();
        if (*is_here) return Done{};
        const auto content = beside_->body(hash);
        if (!content || !*content || sha256(**content) != hash || (*content)->size() > largest_body) return Done{}; // then it stays missing, and HQ says so
        ++found_.bodies;
        return store_.write([&](std::int64_t) { return keep_body(store_, hash, **content, found_.terminal, clock_.now().at); });
    }

    Intake& intake_;
    Store& store_;
    fs::path disk_;
    TerminalFolder copy_;
    const Clock& clock_;
    std::optional<Beside> beside_;
    std::set<Hash> bodies_; // named by rows that HQ has taken
    DeadDisk found_;
};

} // namespace

bool is_data_folder(const fs::path& path)
{
    std::error_code ignored;
    return fs::exists(path / "journal.db", ignored) || fs::is_directory(path / "journals", ignored);
}

Expected<DeadDisk> take_dead_disk(Intake& intake, Store& store, const fs::path& disk, const Clock& clock)
{
    const auto scratch = Scratch::make();
    if (!scratch) return scratch.error();
    return Recovery{intake, store, disk, (*scratch)->path(), clock}.run();
}

} // namespace adal::sync::hq
