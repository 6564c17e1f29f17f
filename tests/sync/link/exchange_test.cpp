#include "quizzes/facts.hpp"
#include "tests/sync/link/office.hpp"

using namespace adal;
using namespace adal::sync;
using support::FakeHq;
using support::Office;
using enum support::FakeHq::Fate;

namespace {

constexpr auto hex_digit = "0123456789abcdef";

std::string some_hex(std::size_t digits, unsigned seed) // as random as a real identifier
{
    std::string text;
    for (; text.size() < digits; seed = seed * 1'664'525u + 1'013'904'223u) text += hex_digit[seed >> 28];
    return text;
}

// As a person takes it: 20 items, shown and answered, the result.
void finish_a_test(Office& office)
{
    const AttemptId attempt{some_hex(16, 7)};
    quizzes::AttemptStarted started{.attempt = attempt, .test = {"probation"}, .test_version = 1, .seed = 123'456'789, .time_limit = std::chrono::minutes{20}, .pass_mark = 14, .items = {}};
    static const char* const topics[] = {"gifts", "speak-up", "conflict", "liability", "counterparties"};
    for (unsigned i = 0; i < 20; ++i)
        started.items.push_back({.item = {std::string{topics[i / 4]} + "-0" + std::to_string(i % 4 * 2 + 1)}, .revision = some_hex(8, i), .choices = {{"C"}, {"A"}, {"D"}, {"B"}}});
    const PersonId person{"p-000117"};
    REQUIRE(office.journal->append(person, {started}));
    for (const auto& item : started.items) {
        office.clock.advance(std::chrono::milliseconds{31'417});
        REQUIRE(office.journal->append(person, {quizzes::ItemPresented{.attempt = attempt, .item = item.item}}));
        office.clock.advance(std::chrono::milliseconds{11'873});
        REQUIRE(office.journal->append(person, {quizzes::ResponseGiven{.attempt = attempt, .item = item.item, .revision = item.revision, .response = {{"A"}}, .language = Language::kk}}));
        if (item.choices[0].text == "C" && item.item.text.back() == '1')
            REQUIRE(office.journal->append(person, {quizzes::ItemFlagged{.attempt = attempt, .item = item.item, .flagged = true}}));
    }
    quizzes::AttemptClosed closed{.attempt = attempt, .test = {"probation"}, .reason = quizzes::CloseReason::Submitted, .score = {17, 20}, .passed = true, .topics = {}, .time_used = std::chrono::minutes{14}};
    for (const auto* topic : topics) closed.topics.push_back({.topic = {topic}, .score = {3, 4}});
    REQUIRE(office.journal->append(person, {closed}));
}

} // namespace

TEST_CASE("after an exchange HQ has everything, and the terminal holds the receipt")
{
    Office office;
    office.decide(3);
    const auto exchanged = office.exchange();
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(office.all_at_hq());
    CHECK(exchanged->sent == 5);
    CHECK(exchanged->requests == 1);
    CHECK(office.hq.last_first_row.find("\"terminal\":\"t-07\"") != std::string::npos);
    CHECK(office.state().last_success == office.clock.now().at);
}

TEST_CASE("with nothing to say one request with an empty batch is enough")
{
    Office office;
    REQUIRE(office.exchange());
    const auto idle = office.exchange();
    REQUIRE(idle);
    CHECK(idle->requests == 1);
    CHECK(idle->sent == 0);
    CHECK(office.hq.last_first_row.empty());
}

TEST_CASE("a lost request is sent again, and nothing is missing")
{
    Office office;
    office.decide();
    office.hq.fates = {LosesRequest};
    CHECK(office.exchange().error().kind == ErrorKind::Unavailable);
    CHECK(office.hq.rows().empty());
    CHECK(office.state().last_error->key == "link.unreachable");
    CHECK_FALSE(office.state().last_success);
    REQUIRE(office.exchange());
    CHECK(office.all_at_hq());
    CHECK_FALSE(office.state().last_error);
}

TEST_CASE("a reply lost on the road does not duplicate events at HQ")
{
    Office office;
    office.decide(2);
    office.hq.fates = {LosesReply};
    CHECK_FALSE(office.exchange());
    CHECK(office.hq.rows().size() == 4);
    CHECK_FALSE(office.receipt());
    office.decide();
    REQUIRE(office.exchange());
    CHECK(office.hq.rows().size() == 5);
    CHECK(office.all_at_hq());
}

TEST_CASE("whatever the road loses, and however often the terminal restarts, both ends agree in the end")
{
    Office office;
    for (unsigned i = 0; i < 40; ++i) {
        office.decide(static_cast<int>(i % 3) + 1);
        office.hq.fates = {i % 2 ? LosesReply : Open, i % 3 ? LosesRequest : Open};
        (void)office.exchange(4);
        if (i % 5 == 0) office.open();
    }
    office.hq.fates.clear();
    REQUIRE(office.exchange(4));
    CHECK(office.all_at_hq());
    CHECK(office.hq.rows().size() == office.journal->head().seq);
}

TEST_CASE("batches end where decisions end, and a decision longer than a batch goes whole")
{
    Office office;
    for (int i = 0; i < 3; ++i) office.decide(4);
    office.decide(11);
    REQUIRE(office.exchange(5));
    CHECK(office.all_at_hq());
    CHECK(office.hq.batches == std::vector<std::size_t>{2, 4, 4, 4, 11});
}

TEST_CASE("a large backlog takes few questions: they grow while the road holds")
{
    Office office;
    for (int i = 0; i < 8; ++i) office.decide(1'500);
    const auto exchanged = office.exchange(SyncState::longest_stride);
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(exchanged->requests == 3); // two decisions, then five, then the last
    CHECK(office.all_at_hq());
    CHECK(office.state().stride == SyncState::longest_stride);
}

TEST_CASE("a road that breaks under large questions is given smaller ones; one that is not there learns nothing about it")
{
    Office office;
    office.decide(3);
    office.hq.fates = {LosesRequest};
    CHECK_FALSE(office.exchange(SyncState::longest_stride));
    CHECK(office.state().stride == SyncState::usual_stride);

    for (int i = 0; i < 30; ++i) office.decide(100);
    std::vector<std::int64_t> strides;
    for (int i = 0; i < 4; ++i) {
        office.hq.fates = {i % 2 == 0 ? LosesRequest : LosesReply};
        CHECK_FALSE(office.exchange(SyncState::longest_stride));
        strides.push_back(office.state().stride);
    }
    CHECK(strides == std::vector<std::int64_t>{2'000, 1'000, 500, 500});
    REQUIRE(office.exchange(SyncState::longest_stride));
    CHECK(office.all_at_hq());
}

TEST_CASE("heavy rows go by fewer")
{
    Office office;
    for (int i = 0; i < 9; ++i) REQUIRE(office.journal->append(PersonId{"p-1"}, {UnknownFact{"essay", "\"" + std::string(1 << 20, 'a') + "\""}}));
    const auto exchanged = office.exchange(SyncState::longest_stride);
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(exchanged->requests >= 3);
    CHECK(office.all_at_hq());
}

TEST_CASE("a finished test of 20 items is one request under 4 KB")
{
    Office office;
    REQUIRE(office.exchange());
    const auto before = office.journal->head().seq;
    finish_a_test(office);
    const auto exchanged = office.exchange();
    REQUIRE(exchanged);
    MESSAGE((office.journal->head().seq - before), " rows in ", exchanged->bytes_up, " bytes");
    CHECK(exchanged->requests == 1);
    CHECK(exchanged->bytes_up < 4096);
}

TEST_CASE("new people come down once, and only this site can read them")
{
    Office office;
    Person person;
    person.id = {"p-1"};
    person.family_name = "Сәрсенова";
    office.hq.hire(person);
    CHECK(read_roster(*office.beside, *office.key, office.enrolment).error().kind == ErrorKind::NotFound);
    CHECK(office.exchange()->new_roster == 1);
    CHECK(read_roster(*office.beside, *office.key, office.enrolment)->people.at(0).family_name == "Сәрсенова");
    CHECK_FALSE(office.exchange()->new_roster);
    CHECK(office.state().roster == 1);
    const auto stored = office.beside->get("roster");
    CHECK(text_of(*stored).find("Сәрсенова") == std::string::npos);
}

TEST_CASE("a PIN set here goes up until the roster shows that HQ has it")
{
    Office office;
    REQUIRE(office.beside->put(Beside::PinVerifier{.person = {"p-1"}, .reset = 1, .counter = 1, .verifier = "$argon2id$mine"}));
    REQUIRE(office.exchange());
    REQUIRE(office.hq.pins.size() == 1);
    CHECK(office.hq.pins[0].verifier == "$argon2id$mine");
    Person person;
    person.id = {"p-1"};
    person.verifier.reset = 1;
    person.verifier.counter = 1;
    office.hq.hire(person);
    REQUIRE(office.exchange());
    office.hq.pins.clear();
    REQUIRE(office.exchange());
    CHECK(office.hq.pins.empty());
}

TEST_CASE("a journal opened read only is sent as well, by a worker that leaves writing to others")
{
    Office office;
    office.decide(2);
    auto reader = Journal::read_only(office.terminal.journal());
    REQUIRE(reader);
    REQUIRE(exchange(office.terminal, *reader, *office.beside, *office.key, office.enrolment, office.hq, office.clock));
    CHECK(office.all_at_hq());
}
