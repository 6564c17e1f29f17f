#include "tests/support/power_cut.hpp"
#include "tests/support/unsynced.hpp"
#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace adal::support {

namespace fs = std::filesystem;

namespace {

enum class Step { Write, Sync, Length, Name };
enum class Fate { Good, Undone, DoneButFailed }; // what becomes of one step

struct File {
    UnsyncedChanges changes;
    int handles = 0;
};
using FileNumber = ino_t; // a file keeps its number when it is given another name

FileNumber number_of(const fs::path& path)
{
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? found.st_ino : 0;
}

/// A name that came, went or was given to a file that had another, since its folder was last synced. What it replaced is kept.
struct NameChange {
    enum class Kind { Came, Went, Renamed } kind{};
    fs::path path;
    fs::path before{};            // of a renamed one
    std::optional<Bytes> lost{};  // what the name stood for
    UnsyncedChanges changes{};    // of that
};

Bytes content_of(const fs::path& path)
{
    std::ifstream in{path, std::ios::binary};
    Bytes content(static_cast<std::size_t>(fs::file_size(path)));
    in.read(reinterpret_cast<char*>(content.data()), static_cast<std::streamsize>(content.size()));
    return content;
}

void put(const fs::path& path, const Bytes& content)
{
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    out.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
}

std::vector<fs::path> files_below(const fs::path& root)
{
    std::vector<fs::path> all;
    for (const auto& entry : fs::recursive_directory_iterator{root})
        if (entry.is_regular_file()) all.push_back(entry.path());
    std::sort(all.begin(), all.end()); // a folder lists them in no order that a seed could repeat
    return all;
}

} // namespace

struct FragileDisk::State {
    fs::path root;
    SeededRandom random;
    std::map<FileNumber, File> files{};
    std::vector<NameChange> names{}; // in order
    std::optional<Fault> fault{};
    std::optional<std::int64_t> room{};
    bool is_dead = false;
    std::int64_t steps = 0, faults = 0;

    Fate fate_of(Step);
    void folder_synced(const fs::path& folder)
    {
        std::erase_if(names, [&](const auto& name) { return name.path.parent_path() == folder; });
    }
    void note_name(NameChange::Kind, const fs::path&, const fs::path& before = {});
    void take_back(const NameChange&);
    void lose_names();
};

/// Asked once a step; plans count here.
Fate FragileDisk::State::fate_of(Step step)
{
    using Kind = Fault::Kind;
    if (is_dead) return ++faults, Fate::Undone;
    ++steps;
    if (!fault) return Fate::Good;
    const bool fits = fault->kind == Kind::PowerCut || (fault->kind == Kind::WriteFails && step == Step::Write) ||
                      (fault->kind == Kind::SyncFails && step == Step::Sync);
    if (!fits || fault->after-- > 0) return Fate::Good;
    is_dead = fault->kind == Kind::PowerCut;
    const auto fate = fault->happens ? Fate::DoneButFailed : Fate::Undone;
    fault.reset();
    ++faults;
    return fate;
}

/// Before the name changes.
void FragileDisk::State::note_name(NameChange::Kind kind, const fs::path& path, const fs::path& before)
{
    NameChange change{.kind = kind, .path = path, .before = before};
    if (fs::exists(path)) {
        auto file = files.extract(number_of(path));
        change.lost = content_of(path);
        if (file) change.changes = std::move(file.mapped().changes);
    }
    names.push_back(std::move(change));
}

void FragileDisk::State::take_back(const NameChange& name)
{
    if (name.kind == NameChange::Kind::Renamed && fs::exists(name.path)) fs::rename(name.path, name.before);
    if (name.kind == NameChange::Kind::Came) files.erase(number_of(name.path)), fs::remove(name.path);
    if (!name.lost) return;
    put(name.path, *name.lost);
    files[number_of(name.path)] = {name.changes, 0};
}

/// Names reach the disk in their order: the later ones are lost first.
void FragileDisk::State::lose_names()
{
    const auto kept = random.happens(1, 3) ? names.size() : random.below(names.size() + 1);
    while (names.size() > kept) {
        take_back(names.back());
        names.pop_back();
    }
    names.clear();
}

namespace {

/// Every disk there is; SQLite asks for files by their absolute names.
std::map<fs::path, std::shared_ptr<FragileDisk::State>>& disks()
{
    static std::map<fs::path, std::shared_ptr<FragileDisk::State>> all;
    return all;
}

std::shared_ptr<FragileDisk::State> disk_of(const fs::path& path)
{
    for (auto folder = path.parent_path();; folder = folder.parent_path()) {
        if (const auto found = disks().find(folder); found != disks().end()) return found->second;
        if (folder == folder.parent_path()) return nullptr;
    }
}

sqlite3_vfs* real_vfs = nullptr;

/// What SQLite holds of an open file; the real one lies behind it in the same memory.
struct Handle {
    sqlite3_file base;
    FragileDisk::State* disk; // none: a file of no disk of ours
    std::shared_ptr<FragileDisk::State>* owner;
    fs::path* path;
    FileNumber number;
    bool syncs_folder; // at its first sync, as SQLite's own VFS does for journals

    File& file() const { return disk->files[number]; }
};

Handle& handle(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(Handle)); }
const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }

std::int64_t size_of(sqlite3_file* file)
{
    sqlite3_int64 size = 0;
    methods(file).xFileSize(real(file), &size);
    return size;
}

Bytes bytes_at(sqlite3_file* file, std::int64_t offset, std::int64_t count)
{
    Bytes bytes(static_cast<std::size_t>(std::max<std::int64_t>(count, 0)));
    if (!bytes.empty()) methods(file).xRead(real(file), bytes.data(), static_cast<int>(bytes.size()), offset);
    return bytes;
}

int close(sqlite3_file* file)
{
    auto& ours = handle(file);
    const int code = methods(file).xClose(real(file));
    if (ours.disk && ours.disk->files.contains(ours.number)) --ours.file().handles;
    delete ours.owner;
    delete ours.path;
    return code;
}

int read(sqlite3_file* file, void* into, int count, sqlite3_int64 offset)
{
    auto* disk = handle(file).disk;
    if (disk && disk->is_dead) return ++disk->faults, SQLITE_IOERR_READ;
    return methods(file).xRead(real(file), into, count, offset);
}

/// How much of a write the disk has room for.
std::int64_t fitting(FragileDisk::State& disk, std::int64_t offset, std::int64_t count, std::int64_t size)
{
    const auto grows = std::max<std::int64_t>(offset + count - size, 0);
    if (!disk.room) return count;
    const auto granted = std::min(grows, *disk.room);
    *disk.room -= granted;
    return count - (grows - granted);
}

int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset)
{
    auto* disk = handle(file).disk;
    if (!disk) return methods(file).xWrite(real(file), from, count, offset);
    const auto fate = disk->fate_of(Step::Write);
    if (fate == Fate::Undone) return SQLITE_IOERR_WRITE;
    const auto size = size_of(file);
    const auto fits = fitting(*disk, offset, count, size);
    if (fits > 0) {
        handle(file).file().changes.note_write(offset, fits, size, bytes_at(file, offset, std::min<std::int64_t>(fits, size - offset)));
        const int code = methods(file).xWrite(real(file), from, static_cast<int>(fits), offset);
        if (code != SQLITE_OK) return code;
    }
    if (fits < count) return ++disk->faults, SQLITE_FULL;
    return fate == Fate::Good ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncate(sqlite3_file* file, sqlite3_int64 length)
{
    auto* disk = handle(file).disk;
    if (!disk) return methods(file).xTruncate(real(file), length);
    const auto fate = disk->fate_of(Step::Length);
    if (fate == Fate::Undone) return SQLITE_IOERR_TRUNCATE;
    const auto size = size_of(file);
    handle(file).file().changes.note_length(length, size, bytes_at(file, length, size - length));
    const int code = methods(file).xTruncate(real(file), length);
    return code == SQLITE_OK && fate != Fate::Good ? SQLITE_IOERR_TRUNCATE : code;
}

int sync(sqlite3_file* file, int flags)
{
    auto& ours = handle(file);
    if (!ours.disk) return methods(file).xSync(real(file), flags);
    const auto fate = ours.disk->fate_of(Step::Sync);
    if (fate == Fate::Undone) return SQLITE_IOERR_FSYNC;
    ours.file().changes.synced();
    if (ours.syncs_folder) ours.disk->folder_synced(ours.path->parent_path());
    ours.syncs_folder = false;
    return fate == Fate::Good ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) { return methods(file).xFileSize(real(file), size); }
int lock(sqlite3_file* file, int level) { return methods(file).xLock(real(file), level); }
int unlock(sqlite3_file* file, int level) { return methods(file).xUnlock(real(file), level); }
int check_lock(sqlite3_file* file, int* is_locked) { return methods(file).xCheckReservedLock(real(file), is_locked); }
int control(sqlite3_file* file, int what, void* argument) { return methods(file).xFileControl(real(file), what, argument); }
int sector_size(sqlite3_file* file) { return methods(file).xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) { return methods(file).xDeviceCharacteristics(real(file)); }
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** memory)
{
    return methods(file).xShmMap(real(file), page, size, extend, memory);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) { return methods(file).xShmLock(real(file), offset, count, flags); }
void shared_barrier(sqlite3_file* file) { methods(file).xShmBarrier(real(file)); }
int unmap_shared(sqlite3_file* file, int deletes) { return methods(file).xShmUnmap(real(file), deletes); }

/// Version 2: shared memory for WAL, and no mapped files, whose writes nobody would see.
const sqlite3_io_methods our_methods{2,        close,      read,        write,   truncate,    sync,            file_size,  lock,        unlock,         check_lock,
                                     control,  sector_size, characteristics, map_shared, lock_shared, shared_barrier, unmap_shared, nullptr, nullptr};

constexpr int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags)
{
    std::memset(file, 0, sizeof(Handle));
    auto disk = name ? disk_of(name) : nullptr;
    const bool comes = disk && (flags & SQLITE_OPEN_CREATE) && !fs::exists(name);
    if (disk && disk->is_dead) return ++disk->faults, SQLITE_CANTOPEN;
    const int code = real_vfs->xOpen(real_vfs, name, real(file), flags, out_flags);
    if (!real(file)->pMethods) return code;
    auto& ours = handle(file);
    ours.base.pMethods = &our_methods;
    if (!disk) return code;
    ours.disk = disk.get();
    ours.owner = new std::shared_ptr{disk};
    ours.path = new fs::path{name};
    ours.syncs_folder = (flags & SQLITE_OPEN_CREATE) && (flags & journals);
    ours.number = number_of(name);
    if (comes) disk->names.push_back({.kind = NameChange::Kind::Came, .path = name});
    if (auto& opened = ours.file(); opened.handles++ == 0 && size_of(file) == 0) opened.changes = {}; // a number used before
    return code;
}

int remove(sqlite3_vfs*, const char* name, int sync_folder)
{
    const auto disk = disk_of(name);
    if (!disk || (!disk->is_dead && !fs::exists(name))) return real_vfs->xDelete(real_vfs, name, 0);
    const auto fate = disk->fate_of(Step::Name);
    if (fate == Fate::Undone) return SQLITE_IOERR_DELETE;
    disk->note_name(NameChange::Kind::Went, name);
    const int code = real_vfs->xDelete(real_vfs, name, 0);
    if (sync_folder && fate == Fate::Good) disk->folder_synced(fs::path{name}.parent_path());
    return code == SQLITE_OK && fate != Fate::Good ? SQLITE_IOERR_DELETE : code;
}

// --- files that the product writes itself: the linker sends its calls here (--wrap, see CMakeLists.txt); libraries keep their own

fs::path path_of(int fd)
{
    std::error_code none;
    return fs::read_symlink("/proc/self/fd/" + std::to_string(fd), none);
}

int failed(int reason)
{
    errno = reason;
    return -1;
}

} // namespace

extern "C" {
int __real_open(const char*, int, ...);
int __real_rename(const char*, const char*);
ssize_t __real_write(int, const void*, size_t);

int __wrap_open(const char* name, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const auto mode = flags & O_CREAT ? va_arg(rest, mode_t) : mode_t{0};
    va_end(rest);
    const auto disk = flags & O_CREAT ? disk_of(fs::absolute(name)) : nullptr;
    if (!disk) return __real_open(name, flags, mode);
    if (disk->is_dead) return failed(EIO);
    if (fs::exists(name) && flags & O_TRUNC) disk->files[number_of(name)].changes.note_length(0, static_cast<std::int64_t>(fs::file_size(name)), content_of(name));
    if (!fs::exists(name)) disk->note_name(NameChange::Kind::Came, fs::absolute(name));
    return __real_open(name, flags, mode);
}

ssize_t __wrap_write(int fd, const void* from, size_t count)
{
    const auto path = path_of(fd);
    const auto disk = disk_of(path);
    if (!disk) return __real_write(fd, from, count);
    const auto fate = disk->fate_of(Step::Write);
    if (fate == Fate::Undone) return failed(EIO);
    const auto content = content_of(path); // these files are small
    const auto offset = ::lseek(fd, 0, SEEK_CUR), size = static_cast<off_t>(content.size());
    const auto fits = fitting(*disk, offset, static_cast<std::int64_t>(count), size);
    if (fits <= 0) return ++disk->faults, failed(ENOSPC);
    const auto end = std::min(size, offset + fits);
    disk->files[number_of(path)].changes.note_write(offset, fits, size, offset < end ? Bytes{content.begin() + offset, content.begin() + end} : Bytes{});
    const auto written = __real_write(fd, from, static_cast<size_t>(fits));
    return fate == Fate::Good ? written : failed(EIO);
}

int __wrap_fsync(int fd)
{
    const auto path = path_of(fd);
    const auto disk = disk_of(path / "any");
    if (!disk) return 0; // nobody here can lose power
    const auto fate = disk->fate_of(Step::Sync);
    if (fate == Fate::Undone) return failed(EIO);
    if (fs::is_directory(path))
        disk->folder_synced(path);
    else
        disk->files[number_of(path)].changes.synced();
    return fate == Fate::Good ? 0 : failed(EIO);
}

int __wrap_rename(const char* from, const char* to)
{
    const auto disk = disk_of(fs::absolute(to));
    if (!disk || !fs::exists(from)) return __real_rename(from, to);
    const auto fate = disk->fate_of(Step::Name);
    if (fate == Fate::Undone) return failed(EIO);
    disk->note_name(NameChange::Kind::Renamed, fs::absolute(to), fs::absolute(from));
    const int code = __real_rename(from, to);
    return fate == Fate::Good ? code : failed(EIO);
}
}

namespace {

void register_once()
{
    static sqlite3_vfs ours;
    if (real_vfs) return;
    real_vfs = sqlite3_vfs_find(nullptr);
    ours = *real_vfs; // what is not replaced needs no file of ours
    ours.szOsFile = static_cast<int>(sizeof(Handle)) + real_vfs->szOsFile;
    ours.zName = "fragile";
    ours.xOpen = open;
    ours.xDelete = remove;
    sqlite3_vfs_register(&ours, 1);
}

} // namespace

FragileDisk::FragileDisk(const fs::path& root, std::uint64_t seed)
    : state_(std::make_shared<State>(State{fs::canonical(root), SeededRandom{seed}}))
{
    register_once();
    assert(!disks().contains(state_->root));
    disks()[state_->root] = state_;
}

FragileDisk::~FragileDisk() { disks().erase(state_->root); }

void FragileDisk::plan(const Fault& fault) { state_->fault = fault; }
void FragileDisk::forget_plan() { state_->fault.reset(); }
bool FragileDisk::has_plan() const { return state_->fault || state_->room; }
std::int64_t FragileDisk::faults() const { return state_->faults; }
void FragileDisk::leave_room(std::optional<std::int64_t> bytes) { state_->room = bytes; }
void FragileDisk::cut() { state_->is_dead = true; }
bool FragileDisk::is_dead() const { return state_->is_dead; }
std::int64_t FragileDisk::steps() const { return state_->steps; }

void FragileDisk::power_on()
{
    auto& state = *state_;
    state.lose_names();
    for (const auto& path : files_below(state.root)) {
        const auto found = state.files.find(number_of(path));
        const bool is_known = found != state.files.end();
        assert(!is_known || found->second.handles == 0); // whoever survives a power cut writes into a past that never was
        if (path.native().ends_with("-shm"))
            fs::remove(path);
        else if (is_known && !found->second.changes.empty())
            put(path, found->second.changes.after_cut(content_of(path), state.random));
    }
    state.files.clear();
    state.fault.reset();
    state.is_dead = false;
}

} // namespace adal::support
