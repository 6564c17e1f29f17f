#include "app/commands.hpp"
#include "sync/link/succession.hpp"
#include "tests/app/hands.hpp"
#include <fstream>
#include <sstream>

using namespace adal;
using namespace adal::support;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// He works at a terminal whose disk somebody copied.
struct Copied : Hands {
    sync::JournalId first = kiosk().journal().id();

    void hq_notices()
    {
        terminal.hq.sees_a_fork = true;
        static_cast<void>(terminal.try_exchange());
        kiosk().synced();
    }
    bool has_succeeded() { return kiosk().journal().id() != first; }
    std::vector<std::string> kinds_of(const sync::JournalId& journal)
    {
        std::vector<std::string> kinds;
        for (const auto& row : terminal.hq.rows_of(journal)) kinds.push_back(row.kind);
        return kinds;
    }
};

} // namespace

TEST_CASE("when HQ says forked, a journal follows the old one; whoever is signed in notices nothing")
{
    Copied he;
    he.sign_in("100200");
    he.want(OpenDuty{{"code"}});
    he.want(GoToSection{2});
    he.hq_notices();
    REQUIRE(he.has_succeeded());
    CHECK(he.shown() == "reader");
    CHECK(he.see<ReaderScreen>().section == 2);
    CHECK(he.see<ReaderScreen>().contents[0].is_read);
    he.want(GoToSection{3});
    he.want(ShowAcknowledgement{});
    he.enter("284617");
    CHECK(he.shown() == "duties");
    CHECK(!he.see<DutiesScreen>().notice);
    CHECK(he.all<content::DocumentAcknowledged>().size() == 1); // in the new journal

    he.want(SignOut{});
    he.want(BeginSignIn{});
    he.want(ShowStart{});
    CHECK(title(he.see<StartScreen>().notice) == "This terminal's disk was copied or put back");
    CHECK(!he.see<StartScreen>().notice->is_grave);
    he.wait(hours{1});
    he.terminal.clock.advance(hours{24 * 7} + minutes{1});
    he.kiosk().tick();
    CHECK(!he.see<StartScreen>().notice);
}

TEST_CASE("everything of both journals comes to HQ once, each under its own key")
{
    Copied he;
    he.sign_in("100200");
    he.hq_notices();
    he.terminal.hq.is_down = true;
    he.want(SignOut{});
    he.terminal.hq.is_down = false;
    he.terminal.exchange();
    const auto second = he.kiosk().journal().id();
    const auto old = sync::Journal::read_only(sync::files_of(he.terminal.folder(), he.first).journal);
    REQUIRE(old);
    CHECK(he.kiosk().journal().continues() == sync::Continued{old->id(), old->head()});
    CHECK(he.terminal.hq.rows_of(he.first).size() == old->head().seq);
    CHECK(he.terminal.hq.rows_of(second).size() == he.head());
    CHECK(he.terminal.hq.journals() == std::vector{he.first, second});
    CHECK(he.kinds_of(second) == std::vector<std::string>{"journal created", "signed out"});
    he.kiosk().synced();
    CHECK(he.kiosk().unsent() == 0);
}

TEST_CASE("what the old journal had not sent goes up after it was closed, and is then at HQ")
{
    Copied he;
    he.sign_in("100200");
    he.terminal.exchange();
    he.want(OpenDuty{{"code"}});
    he.want(GoToSection{2});
    he.want(GoToSection{3});
    he.want(ShowAcknowledgement{});
    he.enter("284617");
    const auto received = he.terminal.hq.rows_of(he.first).size();
    he.terminal.hq.knows_more = true; // the disk is an old copy: HQ's head is not in this journal
    CHECK(!he.terminal.try_exchange());
    he.terminal.hq.knows_more = false;
    he.kiosk().synced();
    REQUIRE(he.has_succeeded());
    CHECK(he.kiosk().unsent() > 0);
    he.terminal.exchange();
    he.kiosk().synced();
    CHECK(he.kiosk().unsent() == 0);
    CHECK(he.terminal.hq.rows_of(he.first).size() > received);
    he.want(ShowAllDuties{true});
    const auto& cards = he.see<DutiesScreen>().cards;
    const auto code = std::find_if(cards.begin(), cards.end(), [](const auto& card) { return card.duty == DutyId{"code"}; });
    REQUIRE(code != cards.end());
    CHECK(code->is_at_hq);
    CHECK(code->evidence == "at HQ since 22 November, 06:00");
}

TEST_CASE("a test under way goes on in the new journal with its time, also after a restart")
{
    Copied he;
    he.sign_in("100200");
    he.begin_test();
    he.answer();
    he.wait(minutes{5});
    he.hq_notices();
    REQUIRE(he.has_succeeded());
    CHECK(he.shown() == "item");
    CHECK(he.see<ItemScreen>().time_left == "15:00");
    he.want(GoToItem{2});
    he.answer();
    he.start();
    he.sign_in("100200");
    REQUIRE(he.shown() == "item");
    CHECK(he.see<ItemScreen>().time_left == "15:00");
    CHECK(he.see<ItemScreen>().unanswered == 2);
    he.power_cut();
    he.sign_in("100200");
    CHECK(he.see<ItemScreen>().time_left == "15:00");
    he.answer_all(4);
    he.submit();
    CHECK(he.see<ResultScreen>().has_passed);
    CHECK(he.see<ResultScreen>().points == 4);
}

TEST_CASE("while somebody reads the journal the terminal waits, works on, and tries again")
{
    Copied he;
    {
        const auto reader = sync::Journal::read_only(he.terminal.folder().journal());
        REQUIRE(reader->read_after(0, 1));
        he.hq_notices();
        CHECK(!he.has_succeeded());
        CHECK(he.kiosk().wait_time() <= seconds{1});
        he.sign_in("100200");
        CHECK(he.shown() == "duties");
    }
    he.wait(seconds{1});
    CHECK(he.has_succeeded());
    CHECK(he.shown() == "duties");
}

TEST_CASE("a fork is answered once: after the restart the same receipt asks for nothing")
{
    Copied he;
    he.hq_notices();
    const auto second = he.kiosk().journal().id();
    he.terminal.exchange();
    he.kiosk().synced();
    he.start();
    he.terminal.exchange();
    he.kiosk().synced();
    CHECK(he.kiosk().journal().id() == second);
}

TEST_CASE("the copy of a copy: three journals, one history")
{
    Copied he;
    he.sign_in("100200");
    he.want(OpenDuty{{"speak-up"}});
    he.want(GoToPage{2});
    he.hq_notices();
    he.want(AnswerCheck{he.see<ModuleScreen>().check->item, {"A"}});
    auto beside = sync::Beside::open(he.terminal.folder().beside());
    REQUIRE(beside);
    const auto second = he.kiosk().journal().id();
    he.terminal.exchange();
    REQUIRE(sync::change_sync_state(*beside, [&](sync::SyncState& state) { state.forked = state.receipt_of(second); }));
    he.kiosk().synced();
    const auto third = he.kiosk().journal().id();
    REQUIRE(third != second);
    he.want(GoToPage{3});
    CHECK(he.see<ModuleScreen>().page == 3);
    he.want(GoToPage{4});
    he.terminal.exchange();
    CHECK(he.terminal.hq.journals() == std::vector{he.first, second, third});
    he.start();
    he.sign_in("100200");
    he.want(ShowAllDuties{true});
    CHECK(he.see<DutiesScreen>().left == 2); // the module is done
}

TEST_CASE("verify, journal and status cover the journals before")
{
    Copied he;
    he.sign_in("100200");
    he.hq_notices();
    he.want(SignOut{});
    const auto strings = language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets/strings");
    std::ostringstream out;
    app::Command command{he.terminal.folder(), *strings, Language::en, Language::kk, true, he.terminal.clock, he.terminal.random, out};
    REQUIRE(app::verify_command(command));
    CHECK(out.str().find(R"("journals":2)") != std::string::npos);
    out.str("");
    REQUIRE(app::journal_command(command, 0));
    CHECK(out.str().find(he.first.text.substr(0, 16)) != std::string::npos);
    CHECK(out.str().find(R"("continues":")" + he.first.text) != std::string::npos);
    out.str("");
    REQUIRE(app::status_command(command));
    CHECK(out.str().find(he.first.text) != std::string::npos);

    const auto closed = sync::files_of(he.terminal.folder(), he.first).journal;
    {
        std::fstream file{closed, std::ios::binary | std::ios::in | std::ios::out};
        file.seekg(0, std::ios::end);
        const auto size = static_cast<long>(file.tellg());
        std::string all(static_cast<std::size_t>(size), ' ');
        file.seekg(0);
        file.read(all.data(), size);
        const auto at = all.find("signed in");
        REQUIRE(at != std::string::npos);
        file.seekp(static_cast<long>(at));
        file.put('S');
    }
    const auto verified = app::verify_command(command);
    REQUIRE(!verified);
    CHECK(verified.error().kind == ErrorKind::Corrupt);
}

TEST_CASE("a terminal whose earlier journal was taken away says so when it is verified")
{
    Copied he;
    he.hq_notices();
    const auto first = he.kiosk().journal().continues()->journal;
    const auto strings = language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets/strings").value();
    he.stop();
    std::ostringstream out;
    const app::Command command{he.terminal.folder(), strings, Language::en, Language::kk, false, he.terminal.clock, he.terminal.random, out};
    REQUIRE(app::verify_command(command));
    const auto closed = sync::files_of(he.terminal.folder(), first).journal;
    REQUIRE(std::filesystem::remove(closed));
    const auto verdict = app::verify_command(command);
    REQUIRE_FALSE(verdict);
    CHECK(verdict.error().message() == "journal.missing path=" + closed.string());
}
