#include "sync/hq/server.hpp"
#include "sync/packs/delta.hpp"
#include "tests/support/certificates.hpp"
#include "tests/sync/hq/headquarters.hpp"
#include <fstream>
#include <httplib.h>
#include <thread>

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

/// HQ at a real port; over TLS when it has a certificate.
struct Listening {
    explicit Listening(const std::optional<support::Certificate>& given = {}) : certificate(given) {}

    std::optional<support::Certificate> certificate;
    Headquarters headquarters;
    language::Strings strings =
        language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets" / "strings").value();
    std::unique_ptr<hq::Console> console =
        hq::Console::create(headquarters.stores, headquarters.folder, strings, headquarters.clock, headquarters.random,
                            std::filesystem::path{ADAL_SOURCE} / "assets")
            .value();
    std::unique_ptr<hq::Server> server =
        hq::Server::listen(options(), *headquarters.intake, *console, strings, headquarters.clock).value();
    std::thread thread{[this] { server->run(); }};
    std::string url() const
    {
        return (certificate ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(server->port());
    }
    hq::Server::Options options() const
    {
        hq::Server::Options wished{.port = 0};
        if (!certificate) return wished;
        wished.certificate = (headquarters.root.path() / "hq.pem").string();
        wished.key = (headquarters.root.path() / "hq.key").string();
        std::ofstream{wished.certificate} << certificate->pem();
        std::ofstream{wished.key} << certificate->key_pem();
        return wished;
    }
    httplib::Client client() const
    {
        httplib::Client made{url()};
        made.enable_server_certificate_verification(false);
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

namespace {

/// A pack in HQ's store, and a terminal that may ask for it.
struct Shelf {
    Listening listening;
    httplib::Client client = listening.client();
    Terminal terminal{listening.headquarters};

    Hash put(const std::string& text)
    {
        const auto hash = sha256(bytes_of(text));
        auto store = listening.headquarters.stores.borrow().value();
        REQUIRE(store->db().execute("INSERT INTO pack (hash, kind, content) VALUES ($1, 'library', $2)",
                                    {blob(hash), blob(bytes_of(text))}));
        return hash;
    }
    Bytes authorisation(const Hash& hash) const
    {
        return blob_authorisation(terminal.enrolment.certificate.terminal, "", hash, *terminal.key);
    }
    httplib::Result get(const Hash& hash, const std::string& range = "", const std::string& query = "")
    {
        httplib::Headers headers{{"Authorization", "Adal " + to_base64(authorisation(hash))}};
        if (!range.empty()) headers.emplace("Range", range);
        return client.Get("/sync/v1/blobs/" + to_hex(hash) + query, headers);
    }
};

std::string counted(std::size_t size)
{
    std::string text;
    while (text.size() < size) text += std::to_string(text.size()) + " ";
    return text.substr(0, size);
}

} // namespace

TEST_CASE("a pack is given to an enrolled terminal, from any byte on, one range at a time")
{
    Shelf shelf;
    const auto text = counted(1000);
    const auto hash = shelf.put(text);
    CHECK(shelf.get(hash)->body == text);
    const auto rest = shelf.get(hash, "bytes=900-");
    CHECK(rest->status == 206);
    CHECK(rest->body == text.substr(900));
    CHECK(rest->get_header_value("Content-Range") == "bytes 900-999/1000");
    CHECK(shelf.get(hash, "bytes=10-19")->body == text.substr(10, 10));
    CHECK(shelf.client.Get("/sync/v1/blobs/" + to_hex(hash))->status == 403);
}

TEST_CASE("ranges that lie elsewhere, run backwards, are many or no numbers are refused, and HQ goes on")
{
    Shelf shelf;
    const auto hash = shelf.put(counted(1000));
    for (const auto* range : {"bytes=0-,0-,0-,0-", "bytes=1000-", "bytes=5000-", "bytes=20-10", "bytes=-5", "bytes=0-1000",
                              "bytes=99999999999999999999999-", "bytes=9223372036854775807-9223372036854775807"}) {
        const auto reply = shelf.get(hash, range);
        CAPTURE(range);
        CHECK((!reply || reply->status == 416 || reply->status == 400));

    }
    CHECK(shelf.get(hash)->body.size() == 1000);
}

TEST_CASE("a terminal's road fetches a pack from where it broke off")
{
    Shelf shelf;
    const auto text = counted(200'000);
    const auto hash = shelf.put(text);
    std::string came;
    const auto road = http_road(shelf.listening.url());
    const auto keep = [&](const Road::BlobAnswer& answer, BytesView piece) {
        CHECK(answer.from == 150'000);
        came += text_of(piece);
        return true;
    };
    REQUIRE(road->fetch({.hash = hash, .base = {}, .from = 150'000, .authorisation = shelf.authorisation(hash)}, keep));
    CHECK(came == text.substr(150'000));
}

TEST_CASE("who has a pack already gets the new one as a delta, from any byte on; who names an unknown one gets all of it")
{
    Shelf shelf;
    const auto before = counted(100'000), after = before.substr(0, 60'000) + "a new sentence" + before.substr(60'000);
    const auto base = shelf.put(before), hash = shelf.put(after);
    const auto road = http_road(shelf.listening.url());
    Bytes delta;
    bool is_delta = false;
    const auto keep = [&](const Road::BlobAnswer& answer, BytesView piece) {
        is_delta = answer.is_delta;
        delta.resize(static_cast<std::size_t>(answer.from));
        delta.insert(delta.end(), piece.begin(), piece.end());
        return true;
    };
    const Road::BlobQuestion question{.hash = hash, .base = base, .authorisation = shelf.authorisation(hash)};
    REQUIRE(road->fetch(question, keep));
    CHECK(is_delta);
    CHECK(delta.size() < 1000);
    CHECK(text_of(*apply_delta(bytes_of(before), delta, after.size())) == after);
    auto rest = question;
    rest.from = delta.size() - 10;
    REQUIRE(road->fetch(rest, keep));
    CHECK(text_of(*apply_delta(bytes_of(before), delta, after.size())) == after);
    const auto whole = shelf.get(hash, "", "?base=" + std::string(64, 'a'));
    CHECK_FALSE(whole->has_header("Adal-Base"));
    CHECK(whole->body == after);
    CHECK(shelf.get(hash, "", "?base=nonsense")->body == after);
}

TEST_CASE("a sealed body goes up under its hash, twice as well as once; another's bytes, an unsigned and a huge one are refused")
{
    Shelf shelf;
    const auto road = http_road(shelf.listening.url());
    const auto body = bytes_of("sealed");
    const auto hash = sha256(body);
    CHECK(road->put_blob(hash, body, shelf.authorisation(hash)));
    CHECK(road->put_blob(hash, body, shelf.authorisation(hash)));
    CHECK_FALSE(road->put_blob(hash, bytes_of("other"), shelf.authorisation(hash)));
    CHECK(road->put_blob(hash, body, {}).error().kind == ErrorKind::Denied);
    const auto path = "/sync/v1/blobs/" + to_hex(hash);
    const auto huge =
        shelf.client.Put(path, std::string(hq::largest_request + 4096, 'x'), "application/octet-stream");
    CHECK((!huge || huge->status == 413));
    CHECK(shelf.listening.client().Get("/sync/v1/keys")->status == 200);
}

TEST_CASE("a terminal talks to HQ over TLS by the company's own authority, and to nobody else's HQ")
{
    const auto company = support::an_authority("Company");
    Listening listening{support::issued_by(company, {.from_day = -400, .until_day = -30})};
    listening.client();
    Terminal terminal{listening.headquarters};
    terminal.finish_module(PersonId{"p-000001"});
    const auto foreign = http_road(listening.url(), {support::an_authority("Another").pem()});
    CHECK(terminal.exchange(*foreign).error().key == "link.tls_untrusted");
    const auto road = http_road(listening.url(), {company.pem()});
    const auto exchanged = terminal.exchange(*road);
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(read_sync_state(*terminal.beside).receipt_of(terminal.journal->id())->head == terminal.journal->head());
}

TEST_CASE("HQ says over HTTP that it cannot read a part, so that who carries it may put it down")
{
    Listening listening;
    listening.client();
    const auto road = http_road(listening.url());
    const auto refused = road->bundle(bytes_of("not a bundle"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().key == "bundle.broken");
}
