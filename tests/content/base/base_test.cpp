#include "content/base/actor.hpp"
#include "content/base/bytes.hpp"
#include "content/base/clock.hpp"
#include "content/base/expected.hpp"
#include "content/base/text.hpp"
#include <cstdlib>
#include <doctest/doctest.h>

using namespace adal;

TEST_CASE("an actor is read back as it was written")
{
    for (const Actor& actor :
         {Actor{PersonId{"p-000117"}}, Actor{ConsoleUser{"madina"}}, Actor{TerminalId{"t-07"}}, Actor{Nobody{}}})
        CHECK(actor_from(to_text(actor)) == actor);
    CHECK(to_text(TerminalId{"t-07"}) == "terminal:t-07");
}

TEST_CASE("an unknown actor is nobody we know")
{
    for (const auto* text : {"", "person:", "robot:r2", "somebody"}) CHECK_FALSE(actor_from(text).has_value());
}

TEST_CASE("hex and base 64 say the same bytes")
{
    CHECK(to_hex(bytes_of("\x01\xAB")) == "01ab");
    CHECK(from_hex("01ab") == Bytes{0x01, 0xAB});
    CHECK_FALSE(from_hex("01AB").has_value());
    CHECK_FALSE(from_hex("01a").has_value());
    for (const std::string text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"})
        CHECK(from_base64(to_base64(bytes_of(text))) == Bytes(text.begin(), text.end()));
    CHECK(to_base64(bytes_of("foob")) == "Zm9vYg==");
    for (const auto* text : {"Zg=", "Zh==", "Z===", "Zm9v!A==", "=m9v"}) CHECK_FALSE(from_base64(text).has_value());
}

TEST_CASE("a hash has thirty-two bytes")
{
    CHECK(hash_from_hex(std::string(64, 'a')).has_value());
    CHECK_FALSE(hash_from_hex(std::string(62, 'a')).has_value());
}

TEST_CASE("a result is either a value or an error that says what and where")
{
    const Expected<int> good = 7,
                        bad = fail(ErrorKind::Corrupt, "journal.broken", {{"terminal", "t-7"}, {"seq", "41"}});
    CHECK(good);
    CHECK(good.value() == 7);
    CHECK_FALSE(bad);
    CHECK(bad.error().message() == "journal.broken terminal=t-7 seq=41");
}

TEST_CASE("languages have their codes")
{
    for (const auto language : all_languages) CHECK(language_from(code(language)) == language);
    CHECK_FALSE(language_from("de").has_value());
}

TEST_CASE("a test sets the wall clock, and uptime goes on by itself")
{
    setenv("ADAL_TEST_CLOCK", "1795600000000", 1);
    const SystemClock clock;
    unsetenv("ADAL_TEST_CLOCK");
    const auto first = clock.now(), second = clock.now();
    CHECK(to_ms(first.at) - 1795600000000 < 60000);
    CHECK(second.uptime >= first.uptime);
    CHECK(first.boot.size() == 36);
}
