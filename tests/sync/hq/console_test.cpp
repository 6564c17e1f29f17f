#include "content/language/dates.hpp"
#include "sync/hq/console.hpp"
#include "sync/hq/journals.hpp"
#include "sync/hq/revocations.hpp"
#include "tests/sync/hq/headquarters.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

const language::Strings& words()
{
    static const auto strings =
        language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets" / "strings").value();
    return strings;
}

/// A browser of few lines: keeps cookies, sends forms.
struct Browser {
    Headquarters& headquarters;
    std::unique_ptr<hq::Console> console;
    std::map<std::string, std::string> cookies;

    explicit Browser(Headquarters& at) : headquarters(at)
    {
        auto made = hq::Console::create(at.stores, at.folder, words(), at.clock, at.random,
                                        std::filesystem::path{ADAL_SOURCE} / "assets");
        REQUIRE_MESSAGE(made, made.error().message());
        console = std::move(*made);
    }
    hq::WebReply send(hq::WebRequest request)
    {
        request.cookies = cookies;
        request.remote = "127.0.0.1";
        auto reply = console->answer(request);
        for (const auto& [name, value] : reply.headers)
            if (name == "Set-Cookie") keep(value);
        return reply;
    }
    hq::WebReply get(const std::string& path, std::map<std::string, std::string> query = {})
    {
        return send({.method = "GET", .path = path, .query = std::move(query)});
    }
    hq::WebReply post(const std::string& path, std::map<std::string, std::string> form)
    {
        return send({.method = "POST", .path = path, .query = {}, .form = std::move(form)});
    }
    hq::WebReply log_in(const std::string& password, const std::string& login = "admin")
    {
        get("/login");
        return post("/login",
                    {{"form", cookies["adal_form"]}, {"login", login}, {"password", password}, {"to", "/people"}});
    }
    void keep(const std::string& cookie)
    {
        const auto end = cookie.find(';'), equals = cookie.find('=');
        cookies[cookie.substr(0, equals)] = cookie.substr(equals + 1, end - equals - 1);
    }
};

std::string header(const hq::WebReply& reply, const std::string& wanted)
{
    for (const auto& [name, value] : reply.headers)
        if (name == wanted) return value;
    return "";
}

} // namespace

TEST_CASE("without a session every page leads to the sign-in, and then back")
{
    Headquarters headquarters;
    Browser browser{headquarters};
    const auto away = browser.get("/people", {{"site", "balkhash"}});
    CHECK(away.status == 303);
    CHECK(header(away, "Location") == "/login?to=%2Fpeople%3Fsite%3Dbalkhash");
    const auto in = browser.log_in(headquarters.founded.password);
    CHECK(in.status == 303);
    CHECK(header(in, "Location") == "/people");
    const auto people = browser.get("/people");
    CHECK(people.status == 200);
    CHECK(people.body.find("Ахметов") != std::string::npos);
    CHECK(header(people, "Content-Security-Policy").find("default-src 'none'") != std::string::npos);
}

TEST_CASE("the session cookie is out of reach of scripts and other sites")
{
    Headquarters headquarters;
    Browser browser{headquarters};
    const auto cookie = header(browser.log_in(headquarters.founded.password), "Set-Cookie");
    CHECK(cookie.starts_with("adal_session="));
    CHECK(cookie.find("HttpOnly") != std::string::npos);
    CHECK(cookie.find("SameSite=Strict") != std::string::npos);
}

TEST_CASE("a wrong password says what to do, and many of them have to wait")
{
    Headquarters headquarters;
    Browser browser{headquarters};
    const auto wrong = browser.log_in("not this one");
    CHECK(wrong.status == 403);
    CHECK(wrong.body.find(words().say(Language::ru, "hq.login.wrong")) != std::string::npos);
    for (int i = 0; i < 4; ++i) browser.log_in("not this one");
    CHECK(browser.log_in(headquarters.founded.password).status == 429);
    headquarters.clock.advance(std::chrono::minutes{2});
    CHECK(browser.log_in(headquarters.founded.password).status == 303);
}

TEST_CASE("a form from elsewhere is not accepted")
{
    Headquarters headquarters;
    Browser browser{headquarters};
    CHECK(browser.post("/login", {{"form", "guess"}, {"login", "admin"}, {"password", headquarters.founded.password}})
              .status == 403);
    browser.log_in(headquarters.founded.password);
    CHECK(browser.post("/logout", {{"csrf", "guess"}}).status == 403);
    CHECK(browser.get("/people").status == 200);
}

TEST_CASE("after the sign-in one is led to our own pages only")
{
    Headquarters headquarters;
    Browser browser{headquarters};
    browser.get("/login");
    const auto in = browser.post("/login", {{"form", browser.cookies["adal_form"]},
                                            {"login", "admin"},
                                            {"password", headquarters.founded.password},
                                            {"to", "//elsewhere.example"}});
    CHECK(header(in, "Location") == "/");
}

TEST_CASE("every page speaks the chosen language and no page shows a key of the strings")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.record(PersonId{"p-000001"}, {SignedIn{{"balkhashtsvetmet"}, Identification::OneTimeCode, Language::kk}});
    terminal.finish_module(PersonId{"p-000001"});
    terminal.pass_test(PersonId{"p-000001"}, 16, true);
    REQUIRE(terminal.exchange());
    Browser browser{headquarters};
    browser.log_in(headquarters.founded.password);
    for (const auto language : all_languages) {
        CHECK(browser.get("/people", {{"lang", std::string{code(language)}}}).status == 303);
        for (const char* path : {"/", "/people", "/overdue", "/analysis", "/terminals", "/people/p-000001"}) {
            const auto page = browser.get(path);
            INFO(path, " ", code(language));
            CHECK(page.status == 200);
            CHECK(page.body.find("lang=\"" + std::string{code(language)} + "\"") != std::string::npos);
            CHECK(page.body.find(words().say(language, "hq.demo")) != std::string::npos);
            for (const char* key : {">hq.", " hq.", "\"hq.", ">duty.", "{{"})
                CHECK_MESSAGE(page.body.find(key) == std::string::npos, key);
        }
    }
}

TEST_CASE("a withdrawn terminal's page says since when and what waits, and nothing of it is said where nothing is")
{
    Headquarters headquarters;
    Terminal terminal{headquarters}, other{headquarters};
    REQUIRE(terminal.exchange());
    REQUIRE(other.exchange());
    const auto& id = terminal.enrolment.certificate.terminal;
    auto store = headquarters.stores.borrow().value();
    REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
        const auto heads = hq::revoke(*store, id, false, headquarters.clock.now().at);
        if (!heads) return heads.error();
        return Done{};
    }));
    terminal.finish_module(PersonId{"p-000001"});
    CHECK_FALSE(terminal.exchange());
    Browser browser{headquarters};
    browser.log_in(headquarters.founded.password);
    for (const auto language : all_languages) {
        browser.get("/terminals", {{"lang", std::string{code(language)}}});
        const auto has = [&](const hq::WebReply& page, const char* key) { return page.body.find(words().say(language, key)) != std::string::npos; };
        const auto list = browser.get("/terminals"), withdrawn = browser.get("/terminals/" + id.text),
                   at_work = browser.get("/terminals/" + other.enrolment.certificate.terminal.text);
        CHECK(has(list, "hq.terminal.withdrawn"));
        CHECK(list.body.find("{terminal}") == std::string::npos);
        CHECK(has(withdrawn, "hq.terminal.withdrawn"));
        CHECK(withdrawn.body.find(language::date_and_time(headquarters.clock.now().at, language)) != std::string::npos);
        CHECK(withdrawn.body.find("adal-hq terminal accept " + id.text) != std::string::npos);
        CHECK_FALSE(has(at_work, "hq.terminal.withdrawn"));
        CHECK(at_work.body.find("class=\"ban") == std::string::npos);
    }
}

TEST_CASE("the overview says that HQ was put back, and what to run")
{
    Headquarters headquarters;
    Browser browser{headquarters};
    browser.log_in(headquarters.founded.password);
    CHECK(browser.get("/").body.find("role=\"alert\"") == std::string::npos);
    auto store = headquarters.stores.borrow().value();
    REQUIRE(store->write([&](std::int64_t) { return store->put_meta("rolled back", "aa 28 1-0000000000000000 1795000000000 t-07"); }));
    for (const char* path : {"/", "/terminals"}) {
        const auto page = browser.get(path);
        CHECK(page.body.find("role=\"alert\"") != std::string::npos);
        CHECK(page.body.find("T-07") != std::string::npos);
        CHECK(page.body.find("adal-hq restore --in-place") != std::string::npos);
    }
}

TEST_CASE("an unknown page, an unknown person and an address with signs in it are answered calmly")
{
    Headquarters headquarters;
    Browser browser{headquarters};
    browser.log_in(headquarters.founded.password);
    CHECK(browser.get("/nowhere").status == 404);
    CHECK(browser.get("/people/p-999999").status == 404);
    const auto page = browser.get("/people", {{"q", "<script>alert(1)</script>"}, {"page", "-3"}, {"site", "'\"><b>"}});
    CHECK(page.status == 200);
    CHECK(page.body.find("<script>") == std::string::npos);
    CHECK(browser.get("/people", {{"page", "99999999999999"}}).status == 200);
}

TEST_CASE("a disabled user's session ends at once")
{
    Headquarters headquarters;
    Browser browser{headquarters};
    browser.log_in(headquarters.founded.password);
    auto store = headquarters.stores.borrow().value();
    REQUIRE(store->write([&](std::int64_t) { return hq::disable_user(*store, "admin"); }));
    CHECK(browser.get("/people").status == 303);
    CHECK(browser.log_in(headquarters.founded.password).status == 403);
}

TEST_CASE("facts of somebody whom the roster does not know are shown as such")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.record(PersonId{"p-stranger"}, {UnknownFact{"tea drunk", R"({"cups":3})"}});
    REQUIRE(terminal.exchange());
    Browser browser{headquarters};
    browser.log_in(headquarters.founded.password);
    CHECK(browser.get("/people").body.find("/people/p-stranger") != std::string::npos);
    const auto page = browser.get("/people/p-stranger");
    CHECK(page.status == 200);
    CHECK(page.body.find("tea drunk") != std::string::npos);
}

TEST_CASE("an HR officer with units sees the people of her units only, and compliance sees no names")
{
    Headquarters headquarters;
    auto store = headquarters.stores.borrow().value();
    REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
        const auto now = headquarters.clock.now().at;
        if (auto added = hq::add_user(*store, {"madina", hq::Role::Hr, {{"balkhash-mechanical"}}}, "long enough", now,
                                      Effort::Test);
            !added)
            return added;
        return hq::add_user(*store, {"saule", hq::Role::Compliance, {}}, "long enough", now, Effort::Test);
    }));
    Browser madina{headquarters}, saule{headquarters};
    madina.log_in("long enough", "madina");
    CHECK(madina.get("/people").body.find("/people/p-000001") != std::string::npos);
    CHECK(madina.get("/people").body.find("/people/p-000002") == std::string::npos); // the smelter
    CHECK(madina.get("/people/p-000001").status == 200);
    CHECK(madina.get("/people/p-000002").status == 404);
    saule.log_in("long enough", "saule");
    CHECK(saule.get("/").status == 200);
    CHECK(saule.get("/analysis").status == 200);
    CHECK(saule.get("/people").status == 403);
    CHECK(saule.get("/people/p-000001").status == 403);
}

TEST_CASE("what waits in quarantine, and what a terminal cannot speak for, puts nobody on the list of strangers")
{
    Headquarters headquarters;
    Terminal withdrawn{headquarters};
    REQUIRE(withdrawn.exchange());
    {
        auto store = headquarters.stores.borrow().value();
        REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
            const auto heads = hq::revoke(*store, withdrawn.journal->terminal(), true, headquarters.clock.now().at);
            return heads ? Expected<Done>{Done{}} : heads.error();
        }));
    }
    withdrawn.record(PersonId{"p-a-thief-wrote-this"}, {UnknownFact{"tea drunk", R"({"cups":3})"}});
    REQUIRE(headquarters.intake->exchange(withdrawn.envelope(withdrawn.request())));
    Terminal liar{headquarters};
    liar.record(PersonId{"p-stated-by-a-terminal"}, {CodeIssued{aigerim, 1, 0}});
    REQUIRE(liar.exchange());
    Browser browser{headquarters};
    browser.log_in(headquarters.founded.password);
    const auto page = browser.get("/people").body;
    CHECK(page.find("p-a-thief-wrote-this") == std::string::npos);
    CHECK(page.find("p-stated-by-a-terminal") == std::string::npos);
}

TEST_CASE("the analysis names items by their codes and never shows what they ask")
{
    Headquarters headquarters;
    publish(headquarters);
    Browser browser{headquarters};
    browser.log_in(headquarters.founded.password);
    for (const auto language : all_languages) {
        browser.get("/analysis", {{"lang", std::string{code(language)}}});
        const auto page = browser.get("/analysis/probation", {{"group", "site:nowhere"}, {"page", "99999"}, {"marked", "1"}});
        CHECK(page.status == 200);
        CHECK(page.body.find(words().say(language, "hq.analysis.title")) != std::string::npos);
        for (const char* key : {">hq.", " hq.", "\"hq.", "{{"}) CHECK_MESSAGE(page.body.find(key) == std::string::npos, key);
    }
    CHECK(browser.get("/analysis/nothing").status == 404);
}

TEST_CASE("the evidence tells a fact's time by the terminal's clock and by HQ's, and how exactly the latter is known")
{
    Headquarters headquarters;
    publish(headquarters);
    Terminal terminal{headquarters};
    const auto right = headquarters.clock.moment.at;
    headquarters.clock.step(-std::chrono::hours{26}); // the terminal's battery is dead
    terminal.finish_module(aigerim, 1);
    Browser browser{headquarters};
    const auto page = [&] {
        headquarters.clock.moment.at = right;
        browser.log_in(headquarters.founded.password);
        browser.get("/people", {{"lang", "en"}});
        return browser.get("/people/" + aigerim.text, {{"duty", "speak-up"}}).body;
    };
    headquarters.clock.moment.at = right;
    REQUIRE(terminal.exchange());
    const language::Strings& strings = words();
    const auto said = [&](const char* key, const Arguments& arguments) { return strings.say(Language::en, key, arguments); };
    const auto shown_at = [&](UtcTime at) { return language::date_and_time(at, Language::en); };
    const auto row = terminal.journal->rows_after(terminal.journal->head().seq - 1, 1).value().at(0);
    const auto own = shown_at(from_ms(row.at_ms));
    CHECK(page().find(said("hq.evidence.clock.never", {{"own", own}})) != std::string::npos);

    const auto uptime = headquarters.clock.moment.uptime.count();
    terminal.record(PersonId{"p-000002"}, {ClockCompared{.hq_ms = to_ms(right), .uptime_ms = uptime, .uncertainty_ms = 40}});
    REQUIRE(terminal.journal->append(terminal.journal->terminal(), {ClockCompared{.hq_ms = to_ms(right), .uptime_ms = uptime, .uncertainty_ms = 40}}));
    REQUIRE(terminal.exchange());
    CHECK(page().find(said("hq.evidence.clock.within", {{"own", own}, {"at", shown_at(right - (Elapsed{uptime} - Elapsed{row.uptime_ms}))}, {"within", said("hq.evidence.clock.seconds", {{"n", "1"}})}})) !=
          std::string::npos);
}

TEST_CASE("attempts beyond what a test allows are all counted, and shown to those who see the person")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    for (int i = 0; i < 4; ++i) terminal.pass_test(aigerim, 5, false);
    REQUIRE(terminal.exchange());
    Browser browser{headquarters};
    browser.log_in(headquarters.founded.password);
    const auto page = browser.get("/people").body;
    CHECK(page.find("/people/p-000001?duty=probation-test") != std::string::npos);
    auto store = headquarters.stores.borrow().value();
    REQUIRE(store->write([&](std::int64_t) { return hq::add_user(*store, {"elsewhere", hq::Role::Hr, {{"no-unit-of-hers"}}}, "long enough", headquarters.clock.now().at); }));
    Browser other{headquarters};
    other.log_in("long enough", "elsewhere");
    CHECK(other.get("/people").body.find("p-000001?duty=probation-test") == std::string::npos);
}
