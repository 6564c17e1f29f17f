#include "sync/link/road.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/web_server.hpp"
#include <atomic>
#include <doctest/doctest.h>
#include <fstream>

using namespace adal;
using namespace adal::sync;
using support::an_authority;
using support::Certificate;
using support::issued_by;
using support::self_signed;
using support::WebServer;

namespace {

/// An HQ that answers everything, and counts what it was asked.
struct Hq {
    explicit Hq(const Certificate& certificate) : server(prepare(), certificate) {}
    std::atomic<int> asked = 0;
    WebServer server;

    WebServer::Prepare prepare()
    {
        return [this](httplib::Server& http) {
            http.Get(".*", [this](const httplib::Request&, httplib::Response& reply) {
                ++asked;
                reply.set_content("keys", "application/json");
            });
        };
    }
    std::string keys(Road& road) const
    {
        const auto answer = road.keys();
        return answer ? text_of(*answer) : answer.error().message();
    }
    bool is_believed(const std::vector<std::string>& authorities, const std::string& host = "127.0.0.1") const
    {
        return keys(*http_road(server.url(host), authorities)) == "keys";
    }
};

/// What the system trusts, for a while.
class SystemTrusts {
public:
    explicit SystemTrusts(const Certificate& authority)
    {
        const auto file = folder_.path() / "system.pem";
        std::ofstream{file} << authority.pem();
        setenv("SSL_CERT_FILE", file.c_str(), 1);
    }
    ~SystemTrusts() { unsetenv("SSL_CERT_FILE"); }

private:
    support::TemporaryFolder folder_;
};

} // namespace

TEST_CASE("HQ is believed when its certificate comes from the company's authority and bears its address or its name")
{
    const auto company = an_authority("Company");
    const Hq hq{issued_by(company)};
    CHECK(hq.is_believed({company.pem()}));
    CHECK(hq.is_believed({company.pem()}, "localhost"));
    CHECK(hq.asked == 2);
}

TEST_CASE("one of several authorities is enough, be they listed or in one text: the old one and the new one are both good while they change")
{
    const auto before = an_authority("Company 2024"), now = an_authority("Company 2026");
    const Hq old_hq{issued_by(before)}, new_hq{issued_by(now)};
    for (const auto& authorities : {std::vector{now.pem(), before.pem()}, std::vector{now.pem() + before.pem()}}) {
        CHECK(old_hq.is_believed(authorities));
        CHECK(new_hq.is_believed(authorities));
    }
}

TEST_CASE("somebody with another authority's certificate is told apart before anything is sent")
{
    const auto company = an_authority("Company"), other = an_authority("Company"); // the same name, another key
    const Hq impostor{issued_by(other)};
    const auto road = http_road(impostor.server.url(), {company.pem()});
    const auto error = road->keys().error();
    CHECK(error.key == "link.tls_untrusted");
    CHECK(error.kind == ErrorKind::Denied);
    CHECK(error.arguments.at(0) == std::pair{std::string{"url"}, impostor.server.url()});
    CHECK_FALSE(error.arguments.at(1).second.empty());
    CHECK(road->exchange(bytes_of("facts")).error().key == "link.tls_untrusted"); // also the second time
    CHECK(road->fetch({.hash = {}, .base = {}, .authorisation = {}}, [](const auto&, BytesView) { return true; }).error().key == "link.tls_untrusted");
    CHECK(impostor.asked == 0);
}

TEST_CASE("a good certificate of another machine is refused")
{
    const auto company = an_authority("Company");
    const Hq printer{issued_by(company, {.names = {"DNS:printer.example.kz", "IP:10.0.0.7"}})};
    CHECK_FALSE(printer.is_believed({company.pem()}));
    CHECK_FALSE(printer.is_believed({company.pem()}, "localhost"));
    const Hq by_name{issued_by(company, {.names = {"DNS:localhost"}})};
    CHECK_FALSE(by_name.is_believed({company.pem()}, "127.0.0.1"));
    CHECK(by_name.is_believed({company.pem()}, "localhost"));
    const Hq by_text{issued_by(company, {.names = {"DNS:127.0.0.1"}})}; // an address is no name
    CHECK_FALSE(by_text.is_believed({company.pem()}, "127.0.0.1"));
    CHECK(printer.asked + by_text.asked == 0);
}

TEST_CASE("dates are not looked at under the company's own authority: a dead clock cuts no terminal off")
{
    for (const auto& [from, until] : {std::pair{-400, -30}, std::pair{30, 400}}) {
        const auto company = an_authority("Company", {.names = {}, .from_day = from, .until_day = until});
        const Hq hq{issued_by(company, {.from_day = from, .until_day = until})};
        CHECK(hq.is_believed({company.pem()}));
    }
}

TEST_CASE("a certificate that vouches for itself is refused, unless it is the one that was agreed on")
{
    const auto alone = self_signed();
    const Hq hq{alone};
    CHECK(hq.keys(*http_road(hq.server.url())).starts_with("link.tls_untrusted"));
    CHECK_FALSE(hq.is_believed({an_authority("Company").pem()}));
    CHECK(hq.is_believed({alone.pem()}));
}

TEST_CASE("what is no certificate trusts nobody")
{
    const Hq hq{issued_by(an_authority("Company"))};
    CHECK_FALSE(hq.is_believed({""}));
    CHECK_FALSE(hq.is_believed({"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}));
    CHECK(hq.asked == 0);
}

TEST_CASE("the system's authorities count only where the company has none of its own, and then dates count, too")
{
    const auto known = an_authority("Known to the system"), company = an_authority("Company");
    const SystemTrusts system{known};
    const Hq hq{issued_by(known)};
    CHECK(hq.is_believed({}));
    CHECK_FALSE(hq.is_believed({company.pem()}));
    const Hq expired{issued_by(known, {.from_day = -400, .until_day = -30})};
    CHECK_FALSE(expired.is_believed({}));
    CHECK(expired.is_believed({known.pem()}));
}

TEST_CASE("the first keys of an enrolment come from whoever answers: the code's fingerprint judges them")
{
    const Hq hq{self_signed({.names = {"DNS:elsewhere"}, .from_day = -400, .until_day = -30})};
    CHECK(hq.keys(*untrusted_http_road(hq.server.url())) == "keys");
}

TEST_CASE("who speaks no TLS, or nobody at all, is unreachable rather than untrusted")
{
    const WebServer plain{[](httplib::Server&) {}};
    auto url = plain.url();
    CHECK(http_road(url.replace(0, 4, "https"), {an_authority("Company").pem()})->keys().error().key == "link.unreachable");
}
