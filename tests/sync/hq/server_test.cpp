#include "sync/hq/server.hpp"
#include "tests/sync/hq/headquarters.hpp"
#include <httplib.h>
#include <thread>

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

/// HQ at a real port.
struct Listening {
    Headquarters headquarters;
    language::Strings strings =
        language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets" / "strings").value();
    std::unique_ptr<hq::Console> console =
        hq::Console::create(headquarters.stores, headquarters.folder, strings, headquarters.clock, headquarters.random,
                            std::filesystem::path{ADAL_SOURCE} / "assets")
            .value();
    std::unique_ptr<hq::Server> server =
        hq::Server::listen({.port = 0}, *headquarters.intake, *console, strings, headquarters.clock).value();
    std::thread thread{[this] { server->run(); }};
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server->port()); }
    httplib::Client client() const
    {
        httplib::Client made{url()};
        for (int i = 0; i < 200 && !made.Get("/sync/v1/keys"); ++i) std::this_thread::yield();
        return made;
    }
    ~Listening()
    {
        client(); // it has begun, so it can be stopped
        server->stop();
        thread.join();
    }
};

} // namespace

TEST_CASE("a terminal talks to HQ over HTTP")
{
    Listening listening;
    listening.client();
    Terminal terminal{listening.headquarters};
    terminal.finish_module(PersonId{"p-000001"});
    const auto road = http_road(listening.url());
    const auto exchanged = terminal.exchange(*road);
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(read_sync_state(*terminal.beside).receipt_of(terminal.journal->id())->head == terminal.journal->head());
}

TEST_CASE("errors on the road are JSON that names what was wrong")
{
    Listening listening;
    auto client = listening.client();
    const auto garbage = client.Post("/sync/v1/exchange", "not an envelope", "application/octet-stream");
    REQUIRE(garbage);
    CHECK(garbage->status == 400);
    CHECK(garbage->get_header_value("Content-Type") == "application/json");
    CHECK(garbage->body.find("envelope.malformed") != std::string::npos);
    CHECK(client.Get("/sync/v1/blobs/" + std::string(64, 'a'))->status == 403);
    CHECK(client.Get("/sync/v1/unheard-of")->status == 303); // the console's sign-in
}

TEST_CASE("too large a body is cut off, whether it says its length or comes in chunks")
{
    Listening listening;
    auto client = listening.client();
    const std::string huge(hq::largest_request + 4096, 'x');
    const auto told = client.Post("/sync/v1/exchange", huge, "application/octet-stream");
    CHECK((!told || told->status == 413));
    std::size_t sent = 0;
    const auto chunked = client.Post(
        "/sync/v1/exchange",
        [&](std::size_t, httplib::DataSink& sink) {
            const bool goes_on = sink.write(huge.data(), 1 << 20);
            sent += 1 << 20;
            if (sent > 64U << 20) sink.done();
            return goes_on;
        },
        "application/octet-stream");
    CHECK((!chunked || chunked->status == 413));
    CHECK(sent < 64U << 20);
    CHECK(listening.client().Get("/sync/v1/keys")->status == 200);
}

TEST_CASE("a long address and a form of many parts are answered, and HQ goes on")
{
    Listening listening;
    auto client = listening.client();
    for (const std::size_t size : {std::size_t{1000}, std::size_t{8000}, std::size_t{20000}})
        CHECK(client.Get("/" + std::string(size, 'a')));
    const std::string parts = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n";
    for (const char* path : {"/login", "/sync/v1/exchange", "/sync/v1/enrolments"}) {
        const auto reply = listening.client().Post(path, parts, "multipart/form-data; boundary=x");
        CHECK((!reply || reply->status >= 400));
    }
    CHECK(listening.client().Get("/sync/v1/keys")->status == 200);
}

TEST_CASE("enrolment codes cannot be tried by the thousand")
{
    Listening listening;
    auto client = listening.client();
    int last = 0;
    for (int i = 0; i < 25; ++i) last = client.Post("/sync/v1/enrolments", "guess", "application/octet-stream")->status;
    CHECK(last == 429);
}

TEST_CASE("a pack is given to an enrolled terminal, from any byte on, one range at a time")
{
    Listening listening;
    auto client = listening.client();
    Terminal terminal{listening.headquarters};
    const std::string text(1000, 'p');
    const auto hash = sha256(bytes_of(text));
    auto store = listening.headquarters.stores.borrow().value();
    REQUIRE(store->db().execute("INSERT INTO pack (hash, kind, content) VALUES ($1, 'library', $2)",
                                {blob(hash), blob(bytes_of(text))}));
    const auto path = "/sync/v1/blobs/" + to_hex(hash);
    const auto authorisation =
        "Adal " + to_base64(blob_authorisation(terminal.enrolment.certificate.terminal, "", hash, *terminal.key));
    CHECK(client.Get(path, {{"Authorization", authorisation}})->body == text);
    const auto rest = client.Get(path, {{"Authorization", authorisation}, {"Range", "bytes=900-"}});
    CHECK(rest->status == 206);
    CHECK(rest->body.size() == 100);
    CHECK(client.Get(path, {{"Authorization", authorisation}, {"Range", "bytes=0-,0-,0-,0-"}})->status == 416);
    CHECK(client.Get(path)->status == 403);
}
