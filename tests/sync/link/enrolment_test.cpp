#include "tests/sync/link/office.hpp"
#include <fstream>

using namespace adal;
using namespace adal::sync;
using support::FakeHq;

namespace {

struct Newcomer {
    support::TemporaryFolder folder;
    support::ManualClock clock;
    support::CountedRandom random;
    FakeHq hq;
    TerminalFolder terminal{folder.path() / "data"};
    std::string code = hq.invite();

    Expected<Enrolment> enrol() { return enrol(code); }
    Expected<Enrolment> enrol(const std::string& typed) { return sync::enrol(terminal, typed, "http://hq", hq, clock, random); }
};

} // namespace

TEST_CASE("with a code a terminal learns who it is, and remembers it")
{
    Newcomer newcomer;
    const auto enrolment = newcomer.enrol();
    REQUIRE(enrolment);
    CHECK(enrolment->certificate.terminal == TerminalId{"t-07"});
    const auto beside = Beside::open(newcomer.terminal.beside());
    const auto again = read_enrolment(*beside);
    REQUIRE(again);
    CHECK(again->certificate.site_name.ru == "Балхаш");
    CHECK(again->hq_url == "http://hq");
    const auto journal = Journal::read_only(newcomer.terminal.journal());
    CHECK(journal->terminal() == TerminalId{"t-07"});
    const auto events = journal->read_after(0, 10);
    REQUIRE(events->size() == 2);
    CHECK(std::get<TerminalEnrolled>(events->at(1).fact).site == SiteId{"balkhash"});
}

TEST_CASE("a lost request or reply burns nothing: the same code works again")
{
    using enum FakeHq::Fate;
    for (const auto& fates : {std::deque{LosesRequest}, std::deque{LosesReply}, std::deque{Open, LosesRequest}, std::deque{Open, LosesReply}}) {
        Newcomer newcomer;
        newcomer.hq.fates = fates;
        CHECK(newcomer.enrol().error().kind == ErrorKind::Unavailable);
        CHECK_FALSE(std::filesystem::exists(newcomer.terminal.journal()));
        CHECK(newcomer.enrol());
    }
}

TEST_CASE("a power cut just before the journal is born, or just after, is mended by trying again")
{
    Newcomer newcomer;
    REQUIRE(newcomer.enrol());
    std::filesystem::remove(newcomer.terminal.journal());
    CHECK(newcomer.enrol());

    std::filesystem::remove(newcomer.terminal.journal());
    const auto key = KeyPair::open(newcomer.terminal.key());
    REQUIRE(Journal::create(newcomer.terminal.journal(), {.terminal = {"t-07"}, .continues = ""}, *key, newcomer.clock, newcomer.random));
    CHECK(newcomer.enrol());
    CHECK(Journal::read_only(newcomer.terminal.journal())->head().seq == 2);
}

TEST_CASE("over a road whose keys nobody has vouched for nothing is said")
{
    const auto road = enrolment_road("http://127.0.0.1:9");
    CHECK(road->enrol({}).error().key == "link.fingerprint");
    CHECK(road->exchange({}).error().key == "link.fingerprint");
    CHECK(road->keys().error().kind == ErrorKind::Unavailable);
    CHECK(road->enrol({}).error().key == "link.fingerprint");
}

TEST_CASE("who is enrolled is not enrolled again")
{
    Newcomer newcomer;
    REQUIRE(newcomer.enrol());
    CHECK(newcomer.enrol().error().key == "link.already_enrolled");
}

TEST_CASE("a code that is none, of another HQ, or with a wrong secret, is told apart")
{
    Newcomer newcomer;
    CHECK(newcomer.enrol("1234").error().key == "link.code");
    auto other = *enrolment_code_from(newcomer.code);
    other.fingerprint ^= 1;
    CHECK(newcomer.enrol(to_text(other)).error().key == "link.fingerprint");
    other = *enrolment_code_from(newcomer.code);
    other.secret[0] ^= 1;
    CHECK(newcomer.enrol(to_text(other)).error().kind == ErrorKind::Denied);
    CHECK(newcomer.enrol());
}

TEST_CASE("keys, or a certificate, that somebody changed on the road are refused, and a later try succeeds")
{
    Newcomer newcomer;
    newcomer.hq.spoils = [](const Bytes&) { return Bytes{'<', 'h', 't', 'm', 'l', '>'}; };
    CHECK(newcomer.enrol().error().key == "link.foreign_answer");
    newcomer.hq.spoils = [](Bytes reply) {
        if (reply[0] != '{') reply[reply.size() - 70] ^= 1; // the certificate, not the keys
        return reply;
    };
    CHECK(newcomer.enrol().error().key == "link.signature");
    newcomer.hq.spoils = nullptr;
    CHECK(newcomer.enrol());
}

TEST_CASE("an enrolment damaged on the disk is Corrupt, a missing one is missing")
{
    Newcomer newcomer;
    REQUIRE(newcomer.enrol());
    auto beside = Beside::open(newcomer.terminal.beside());
    REQUIRE(beside->put("enrolment", bytes_of("{}")));
    CHECK(read_enrolment(*beside).error().kind == ErrorKind::Corrupt);
    const support::TemporaryFolder other;
    CHECK(read_enrolment(*Beside::open(other.path() / "beside.db")).error().kind == ErrorKind::NotFound);
}
