#include "sync/link/road.hpp"
#include <doctest/doctest.h>
#include <httplib.h>
#include <thread>

using namespace adal;
using namespace adal::sync;

namespace {

/// A server on a free port of this machine, for as long as the test takes.
class Server {
public:
    explicit Server(const std::function<void(httplib::Server&)>& prepare)
    {
        server_.set_tcp_nodelay(true);
        prepare(server_);
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread{[this] { server_.listen_after_bind(); }};
        while (!server_.is_running()) std::this_thread::yield();
    }
    ~Server()
    {
        server_.stop();
        thread_.join();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

private:
    httplib::Server server_;
    int port_ = 0;
    std::thread thread_;
};

Server saying(int status, const std::string& text)
{
    return Server{[=](httplib::Server& server) {
        server.Post("/sync/v1/exchange", [=](const httplib::Request&, httplib::Response& response) {
            response.status = status;
            response.set_content(text, "application/octet-stream");
        });
    }};
}

ErrorKind kind_for(int status)
{
    const auto server = saying(status, "<html>trouble</html>");
    return http_road(server.url())->exchange(bytes_of("x")).error().kind;
}

} // namespace

TEST_CASE("bytes go up and come down as they are")
{
    std::string path, body, authorisation;
    const Server server{[&](httplib::Server& http) {
        const auto note = [&](const httplib::Request& request, httplib::Response& response) {
            path = request.path;
            body = request.body;
            authorisation = request.get_header_value("Authorization");
            response.set_content(std::string("\0\xff" "answer", 8), "application/octet-stream");
        };
        http.Post(".*", note);
        http.Get(".*", note);
    }};
    const auto road = http_road(server.url());
    CHECK(text_of(*road->exchange(bytes_of(std::string_view{"\0x", 2}))) == std::string("\0\xff" "answer", 8));
    CHECK(path == "/sync/v1/exchange");
    CHECK(body == std::string("\0x", 2));
    REQUIRE(road->enrol(bytes_of("y")));
    CHECK(path == "/sync/v1/enrolments");
    REQUIRE(road->keys());
    CHECK(path == "/sync/v1/keys");
    REQUIRE(road->fetch({.hash = {}, .base = {}, .from = 0, .authorisation = {1, 2, 3}}, [](const auto&, BytesView) { return true; }));
    CHECK(path == "/sync/v1/blobs/" + std::string(64, '0'));
    CHECK(authorisation == "Adal AQID");
}

TEST_CASE("a status says what the terminal can do about it")
{
    CHECK(kind_for(500) == ErrorKind::Unavailable);
    CHECK(kind_for(503) == ErrorKind::Unavailable);
    CHECK(kind_for(429) == ErrorKind::Unavailable);
    CHECK(kind_for(401) == ErrorKind::Denied);
    CHECK(kind_for(403) == ErrorKind::Denied);
    CHECK(kind_for(404) == ErrorKind::NotFound);
    CHECK(kind_for(302) == ErrorKind::Corrupt);
    CHECK(kind_for(400) == ErrorKind::Corrupt);
}

TEST_CASE("why HQ refused is told in HQ's own sentence, and only in one of HQ's")
{
    const auto refused = saying(403, R"({"error":"hq.enrolment.refused","arguments":{"terminal":"t-1"},"message":"No."})");
    const auto error = http_road(refused.url())->exchange(bytes_of("x")).error();
    CHECK(error.kind == ErrorKind::Denied);
    CHECK(error.message() == "hq.enrolment.refused terminal=t-1");
    const auto foreign = saying(403, R"({"error":"anything.else","arguments":{}})");
    CHECK(http_road(foreign.url())->exchange(bytes_of("x")).error().key == "link.refused");
}

TEST_CASE("where nobody listens HQ is unavailable, and an address that is none is told")
{
    std::string url;
    {
        const auto server = saying(200, "");
        url = server.url();
    }
    CHECK(http_road(url)->keys().error().kind == ErrorKind::Unavailable);
    CHECK(http_road("not an address").get()->keys().error().kind == ErrorKind::InvalidInput);
}
