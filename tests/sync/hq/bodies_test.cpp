#include "sync/packs/delta.hpp"
#include "tests/sync/hq/asking.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

Bytes sealed_words(std::size_t size = 300, std::uint8_t fill = 7) { return Bytes(size, fill); }

Bytes word_for(const Terminal& terminal, const Hash& hash)
{
    return blob_authorisation(terminal.enrolment.certificate.terminal, terminal.enrolment.certificate.incarnation, hash, *terminal.key);
}

/// Bytes that look like no others.
Bytes noise(const std::string& seed, std::size_t size)
{
    Bytes bytes;
    for (int i = 0; bytes.size() < size; ++i) {
        const auto block = sha256(bytes_of(seed + std::to_string(i)));
        bytes.insert(bytes.end(), block.begin(), block.end());
    }
    bytes.resize(size);
    return bytes;
}

/// As a pack of a release.
Hash keep_pack(Headquarters& headquarters, const Bytes& content)
{
    auto store = headquarters.stores.borrow().value();
    const auto hash = sha256(content);
    REQUIRE(store->db().execute("INSERT INTO pack (hash, kind, content) VALUES ($1, 'library', $2)", {Bytes{hash.begin(), hash.end()}, content}));
    return hash;
}

struct Fetched {
    Expected<Done> done = Done{};
    Road::BlobAnswer answer;
    Bytes bytes;
};
Fetched fetch(Headquarters& headquarters, const Road::BlobQuestion& question)
{
    Fetched fetched;
    fetched.done = headquarters.intake->fetch(question, [&](const Road::BlobAnswer& answer, BytesView piece) {
        fetched.answer = answer;
        fetched.bytes.insert(fetched.bytes.end(), piece.begin(), piece.end());
        return true;
    });
    return fetched;
}
} // namespace

TEST_CASE("a sealed body is kept under its hash, and named as missing until it is here")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        const auto body = sealed_words();
        const auto hash = sha256(body);
        terminal.record(aigerim, {quizzes::ResultDisputed{.attempt = {"a-1"}, .words = hash}});
        const auto request = terminal.request();
        CHECK(ask(headquarters, terminal, request)->missing_bodies == std::vector{hash});
        REQUIRE(headquarters.intake->put_blob(hash, body, word_for(terminal, hash)));
        CHECK(ask(headquarters, terminal, request)->missing_bodies.empty());
        REQUIRE(headquarters.intake->put_blob(hash, body, word_for(terminal, hash))); // once more
        CHECK(headquarters.count("body") == 1);
        auto store = headquarters.stores.borrow().value();
        CHECK(hq::body_content(*store, hash).value() == body);
        check_rebuild(headquarters);
    });
}

TEST_CASE("a body that is another one, too large, or nobody's is not kept")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    const auto body = sealed_words();
    const auto hash = sha256(body);
    CHECK(headquarters.intake->put_blob(hash, sealed_words(300, 8), word_for(terminal, hash)).error().key == "hq.body.other");
    CHECK(headquarters.intake->put_blob(hash, body, word_for(terminal, Hash{1})).error().kind == ErrorKind::Denied);
    CHECK(headquarters.intake->put_blob(hash, body, {}).error().kind == ErrorKind::Corrupt);
    const auto stranger = KeyPair::create(terminal.root.path() / "stranger.key", headquarters.random).value();
    const auto forged = blob_authorisation(terminal.enrolment.certificate.terminal, "", hash, stranger);
    CHECK(headquarters.intake->put_blob(hash, body, forged).error().kind == ErrorKind::Denied);
    const auto huge = sealed_words(hq::largest_body + 1);
    CHECK(headquarters.intake->put_blob(sha256(huge), huge, word_for(terminal, sha256(huge))).error().key == "hq.request.too_large");
    const auto most = sealed_words(hq::largest_body);
    CHECK(headquarters.intake->put_blob(sha256(most), most, word_for(terminal, sha256(most))));
    CHECK(headquarters.count("body") == 1);
}

TEST_CASE("the key of any journal of a terminal speaks for its bodies and packs")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    REQUIRE(terminal.exchange());
    Successor next{headquarters, terminal};
    const auto body = sealed_words();
    const auto hash = sha256(body);
    const auto word = blob_authorisation(next.terminal, "", hash, next.key);
    CHECK(headquarters.intake->put_blob(hash, body, word).error().kind == ErrorKind::Denied); // who is that
    REQUIRE(next.exchange(headquarters, next.request()));
    CHECK(headquarters.intake->put_blob(hash, body, word));
}

TEST_CASE("at most a hundred missing bodies are named at a time, those of other journals never")
{
    Headquarters headquarters;
    Terminal terminal{headquarters}, other{headquarters};
    std::vector<Fact> disputes;
    for (std::uint8_t i = 0; i < 120; ++i) disputes.push_back(quizzes::ResultDisputed{.attempt = {"a-1"}, .words = Hash{i, 1}});
    terminal.record(aigerim, disputes);
    const auto missing = ask(headquarters, terminal, terminal.request())->missing_bodies;
    CHECK(missing.size() == 100);
    CHECK(missing.front() == Hash{0, 1});
    CHECK(ask(headquarters, other, other.request())->missing_bodies.empty());
}

TEST_CASE("a terminal fetches packs, never anybody's bodies")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    const auto body = sealed_words();
    const auto hash = sha256(body);
    REQUIRE(headquarters.intake->put_blob(hash, body, word_for(terminal, hash)));
    CHECK(fetch(headquarters, {.hash = hash, .base = {}, .from = 0, .authorisation = word_for(terminal, hash)}).done.error().kind ==
          ErrorKind::NotFound);
}

TEST_CASE("a pack comes whole, from where it was broken off, or as its difference from the one at hand")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        const auto before = noise("base", 200'000);
        auto after = before;
        after[1000] ^= 1;
        after.push_back(9);
        const auto base = keep_pack(headquarters, before), hash = keep_pack(headquarters, after);
        const auto word = word_for(terminal, hash);

        auto whole = fetch(headquarters, {.hash = hash, .base = {}, .from = 0, .authorisation = word});
        REQUIRE(whole.done);
        CHECK(whole.bytes == after);
        auto rest = fetch(headquarters, {.hash = hash, .base = {}, .from = 150'000, .authorisation = word});
        CHECK(rest.answer.from == 150'000);
        CHECK(rest.bytes == Bytes{after.begin() + 150'000, after.end()});

        for (int i = 0; i < 2; ++i) { // made, then kept
            auto delta = fetch(headquarters, {.hash = hash, .base = base, .from = 0, .authorisation = word});
            REQUIRE(delta.answer.is_delta);
            CHECK(delta.bytes.size() < after.size() / 10);
            CHECK(apply_delta(before, delta.bytes, after.size()).value() == after);
            auto end = fetch(headquarters, {.hash = hash, .base = base, .from = 10, .authorisation = word});
            CHECK(end.bytes == Bytes{delta.bytes.begin() + 10, delta.bytes.end()});
        }
        const auto unlike = keep_pack(headquarters, noise("unlike", 200'000));
        for (const auto& useless : {unlike, Hash{5}}) // saves nothing; is not here
            for (int i = 0; i < 2; ++i) {
                const auto answer = fetch(headquarters, {.hash = hash, .base = useless, .from = 0, .authorisation = word});
                CHECK_FALSE(answer.answer.is_delta);
                CHECK(answer.bytes == after);
            }
    });
}

TEST_CASE("deltas that are kept do not fill the disk")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    const auto target = noise("target", 2'000);
    const auto hash = keep_pack(headquarters, target);
    for (int i = 0; i < 40; ++i) {
        const auto base = keep_pack(headquarters, noise(std::to_string(i), 50));
        REQUIRE(fetch(headquarters, {.hash = hash, .base = base, .from = 0, .authorisation = word_for(terminal, hash)}).done);
    }
    std::ptrdiff_t kept = 0;
    for (const auto& entry : std::filesystem::directory_iterator{headquarters.folder.packs()}) kept += entry.path().extension() == ".delta";
    CHECK(kept <= 16);
    CHECK(kept > 0);
}
