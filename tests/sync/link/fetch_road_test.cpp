#include "sync/link/road.hpp"
#include "tests/support/web_server.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;
using support::WebServer;

namespace {

/// What came, and where it said it belonged.
struct Received {
    Bytes bytes;
    std::vector<Road::BlobAnswer> answers;
    std::size_t most = SIZE_MAX;
    Road::Sink sink()
    {
        return [this](const Road::BlobAnswer& answer, BytesView piece) {
            answers.push_back(answer);
            bytes.insert(bytes.end(), piece.begin(), piece.end());
            return bytes.size() <= most;
        };
    }
};

std::string some_text(std::size_t size)
{
    std::string text(size, ' ');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i * i % 23);
    return text;
}

/// HQ with one blob, which notes what it was asked.
struct Shelf {
    std::string content = some_text(300'000);
    httplib::Headers headers{}; // of the answer
    httplib::Request last{};
    WebServer server{[this](httplib::Server& http) {
        http.Get(R"(/sync/v1/blobs/(\w+))", [this](const httplib::Request& request, httplib::Response& reply) {
            last = request;
            reply.headers.insert(headers.begin(), headers.end());
            reply.set_content(content, "application/octet-stream");
        });
    }};
    Expected<Done> fetch(const Road::BlobQuestion& question, Received& received) const { return http_road(server.url())->fetch(question, received.sink()); }
};

/// Answers one request with these very bytes, then hangs up.
WebServer raw(int status, const std::string& text, const httplib::Headers& headers = {}, std::optional<std::size_t> promised = {})
{
    return WebServer{[=](httplib::Server& http) {
        http.Get(".*", [=](const httplib::Request&, httplib::Response& reply) {
            reply.status = status;
            reply.headers.insert(headers.begin(), headers.end());
            if (!promised) return reply.set_content(text, "application/octet-stream");
            reply.set_content_provider(*promised, "application/octet-stream", [=](std::size_t at, std::size_t, httplib::DataSink& sink) {
                return at < text.size() && sink.write(text.data() + at, text.size() - at);
            });
        });
    }};
}

} // namespace

TEST_CASE("a blob comes in pieces, with the authorisation in the header")
{
    const Shelf shelf;
    Received received;
    REQUIRE(shelf.fetch({.hash = {}, .base = {}, .authorisation = {1, 2, 3}}, received));
    CHECK(text_of(received.bytes) == shelf.content);
    CHECK(received.answers.size() > 1);
    CHECK(received.answers.front().from == 0);
    CHECK_FALSE(received.answers.front().is_delta);
    CHECK(shelf.last.path == "/sync/v1/blobs/" + std::string(64, '0'));
    CHECK(shelf.last.get_header_value("Authorization") == "Adal AQID");
    CHECK_FALSE(shelf.last.has_header("Range"));
    CHECK_FALSE(shelf.last.has_param("base"));
}

TEST_CASE("after a break only the rest is asked for")
{
    const Shelf shelf;
    Received received;
    REQUIRE(shelf.fetch({.hash = {}, .base = {}, .from = 299'000, .authorisation = {}}, received));
    CHECK(text_of(received.bytes) == shelf.content.substr(299'000));
    CHECK(received.answers.front().from == 299'000);
    CHECK(shelf.last.get_header_value("Range") == "bytes=299000-");
}

TEST_CASE("who knows no ranges sends all of it, and it is told so")
{
    const auto server = raw(200, "everything", {{"Accept-Ranges", "none"}});
    Received received;
    const auto road = http_road(server.url());
    REQUIRE(road->fetch({.hash = {}, .base = {}, .authorisation = {}}, received.sink()));
    CHECK(received.answers.front().from == 0);
    CHECK(text_of(received.bytes) == "everything");
}

TEST_CASE("a delta is one only when HQ says against which base, and it is the one that was named")
{
    Hash base{};
    base.fill(7);
    Shelf shelf;
    shelf.headers.emplace("Adal-Base", to_hex(base));
    Received received;
    REQUIRE(shelf.fetch({.hash = {}, .base = base, .authorisation = {}}, received));
    CHECK(received.answers.front().is_delta);
    CHECK(shelf.last.get_param_value("base") == to_hex(base));
    Received unasked, another;
    CHECK(shelf.fetch({.hash = {}, .base = {}, .authorisation = {}}, unasked).error().kind == ErrorKind::Corrupt);
    CHECK(shelf.fetch({.hash = {}, .base = Hash{}, .authorisation = {}}, another).error().kind == ErrorKind::Corrupt);
    CHECK(unasked.answers.size() + another.answers.size() == 0);
    shelf.headers.clear();
    Received whole;
    REQUIRE(shelf.fetch({.hash = {}, .base = base, .authorisation = {}}, whole));
    CHECK_FALSE(whole.answers.front().is_delta);
}

TEST_CASE("a road that breaks in the middle leaves what came, and is unavailable")
{
    const auto server = raw(200, some_text(5000), {}, 9000);
    Received received;
    CHECK(http_road(server.url())->fetch({.hash = {}, .base = {}, .authorisation = {}}, received.sink()).error().kind == ErrorKind::Unavailable);
    CHECK(text_of(received.bytes) == some_text(5000));
}

TEST_CASE("whoever takes no more ends it")
{
    const Shelf shelf;
    Received received{.bytes = {}, .answers = {}, .most = 1000};
    CHECK(shelf.fetch({.hash = {}, .base = {}, .authorisation = {}}, received).error().kind == ErrorKind::Corrupt);
    CHECK(received.bytes.size() < shelf.content.size());
}

TEST_CASE("a refusal is told, and none of its words is taken for content")
{
    for (const auto& [status, kind] : {std::pair{403, ErrorKind::Denied}, {404, ErrorKind::NotFound}, {416, ErrorKind::Corrupt}, {503, ErrorKind::Unavailable},
                                       {302, ErrorKind::Corrupt}, {204, ErrorKind::Corrupt}}) {
        const auto server = raw(status, "<html>trouble</html>");
        Received received;
        CHECK(http_road(server.url())->fetch({.hash = {}, .base = {}, .authorisation = {}}, received.sink()).error().kind == kind);
        CHECK(received.answers.empty());
    }
    const auto server = raw(404, R"({"error":"hq.blob.unknown","arguments":{"hash":"ab"}})");
    Received received;
    CHECK(http_road(server.url())->fetch({.hash = {}, .base = {}, .authorisation = {}}, received.sink()).error().key == "hq.blob.unknown");
}

TEST_CASE("a refusal that goes on and on is cut off")
{
    const auto server = raw(403, std::string(10'000'000, 'x'));
    Received received;
    CHECK_FALSE(http_road(server.url())->fetch({.hash = {}, .base = {}, .authorisation = {}}, received.sink()));
    CHECK(received.answers.empty());
}

TEST_CASE("a body goes up under its hash; HQ's sentence comes back when it is refused")
{
    std::string path, body, authorisation;
    int status = 201;
    const WebServer server{[&](httplib::Server& http) {
        http.Put(".*", [&](const httplib::Request& request, httplib::Response& reply) {
            path = request.path;
            body = request.body;
            authorisation = request.get_header_value("Authorization");
            reply.status = status;
            if (status >= 400) reply.set_content(R"({"error":"hq.blob.hash","arguments":{}})", "application/json");
        });
    }};
    const auto road = http_road(server.url());
    CHECK(road->put_blob({}, bytes_of(std::string_view{"\0sealed", 7}), {1, 2, 3}));
    CHECK(path == "/sync/v1/blobs/" + std::string(64, '0'));
    CHECK(body == std::string("\0sealed", 7));
    CHECK(authorisation == "Adal AQID");
    status = 403;
    CHECK(road->put_blob({}, bytes_of("x"), {}).error().message() == "hq.blob.hash");
}

TEST_CASE("a neighbour's bundle goes up, and HQ's bundle for it comes down")
{
    std::string body;
    const WebServer server{[&](httplib::Server& http) {
        http.Post("/sync/v1/bundles", [&](const httplib::Request& request, httplib::Response& reply) {
            body = request.body;
            reply.set_content("down", "application/octet-stream");
        });
    }};
    CHECK(text_of(*http_road(server.url())->bundle(bytes_of("up"))) == "down");
    CHECK(body == "up");
}
