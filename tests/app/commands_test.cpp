#include "app/background_exchange.hpp"
#include "app/commands.hpp"
#include "sync/database/connection.hpp"
#include "tests/app/hands.hpp"
#include <condition_variable>
#include <sstream>

using namespace adal;
using namespace adal::support;

namespace {
struct OnTheCommandLine {
    OnTheCommandLine() : strings(language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets/strings"))
    {
        REQUIRE(strings);
    }

    app::Command command(bool json = false)
    {
        return {he.terminal.folder(), *strings,           Language::en, Language::kk, json,
                he.terminal.clock,    he.terminal.random, out};
    }
    std::string said() { return std::exchange(out, std::ostringstream{}).str(); }

    Expected<language::Strings> strings;
    std::ostringstream out;
    Hands he;
};
} // namespace

TEST_CASE("status, journal and verify only read, so they work beside an open window")
{
    OnTheCommandLine line;
    line.he.sign_in("100200");
    REQUIRE(app::status_command(line.command(true)));
    const auto status = line.said();
    CHECK(status.find(R"("terminal":"t-07")") != std::string::npos);
    CHECK(status.find(R"("release":1)") != std::string::npos);
    CHECK(status.find(R"("head":)" + std::to_string(line.he.head())) != std::string::npos);
    REQUIRE(app::status_command(line.command()));
    CHECK(line.said().find("people on the list: 4") != std::string::npos);
    REQUIRE(app::journal_command(line.command(), line.he.head() - 1));
    CHECK(line.said().find(R"("kind":"signed in")") != std::string::npos);
    REQUIRE(app::verify_command(line.command()));
    CHECK(line.said() == "The journal is whole: " + std::to_string(line.he.head()) + " facts checked\n");
}

TEST_CASE("sync and enrol leave the folder to the window that holds it")
{
    OnTheCommandLine line;
    const auto synced = app::sync_command(line.command());
    REQUIRE(!synced);
    CHECK(synced.error().kind == ErrorKind::Conflict);
    const auto enrolled = app::enrol_command(line.command(), {"http://127.0.0.1:9", line.he.terminal.hq.code(), {}, {}});
    REQUIRE(!enrolled);
    CHECK(enrolled.error().kind == ErrorKind::Conflict);
}

TEST_CASE("a folder without a journal is told so")
{
    OnTheCommandLine line;
    const TemporaryFolder empty;
    auto command = line.command();
    command.folder = {empty.path()};
    for (const auto& done :
         {app::status_command(command), app::verify_command(command), app::journal_command(command, 0),
          app::sync_command(command), app::drive_command(command, {})}) {
        REQUIRE(!done);
        CHECK(done.error().key == "trouble.not_enrolled");
    }
    CHECK(std::filesystem::is_empty(empty.path()));
}

TEST_CASE("an HQ that cannot be reached is tried in the background, and the screen is told when it is over")
{
    Hands he;
    std::mutex mutex;
    std::condition_variable changed;
    int woken = 0;
    app::BackgroundExchange exchange{he.terminal.folder(), he.terminal.clock, [&] {
                                         const std::lock_guard lock{mutex};
                                         ++woken;
                                         changed.notify_all();
                                     }};
    {
        std::unique_lock lock{mutex};
        REQUIRE(changed.wait_for(lock, std::chrono::seconds{30}, [&] { return woken > 0; }));
    }
    CHECK(exchange.has_finished());
    CHECK(!exchange.has_finished());
    he.kiosk().synced();
    CHECK(he.shown() == "start");
    CHECK(he.kiosk().surround().at_hq == "Goes to HQ later");
}

TEST_CASE("a journal whose tail was cut off between two decisions is found by HQ's receipt, and the first missing fact is named")
{
    OnTheCommandLine line;
    line.he.sign_in("100200");
    line.he.terminal.exchange();
    line.he.stop();
    REQUIRE(app::verify_command(line.command()));
    const auto path = line.he.terminal.folder().journal();
    const auto before = sync::Journal::read_only(path)->head().seq;
    {
        auto raw = sync::open_sqlite(path).value();
        REQUIRE(raw->script("DROP TRIGGER event_stays; DELETE FROM event WHERE decision_end = (SELECT MAX(decision_end) FROM event)"));
    }
    const auto after = sync::Journal::read_only(path)->head().seq;
    REQUIRE(after < before);
    REQUIRE(sync::Journal::read_only(path)->verify()); // by itself
    const auto verdict = app::verify_command(line.command());
    REQUIRE_FALSE(verdict);
    CHECK(verdict.error().message() == "journal.broken path=" + path.string() + " seq=" + std::to_string(after + 1));
}
