#include "tests/sync/hq/headquarters.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {
struct Newcomer {
    support::TemporaryFolder folder;
    KeyPair key;
    explicit Newcomer(Random& random) : key(KeyPair::create(folder.path() / "terminal.key", random).value()) {}
    Bytes request(const Headquarters& headquarters, const std::string& code) const
    {
        const auto parsed = enrolment_code_from(code);
        REQUIRE(parsed);
        return seal_enrolment({parsed->secret, key.public_key(), key.sealing_key()}, key,
                              headquarters.keys->sealing.sealing_key());
    }
};
} // namespace

TEST_CASE("the same code and keys get the same answer, so a lost reply burns nothing")
{
    on_both_stores([](Headquarters& headquarters) {
        const auto code = headquarters.invite();
        const Newcomer newcomer{headquarters.random};
        const auto first = headquarters.intake->enrol(newcomer.request(headquarters, code));
        REQUIRE_MESSAGE(first, first.error().message());
        headquarters.clock.advance(std::chrono::hours{3});
        const auto second = headquarters.intake->enrol(newcomer.request(headquarters, code));
        REQUIRE(second);
        CHECK(*first == *second);
        CHECK(headquarters.count("terminal") == 1);
    });
}

TEST_CASE("a code serves one terminal, for one day")
{
    Headquarters headquarters;
    const auto code = headquarters.invite(), late = headquarters.invite();
    const Newcomer newcomer{headquarters.random}, other{headquarters.random};
    REQUIRE(headquarters.intake->enrol(newcomer.request(headquarters, code)));
    CHECK(headquarters.intake->enrol(other.request(headquarters, code)).error().key == "hq.enrolment.refused");
    CHECK(headquarters.intake->enrol(other.request(headquarters, "00000-00000-00000-00000")).error().key ==
          "hq.enrolment.refused");
    headquarters.clock.advance(std::chrono::hours{25});
    CHECK(headquarters.intake->enrol(other.request(headquarters, late)).error().key == "hq.enrolment.refused");
    CHECK(headquarters.count("terminal") == 1);
}

TEST_CASE("a code's secret cannot be read from the database")
{
    Headquarters headquarters;
    const auto code = enrolment_code_from(headquarters.invite());
    auto store = headquarters.stores.borrow().value();
    const auto rows = store->db().query("SELECT secret FROM invitation").value();
    const auto plain = sha256(code->secret);
    CHECK(rows.at(0).bytes(0) != Bytes{code->secret.begin(), code->secret.end()});
    CHECK(rows.at(0).bytes(0) != Bytes{plain.begin(), plain.end()});
}
