#include "sync/link/stick.hpp"
#include "tests/support/faulty_medium.hpp"
#include "tests/support/temporary_folder.hpp"
#include <algorithm>
#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace adal;
using namespace adal::sync;
using support::FaultyMedium;
using enum Stick::Shelf;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t limit = 1000;
const Bytes hello{'h', 'e', 'l', 'l', 'o'}, other{'a', 'n', 'o', 't', 'h', 'e', 'r'};

std::vector<std::string> everything_below(const fs::path& folder)
{
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator{folder})
        if (entry.is_regular_file()) names.push_back(entry.path().lexically_relative(folder).string());
    std::sort(names.begin(), names.end());
    return names;
}

void put(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    std::ofstream{path} << text;
}

} // namespace

TEST_CASE("what is written on a stick is read again, and nothing else lies there")
{
    support::TemporaryFolder folder;
    Stick stick{folder.path(), real_medium()};
    REQUIRE(stick.prepare());
    REQUIRE(stick.write(Up, "a.adal", hello));
    REQUIRE(stick.write(Up, "a.adal", other)); // replaced
    CHECK(stick.read(Up, "a.adal", limit).value() == other);
    CHECK(stick.names(Up).value() == std::vector<std::string>{"a.adal"});
    CHECK(everything_below(folder.path()) == std::vector<std::string>{"adal/up/a.adal"});
    REQUIRE(stick.remove(Up, "a.adal"));
    REQUIRE(stick.remove(Up, "a.adal")); // gone is gone
    CHECK(stick.names(Up)->empty());
}

TEST_CASE("an empty stick holds nothing, and reading it writes nothing")
{
    support::TemporaryFolder folder;
    const Stick stick{folder.path(), real_medium()};
    CHECK(stick.names(Down)->empty());
    CHECK(stick.read(Down, "t-01.adal", limit).error().kind == ErrorKind::NotFound);
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("whichever step fails, in whichever manner, the name belongs to the old bytes or to the new, and once more is enough")
{
    using enum FaultyMedium::Manner;
    for (const auto manner : {DidNotHappen, HappenedUnheard, TornInHalf})
        for (int step = 0; step < 6; ++step) {
            CAPTURE(step);
            support::TemporaryFolder folder;
            FaultyMedium medium;
            Stick stick{folder.path(), medium};
            REQUIRE(stick.prepare());
            REQUIRE(stick.write(Up, "a.adal", hello));
            medium.manner = manner;
            medium.fails_at = step;
            const auto writes = [&] { // what `courier out` does
                if (auto ready = stick.prepare(); !ready) return ready;
                return stick.write(Up, "a.adal", other);
            };
            const auto done = writes();
            CHECK_FALSE(done);
            const auto found = stick.read(Up, "a.adal", limit);
            REQUIRE(found);
            const bool is_old_or_new = *found == hello || *found == other;
            CHECK(is_old_or_new);
            medium.fails_at.reset();
            REQUIRE(writes());
            CHECK(stick.read(Up, "a.adal", limit).value() == other);
            CHECK(everything_below(folder.path()) == std::vector<std::string>{"adal/up/a.adal"});
        }
}

TEST_CASE("leftovers of an unfinished writing are neither read nor kept")
{
    support::TemporaryFolder folder;
    put(folder.path() / "adal/up/a.adal.new", "half");
    put(folder.path() / "adal/packs/B.ADAL.NEW", "half");
    Stick stick{folder.path(), real_medium()};
    CHECK(stick.names(Up)->empty());
    REQUIRE(stick.prepare());
    CHECK(everything_below(folder.path()).empty());
}

TEST_CASE("a stick whose names came back in capitals is still ours, and a file is not there twice")
{
    support::TemporaryFolder folder;
    put(folder.path() / "ADAL/UP/T-01-ABC.ADAL", "hello");
    Stick stick{folder.path(), real_medium()};
    CHECK(stick.names(Up).value() == std::vector<std::string>{"t-01-abc.adal"});
    CHECK(stick.read(Up, "t-01-abc.adal", limit).value() == hello);
    REQUIRE(stick.prepare());
    REQUIRE(stick.write(Up, "t-01-abc.adal", other));
    CHECK(everything_below(folder.path()) == std::vector<std::string>{"ADAL/UP/T-01-ABC.ADAL"});
}

TEST_CASE("what other systems leave behind is passed over")
{
    support::TemporaryFolder folder;
    for (const auto* name : {"._a.adal", "Thumbs.db", "desktop.ini", ".adal", "a.txt"}) put(folder.path() / "adal/up" / name, "x");
    CHECK(Stick{folder.path(), real_medium()}.names(Up)->empty());
}

TEST_CASE("a stick that is not there is told by its path")
{
    Stick stick{"/nowhere/at/all", real_medium()};
    for (const auto& error : {stick.prepare().error(), stick.names(Up).error()}) {
        CHECK(error.key == "stick.gone");
        CHECK(error.arguments.front().second == "/nowhere/at/all");
    }
}

TEST_CASE("a stick whose folder vanishes in between is told as pulled out")
{
    support::TemporaryFolder folder;
    const auto path = folder.path() / "stick";
    fs::create_directory(path);
    Stick stick{path, real_medium()};
    REQUIRE(stick.prepare());
    fs::remove_all(path);
    CHECK(stick.write(Up, "a.adal", hello).error().key == "stick.gone");
}

TEST_CASE("a full disk leaves what is whole and nothing half written")
{
    support::TemporaryFolder folder;
    Stick stick{folder.path(), real_medium()};
    REQUIRE(stick.prepare());
    REQUIRE(stick.write(Up, "a.adal", hello));
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    auto* const usual = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{.rlim_cur = 4096, .rlim_max = before.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    const auto written = stick.write(Up, "b.adal", Bytes(10'000));
    REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, usual);
    REQUIRE_FALSE(written);
    CHECK(written.error().key == "stick.full");
    CHECK(everything_below(folder.path()) == std::vector<std::string>{"adal/up/a.adal"});
}

TEST_CASE("a file larger than anything of ours is not read to its end")
{
    support::TemporaryFolder folder;
    put(folder.path() / "adal/up/a.adal", std::string(5000, 'x'));
    CHECK(Stick{folder.path(), real_medium()}.read(Up, "a.adal", limit).error().key == "file.too_large");
}

TEST_CASE("the name of a part says whose rows it holds, and has one spelling")
{
    Head last{.seq = 60, .hash = {0x9f, 0x8e, 0x7d, 0x6c}};
    const auto name = part_name({"t-01"}, {std::string(16, 'a') + std::string(48, 'b')}, 41, last);
    CHECK(to_text(name) == "t-01-aaaaaaaaaaaaaaaa-41-60-9f8e7d6c.adal");
    CHECK(part_name_from(to_text(name)) == name);
    for (const auto* wrong : {"t-01-aaaaaaaaaaaaaaaa-041-60-9f8e7d6c.adal", "t-01-aaaaaaaaaaaaaaaa-41-60-9f8e7d6c", "t-01-aaaa-41-60-9f8e7d6c.adal", "-aaaaaaaaaaaaaaaa-41-60-9f8e7d6c.adal",
                              "t-01-aaaaaaaaaaaaaaaa-62-60-9f8e7d6c.adal", "t-01-aaaaaaaaaaaaaaaa-41-99999999999999999999-9f8e7d6c.adal", ".adal", "", "t-01.adal"})
        CHECK_FALSE(part_name_from(wrong));
    CHECK(to_text(part_name({"t-01"}, {std::string(64, 'a')}, 61, last)) == "t-01-aaaaaaaaaaaaaaaa-61-60-9f8e7d6c.adal"); // nothing new: a question only
}

TEST_CASE("identifiers that differ only by case, or hold what FAT does not allow, get names of their own")
{
    CHECK(plain("t-01") == "t-01");
    CHECK(plain("T-01") == "_54-01");
    CHECK(plain("a/b:c*") == "a_2fb_3ac_2a");
    CHECK(plain("қ") == "_d2_9b");
    CHECK(down_name({"t-01"}) == "t-01.adal");
    const Hash hash{1, 2, 3};
    CHECK(pack_hash_from(pack_name(hash)) == hash);
    CHECK_FALSE(pack_hash_from("t-01.adal"));
}

TEST_CASE("what is no file is left aside like a spoiled one: a folder, a pipe that never ends, a link that leads elsewhere")
{
    support::TemporaryFolder folder, elsewhere;
    put(elsewhere.path() / "secret", "not on the stick");
    put(folder.path() / "adal/up/good.adal", "good");
    fs::create_directory(folder.path() / "adal/up/folder.adal");
    REQUIRE(::mkfifo((folder.path() / "adal/up/pipe.adal").c_str(), 0600) == 0);
    fs::create_symlink(elsewhere.path() / "secret", folder.path() / "adal/up/link.adal");
    const Stick stick{folder.path(), real_medium()};
    for (const char* name : {"folder.adal", "pipe.adal", "link.adal"}) {
        const auto read = stick.read(Up, name, limit);
        REQUIRE_MESSAGE(!read, name);
        CHECK_MESSAGE(is_about_the_file(read.error()), name);
    }
    CHECK(stick.read(Up, "good.adal", limit).value() == Bytes{'g', 'o', 'o', 'd'});
}
