#include "app/commands.hpp"
#include "tests/app/hands.hpp"
#include <fstream>
#include <sstream>

using namespace adal;
using namespace adal::support;

namespace {

struct Withdrawn : Hands {
    void hq_withdraws()
    {
        terminal.hq.has_withdrawn = true;
        CHECK(terminal.try_exchange().error().key == "link.revoked");
        kiosk().synced();
    }
};

} // namespace

TEST_CASE("a terminal that HQ withdraws signs out, says so in her language, and accepts nothing more")
{
    Withdrawn he;
    he.sign_in("100200");
    he.begin_test();
    he.answer();
    he.hq_withdraws();
    REQUIRE(he.shown() == "trouble");
    CHECK(he.see<TroubleScreen>().text == "HQ has withdrawn this terminal from use. What was recorded on it is kept.");
    CHECK(he.kiosk().surround().person.empty());
    CHECK(he.all<sync::SignedOut>().size() == 1);
    CHECK(he.kiosk().stopped());
    const auto head = he.head();
    he.want(ChooseLanguage{Language::ru});
    CHECK(he.see<TroubleScreen>().text.starts_with("Центр"));
    he.want(ChooseLanguage{Language::kk});
    CHECK(!he.see<TroubleScreen>().next.empty());
    he.want(Confirm{});
    he.want(BeginSignIn{});
    he.enter("100200");
    he.wait(std::chrono::minutes{30}); // the test's time is over
    he.terminal.clock.step(std::chrono::hours{5});
    he.kiosk().tick();
    he.kiosk().synced();
    CHECK(he.shown() == "trouble");
    CHECK(he.head() == head);
}

TEST_CASE("after the restart it is still withdrawn; its journal is whole and its people are gone")
{
    Withdrawn he;
    he.sign_in("100200");
    he.stop();
    he.terminal.hq.has_withdrawn = true;
    CHECK(!he.terminal.try_exchange());
    he.start();
    CHECK(he.shown() == "trouble");
    CHECK(he.all<sync::SignedOut>() == std::vector{sync::SignedOut{sync::SignOutReason::Restart}});
    CHECK(he.kiosk().journal().verify());
    CHECK(!std::filesystem::exists(he.terminal.folder().packs()));
    he.want(BeginSignIn{});
    CHECK(he.shown() == "trouble");

    const auto strings = language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets/strings");
    std::ostringstream out;
    app::Command command{he.terminal.folder(), *strings, Language::en, Language::kk, true, he.terminal.clock, he.terminal.random, out};
    REQUIRE(app::status_command(command));
    CHECK(out.str().find(R"("withdrawn":"2026-11-22)") != std::string::npos);
    CHECK(out.str().find(R"("people":0)") != std::string::npos);
    he.stop();
    CHECK(app::sync_command(command).error().key == "link.revoked");
}

TEST_CASE("I dispute this: her words are sealed to HQ before they touch the disk, and HQ gets both")
{
    Hands he;
    he.sign_in("100200");
    he.begin_test();
    he.answer_all(1);
    he.submit();
    const auto head = he.head();
    he.want(DisputeResult{" \n"});
    CHECK(title(he.see<ResultScreen>().notice) == "Nothing is written yet");
    he.want(DisputeResult{std::string(4001, 'x')});
    CHECK(title(he.see<ResultScreen>().notice) == "This is too long");
    CHECK(he.head() == head);
    he.want(DisputeResult{"Question 3 has two right answers"});
    CHECK(title(he.see<ResultScreen>().notice) == "Your words are saved");
    const auto disputed = he.all<quizzes::ResultDisputed>();
    REQUIRE(disputed.size() == 1);
    he.terminal.exchange();
    REQUIRE(he.terminal.hq.bodies.contains(disputed[0].words));
    CHECK(text_of(he.terminal.hq.opened(disputed[0].words)) == "Question 3 has two right answers");
    he.stop();
    for (const auto& entry : std::filesystem::recursive_directory_iterator{he.terminal.folder().root}) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file{entry.path(), std::ios::binary};
        const std::string all{std::istreambuf_iterator<char>{file}, {}};
        CHECK_MESSAGE(all.find("two right answers") == std::string::npos, entry.path().string());
    }
}
