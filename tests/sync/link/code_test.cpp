#include "sync/link/messages.hpp"
#include <doctest/doctest.h>

using namespace adal::sync;

TEST_CASE("a code is four groups of five letters and comes back as it was")
{
    const EnrolmentCode code{.secret = {0x01, 0x23, 0x45, 0x67, 0x89}, .fingerprint = 0x0abcdef012345678};
    const auto text = to_text(code);
    CHECK(text.size() == 23);
    const auto back = enrolment_code_from(text);
    REQUIRE(back);
    CHECK(back->secret == code.secret);
    CHECK(back->fingerprint == code.fingerprint);
}

TEST_CASE("a code is read however a person writes it: small letters, O for 0, I and L for 1, any separators")
{
    const auto code = enrolment_code_from("10000-00000-ABCDE-FGH10");
    REQUIRE(code);
    for (const auto* typed : {"1000000000ABCDEFGH10", "loooo ooooo abcde fghio", "I0O00.00000_abcde-fghL0"}) {
        const auto same = enrolment_code_from(typed);
        REQUIRE(same);
        CHECK(same->secret == code->secret);
        CHECK(same->fingerprint == code->fingerprint);
    }
}

TEST_CASE("a letter too few, too many or foreign is no code")
{
    CHECK_FALSE(enrolment_code_from(""));
    CHECK_FALSE(enrolment_code_from("10000-00000-ABCDE-FGH1"));
    CHECK_FALSE(enrolment_code_from("10000-00000-ABCDE-FGH100"));
    CHECK_FALSE(enrolment_code_from("10000-00000-ABCDE-FGHU0"));
}

TEST_CASE("a root key's fingerprint is 60 bits and always the same")
{
    PublicKey one{}, other{};
    other[31] = 1;
    CHECK(root_fingerprint(one) == root_fingerprint(one));
    CHECK(root_fingerprint(one) != root_fingerprint(other));
    CHECK((root_fingerprint(one) >> 60) == 0);
}
