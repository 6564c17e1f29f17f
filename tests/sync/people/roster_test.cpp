#include "sync/people/roster.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;
using namespace std::chrono;

namespace {

const Date august_1 = sys_days{year{2026} / August / 1}, september_30 = sys_days{year{2026} / September / 30};
const Date november_22 = sys_days{year{2026} / November / 22};

Assignment assignment(const char* employer, const char* number)
{
    return {{employer}, number, {"smelter"}, {"balkhash"}, "Кранщик", content::PersonClass::Employee, august_1, {}, {}};
}

Roster sample()
{
    auto loader = assignment("kaz-minerals", "10117"), driver = assignment("service", "10117"),
         former = assignment("kaz-minerals", "20001");
    loader.probation_end = sys_days{year{2026} / October / 31};
    driver.person_class = content::PersonClass::Contractor;
    former.to = september_30;
    return {7,
            from_ms(1'795'309'200'000),
            true,
            {{{"p-1"},
              "Сәрсенова",
              "Айгерім",
              "Маратқызы",
              Language::kk,
              {loader, former},
              {"$argon2id$a", 1, 2, "$argon2id$b", from_ms(5)}},
             {{"p-2"}, "Іскаков", "Ерлан", "", {}, {driver}, {}}},
            {{{"balkhash"}, {"Балқаш", "Балхаш", "Balkhash"}}},
            {{{"smelter"}, {"Балқыту цехы", "Плавильный цех", "Smelter"}}},
            {{{"kaz-minerals"}, {"К", "К", "K"}}, {{"service"}, {"С", "С", "S"}}}};
}

} // namespace

TEST_CASE("a roster comes back as it was sent")
{
    const auto sent = sample();
    const auto received = decode_roster(encode(sent));
    REQUIRE_MESSAGE(received, received.error().message());
    CHECK(received->number == 7);
    CHECK(received->as_of == sent.as_of);
    CHECK(received->is_demo);
    CHECK(received->people == sent.people);
    CHECK(received->sites == sent.sites);
    CHECK(received->units == sent.units);
    CHECK(received->employers == sent.employers);
    CHECK(encode(*received) == encode(sent));
}

TEST_CASE("a damaged roster is said to be unreadable, never half read")
{
    const auto good = encode(sample());
    const auto with = [&](const std::string& from, const std::string& to) {
        auto text = good;
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        return decode_roster(text.replace(at, from.size(), to));
    };
    CHECK(decode_roster("").error().key == "roster.unreadable");
    CHECK_FALSE(with("2026-08-01", "2026-02-30"));
    CHECK_FALSE(with("2026-08-01", "2026-8-1"));
    CHECK_FALSE(with("\"employee\"", "\"ghost\""));
    CHECK_FALSE(with("\"language\":\"kk\"", "\"language\":\"de\""));
    CHECK_FALSE(with("\"number\":7", "\"number\":7.5"));
    CHECK_FALSE(with("\"id\":\"p-1\"", "\"id\":\"\""));
    CHECK_FALSE(with("\"people\"", "\"peopel\""));
}

TEST_CASE("one personnel number may have two holders at two employers, and none after the last day")
{
    const auto roster = sample();
    const auto two = roster.holders("10117", november_22);
    REQUIRE(two.size() == 2);
    CHECK(two[0]->id == PersonId{"p-1"});
    CHECK(two[1]->id == PersonId{"p-2"});
    CHECK(roster.holders("20001", september_30).size() == 1);
    CHECK(roster.holders("20001", september_30 + days{1}).empty());
    CHECK(roster.holders("10117", august_1 - days{1}).empty());
    CHECK(roster.holders("99999", november_22).empty());
    CHECK(roster.find({"p-2"})->family_name == "Іскаков");
    CHECK(roster.find({"p-3"}) == nullptr);
}

TEST_CASE("a person is called by her full name in documents and briefly on the screen")
{
    const auto roster = sample();
    CHECK(roster.people[0].full_name() == "Сәрсенова Айгерім Маратқызы");
    CHECK(roster.people[1].full_name() == "Іскаков Ерлан");
    CHECK(roster.people[0].short_name() == "Айгерім С.");
    CHECK(roster.people[1].short_name() == "Ерлан І.");
}
