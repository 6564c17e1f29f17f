#include "sync/hq/terminals.hpp"
#include "sync/link/enrolment_by_stick.hpp"
#include "tests/sync/hq/headquarters.hpp"
#include <algorithm>

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

/// A terminal that no network reaches.
struct Remote {
    Headquarters& headquarters;
    support::TemporaryFolder root;
    TerminalFolder folder{root.path() / "data"};

    Bytes request(const std::string& code)
    {
        auto asked = ask_by_stick(folder, code, "", headquarters.random);
        REQUIRE_MESSAGE(asked, asked.error().message());
        return *asked;
    }
    Expected<Enrolment> take(BytesView reply) { return enrol_by_stick(folder, reply, "", headquarters.clock, headquarters.random); }
    bool has_journal() const { return std::filesystem::exists(folder.journal()); }
};

/// What `adal-hq terminal enrol` does between reading and writing a file.
Expected<Bytes> answer(Headquarters& at, BytesView request)
{
    const auto stick = decode_stick_request(request);
    if (!stick) return stick.error();
    auto store = at.stores.borrow().value();
    const auto now = at.clock.now().at;
    const auto found = hq::request_of(*store, *at.keys, *stick, now);
    if (!found) return found.error();
    Bytes envelope;
    const auto done = store->write([&](std::int64_t) -> Expected<Done> {
        const auto enrolled = hq::enrol(*store, at.folder, *at.keys, *found, now, at.random);
        if (!enrolled) return enrolled.error();
        envelope = enrolled->envelope;
        return Done{};
    });
    if (!done) return done.error();
    return encode(StickReply{.certificate = envelope, .keys = at.keys->list});
}

bool contains(const Bytes& all, BytesView part) { return std::search(all.begin(), all.end(), part.begin(), part.end()) != all.end(); }

} // namespace

TEST_CASE("a request on a stick proves the code without telling it, and the reply makes the terminal what the network would")
{
    on_both_stores([](Headquarters& headquarters) {
        const auto other = headquarters.invite(), code = headquarters.invite();
        Remote remote{headquarters, {}};
        const auto request = remote.request(code);
        const auto secret = enrolment_code_from(code)->secret;
        CHECK(!contains(unpack(read_envelope(request)->envelope.body, 4096).value(), secret));
        CHECK(!contains(request, bytes_of(to_hex(secret))));
        CHECK(remote.request(code) == request); // the first stick was lost

        const auto reply = answer(headquarters, request);
        REQUIRE_MESSAGE(reply, reply.error().message());
        headquarters.clock.advance(std::chrono::hours{3});
        CHECK(answer(headquarters, request).value() == *reply); // so was the second
        CHECK(headquarters.count("terminal") == 1);

        const auto enrolled = remote.take(*reply);
        REQUIRE_MESSAGE(enrolled, enrolled.error().message());
        CHECK(enrolled->certificate.terminal.text == "t-01");
        CHECK(Journal::read_only(remote.folder.journal())->head().seq == 2);
        CHECK(remote.take(*reply).error().key == "link.already_enrolled");
        CHECK(ask_by_stick(remote.folder, other, "", headquarters.random).error().key == "link.already_enrolled");

        const auto key = KeyPair::open(remote.folder.key());
        const auto journal = Journal::read_only(remote.folder.journal());
        auto beside = Beside::open(remote.folder.beside());
        const auto exchanged = exchange(remote.folder, *journal, *beside, *key, *enrolled, *headquarters.intake, headquarters.clock);
        REQUIRE_MESSAGE(exchanged, exchanged.error().message());
        CHECK(exchanged->sent == 2);
    });
}

TEST_CASE("a request by stick is good for one terminal, for one day; then HQ forgets the code's secret")
{
    Headquarters headquarters;
    const auto code = headquarters.invite(), late = headquarters.invite();
    Remote first{headquarters, {}}, second{headquarters, {}};
    REQUIRE(answer(headquarters, first.request(code)));
    CHECK(answer(headquarters, second.request(code)).error().key == "hq.enrolment.refused");
    const auto request = second.request(late);
    headquarters.clock.advance(std::chrono::hours{25});
    CHECK(answer(headquarters, request).error().key == "hq.enrolment.refused");
    headquarters.invite();
    auto store = headquarters.stores.borrow().value();
    CHECK(store->db().query("SELECT COUNT(*) FROM invitation WHERE locked IS NOT NULL").value().at(0).integer(0) == 1);
    CHECK(headquarters.count("terminal") == 1);
}

TEST_CASE("a guessed code, or a proof made for other keys, is refused")
{
    Headquarters headquarters;
    const auto code = headquarters.invite();
    Remote remote{headquarters, {}};
    auto guess = enrolment_code_from(code).value();
    guess.secret[0] ^= 1;
    CHECK(answer(headquarters, remote.request(to_text(guess))).error().key == "hq.enrolment.refused");

    const auto overheard = decode_stick_request(remote.request(code)).value();
    const auto thief = KeyPair::create(remote.root.path() / "thief.key", headquarters.random).value();
    const StickRequest copied{.key = thief.public_key(), .sealing = thief.sealing_key(), .proof = overheard.proof};
    CHECK(answer(headquarters, encode(copied, thief)).error().key == "hq.enrolment.refused");
    CHECK(answer(headquarters, encode(overheard, thief)).error().key == "link.signature");
    CHECK(headquarters.count("terminal") == 0);
}

TEST_CASE("a request or a reply that was cut, or of which a byte has changed, is refused with a reason and changes nothing")
{
    Headquarters headquarters;
    Remote remote{headquarters, {}};
    const auto request = remote.request(headquarters.invite());
    for (std::size_t i = 0; i < request.size(); ++i) {
        auto flipped = request;
        flipped[i] ^= 1;
        const auto read = decode_stick_request(flipped);
        REQUIRE_MESSAGE(!read, i);
        CHECK((read.error().key == "link.stick.request" || read.error().key == "link.signature"));
        CHECK(decode_stick_request(BytesView{request}.first(i)).error().key == "link.stick.request");
    }
    const auto reply = answer(headquarters, request).value();
    for (std::size_t i = 0; i < reply.size(); i += 41) {
        auto flipped = reply;
        flipped[i] ^= 1;
        const auto taken = remote.take(flipped);
        REQUIRE_MESSAGE(!taken, i);
        CHECK(!taken.error().key.empty());
        CHECK(remote.take(BytesView{reply}.first(i)).error().key == "link.stick.reply");
    }
    CHECK(!remote.has_journal());
    CHECK(remote.take(reply));
}

TEST_CASE("another HQ's reply, another terminal's, or one that nobody asked for is told apart")
{
    Headquarters headquarters;
    Remote remote{headquarters, {}}, neighbour{headquarters, {}}, nobody{headquarters, {}};
    const auto reply = answer(headquarters, remote.request(headquarters.invite())).value();
    CHECK(nobody.take(reply).error().key == "link.stick.no_request");
    CHECK(!std::filesystem::exists(nobody.folder.root));
    auto foreign = decode_stick_reply(reply).value();
    foreign.keys = sign_keys(foreign.keys.list, KeyPair::create(remote.root.path() / "root.key", headquarters.random).value());
    CHECK(remote.take(encode(foreign)).error().key == "link.fingerprint");
    CHECK(remote.take(answer(headquarters, neighbour.request(headquarters.invite())).value()).error().key == "link.stick.other_terminal");
    CHECK(!remote.has_journal());
}

TEST_CASE("a power cut after the reply was read is mended by reading it again")
{
    Headquarters headquarters;
    Remote remote{headquarters, {}};
    const auto reply = answer(headquarters, remote.request(headquarters.invite())).value();
    REQUIRE(remote.take(reply));
    std::filesystem::remove(remote.folder.journal());
    REQUIRE(remote.take(reply));
    CHECK(Journal::read_only(remote.folder.journal())->head().seq == 2);
}
