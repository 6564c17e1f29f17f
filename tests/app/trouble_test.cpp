#include "tests/app/hands.hpp"
#include <csignal>
#include <fstream>
#include <set>
#include <sys/resource.h>

using namespace adal;
using namespace adal::support;
namespace fs = std::filesystem;

namespace {
/// As long as it lives no file of this process can grow: the disk is full.
class FullDisk {
public:
    FullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit none{0, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

void flip_byte(const fs::path& path, std::uintmax_t at)
{
    std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
    file.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
}
} // namespace

TEST_CASE("when the disk refuses, nothing changes and a notice says so; then it goes on")
{
    Hands he;
    he.sign_in("100200");
    he.begin_test();
    {
        const FullDisk full;
        he.answer();
        CHECK(he.see<ItemScreen>().unanswered == 4);
        REQUIRE(he.see<ItemScreen>().notice);
        CHECK(he.see<ItemScreen>().notice->title == "It could not be saved");
        CHECK(he.see<ItemScreen>().notice->is_grave);
        he.submit();
        CHECK(he.shown() == "item");
    }
    he.want(StayInTest{});
    he.answer();
    CHECK(he.see<ItemScreen>().unanswered == 3);
    CHECK(!he.see<ItemScreen>().notice);
    he.submit();
    CHECK(he.shown() == "result");
}

TEST_CASE("on a full disk nobody comes in, reads on or acknowledges, but everybody can go")
{
    Hands he;
    {
        const FullDisk full;
        he.sign_in("100200");
        CHECK(he.shown() == "pin");
        CHECK(title(he.see<SecretScreen>().notice) == "It could not be saved");
    }
    he.enter("284617");
    he.want(OpenDuty{{"code"}});
    {
        const FullDisk full;
        he.want(GoToSection{2});
        CHECK(he.see<ReaderScreen>().section == 1);
        CHECK(title(he.see<ReaderScreen>().notice) == "It could not be saved");
        he.want(ShowDuties{});
        CHECK(he.shown() == "duties");
        CHECK(title(he.see<DutiesScreen>().notice) == "It could not be saved");
        he.want(SignOut{});
        CHECK(he.shown() == "start");
        CHECK(he.kiosk().surround().person.empty());
    }
    he.start();
    CHECK(he.all<sync::SignedOut>()[0].reason == sync::SignOutReason::Restart);
}

TEST_CASE("a second program on the same folder is told so")
{
    Hands he;
    const auto second = Kiosk::open(he.terminal.folder(), language::Strings{}, he.terminal.clock, he.terminal.random);
    REQUIRE(!second);
    CHECK(second.error().kind == ErrorKind::Conflict);
}

TEST_CASE("a folder that was never enrolled is told so and gets no new journal")
{
    const TemporaryFolder empty;
    const ManualClock clock;
    CountedRandom random;
    const auto kiosk = Kiosk::open({empty.path()}, language::Strings{}, clock, random);
    REQUIRE(!kiosk);
    CHECK(kiosk.error().kind == ErrorKind::NotFound);
    CHECK(fs::is_empty(empty.path()));
}

TEST_CASE("a flipped byte in the journal stops the terminal and names the record")
{
    Hands he;
    he.sign_in("100200");
    he.stop();
    const auto path = he.terminal.folder().journal();
    std::ifstream in{path, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    const auto at = bytes.rfind(R"("how":"PIN")");
    REQUIRE(at != std::string::npos);
    flip_byte(path, at + 8);
    const auto opened = he.try_start();
    REQUIRE(!opened);
    CHECK(opened.error().kind == ErrorKind::Corrupt);
    CHECK(opened.error().message().find("seq=") != std::string::npos);
}

TEST_CASE("a broken bank leaves duties and texts; a broken library is trouble until a good one comes")
{
    Hands he;
    he.stop();
    std::vector<fs::path> packs;
    for (const auto& entry : fs::directory_iterator{he.terminal.folder().packs()}) packs.push_back(entry.path());
    REQUIRE(packs.size() == 2);
    int seen_trouble = 0, seen_duties = 0;
    for (const auto& pack : packs) {
        flip_byte(pack, fs::file_size(pack) / 2);
        he.start();
        if (he.shown() == "trouble") {
            ++seen_trouble;
            CHECK(he.see<TroubleScreen>().text.find(pack.filename().string()) != std::string::npos);
            he.want(BeginSignIn{});
            CHECK(he.shown() == "trouble");
        } else {
            ++seen_duties;
            REQUIRE(he.see<StartScreen>().notice);
            CHECK(he.see<StartScreen>().notice->text.find(pack.filename().string()) != std::string::npos);
            he.sign_in("100200");
            CHECK(he.see<DutiesScreen>().left == 3);
            he.want(OpenDuty{{"probation-test"}});
            CHECK(he.shown() == "duties");
            REQUIRE(he.see<DutiesScreen>().notice);
            CHECK(he.see<DutiesScreen>().notice->text.find(pack.filename().string()) != std::string::npos);
            he.want(OpenDuty{{"code"}});
            CHECK(he.shown() == "reader");
        }
        he.stop();
        flip_byte(pack, fs::file_size(pack) / 2);
    }
    CHECK(seen_trouble == 1);
    CHECK(seen_duties == 1);
    he.start();
    CHECK(he.shown() == "start");
}

TEST_CASE("a damaged pack comes again with the next exchange")
{
    Hands he;
    he.stop();
    for (const auto& entry : fs::directory_iterator{he.terminal.folder().packs()})
        flip_byte(entry.path(), fs::file_size(entry.path()) / 2);
    he.start();
    CHECK(he.shown() == "trouble");
    he.terminal.exchange();
    he.kiosk().synced();
    CHECK(he.shown() == "start");
    CHECK(!he.see<StartScreen>().notice);
    he.sign_in("100200");
    he.begin_test();
    CHECK(he.shown() == "item");
}

TEST_CASE("while the new texts are damaged, the release before serves")
{
    Hands he;
    he.stop();
    const auto name_in = [&](const char* file, const std::string& from, const std::string& to) {
        const auto path = he.terminal.sources() / "library" / "documents" / "code" / file;
        std::ifstream in{path};
        std::string text{std::istreambuf_iterator<char>{in}, {}};
        text.replace(text.find(from), from.size(), to);
        std::ofstream{path} << text;
    };
    std::set<fs::path> old_packs;
    for (const auto& entry : fs::directory_iterator{he.terminal.folder().packs()}) old_packs.insert(entry.path());
    for (const auto* file : {"kk.md", "ru.md", "en.md"}) name_in(file, "title: The Code", "title: Our Code");
    he.terminal.hq.publish(he.terminal.sources() / "library", he.terminal.sources() / "bank");
    he.terminal.exchange();
    for (const auto& entry : fs::directory_iterator{he.terminal.folder().packs()})
        if (!old_packs.contains(entry.path())) flip_byte(entry.path(), fs::file_size(entry.path()) / 2);
    he.start();
    REQUIRE(he.shown() == "start");
    he.sign_in("100200");
    he.want(OpenDuty{{"code"}});
    CHECK(he.see<ReaderScreen>().title == "The Code en");
    he.want(ShowDuties{});
    he.terminal.exchange();
    he.kiosk().synced();
    he.want(OpenDuty{{"code"}});
    CHECK(he.see<ReaderScreen>().title == "Our Code en");
}

TEST_CASE("a terminal that knows nobody says so calmly, at the start and at the number")
{
    Hands he;
    he.terminal.hq.roster.people.clear();
    he.terminal.hq.people_changed();
    he.terminal.exchange();
    he.kiosk().synced();
    CHECK(title(he.see<StartScreen>().notice) == "There is no list of people on this terminal yet");
    he.give_number("100200");
    CHECK(title(he.see<NumberScreen>().notice) == "There is no list of people on this terminal yet");
}

TEST_CASE("a jump of the wall clock is a fact, once")
{
    Hands he;
    he.terminal.clock.step(std::chrono::hours{24});
    he.kiosk().tick();
    he.kiosk().tick();
    REQUIRE(he.all<sync::ClockStepped>().size() == 1);
    CHECK(he.all<sync::ClockStepped>()[0].by_ms == 86'400'000);
    he.terminal.clock.step(std::chrono::seconds{1}); // kept in step
    he.kiosk().tick();
    CHECK(he.all<sync::ClockStepped>().size() == 1);
    he.stop();
    he.terminal.clock.step(-std::chrono::hours{24});
    he.start();
    CHECK(he.all<sync::ClockStepped>().size() == 2);
}
