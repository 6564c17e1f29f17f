#include "tests/fuzz/samples.hpp"

namespace adal::fuzz {

using namespace sync;

namespace {

constexpr std::int64_t november = 1'795'309'200'000;
const std::string incarnation = "1795600000-0123456789abcdef";

JournalRow row_of(const Fact& fact, const Actor& actor, std::uint64_t seq, std::uint64_t decision_end)
{
    const auto ms = static_cast<std::int64_t>(seq) * 1000;
    return {seq, november + ms, "b7e1a7f0", 60'000 + ms, to_text(actor), kind_of(fact), encode(fact), decision_end, {}, std::nullopt};
}

std::vector<Fact> some_facts()
{
    const AttemptId attempt{"0123456789abcdef"};
    return {JournalCreated{{"t-07"}, to_hex(terminal_key.public_key()), std::string(32, 'b'), ""},
            TerminalStarted{"0.2.0"},
            SignedIn{{"kaz-minerals"}, Identification::Pin, Language::kk},
            content::SectionRead{{"anti-corruption-code"}, 3, 1, Language::kk, 40},
            content::PageFinished{{"speak-up"}, 2, 1, Language::en},
            quizzes::ItemPresented{attempt, {"gift-limit"}},
            quizzes::ItemFlagged{attempt, {"gift-limit"}, true},
            UnknownFact{"from the future", R"({"x":1})"},
            SignedOut{SignOutReason::Asked}};
}

std::vector<JournalRow> sample_rows()
{
    constexpr std::uint64_t ends[]{1, 2, 5, 5, 5, 7, 7, 8, 9};
    std::vector<JournalRow> rows;
    for (const auto& fact : some_facts()) {
        const auto seq = rows.size() + 1;
        rows.push_back(row_of(fact, seq < 3 ? Actor{TerminalId{"t-07"}} : Actor{aigerim}, seq, ends[seq - 1]));
    }
    sign_again(rows, 0, terminal_key);
    return rows;
}

template <std::size_t n> std::array<std::uint8_t, n> filled(std::uint8_t value)
{
    std::array<std::uint8_t, n> array{};
    array.fill(value);
    return array;
}

Date day(int year, unsigned month, unsigned day) { return std::chrono::sys_days{std::chrono::year{year} / month / day}; }

} // namespace

KeyPair key_of(std::uint8_t number) { return KeyPair::from_seed(filled<32>(number)); }

void sign_again(std::vector<JournalRow>& rows, std::size_t from, const Signer& signer)
{
    for (auto i = from; i < rows.size(); ++i) {
        auto& row = rows[i];
        row.hash = hash_of(i == 0 ? Hash{} : rows[i - 1].hash, row);
        row.signature.reset();
        if (row.seq == row.decision_end)
            row.signature = signer.sign(Purpose::JournalRow, signed_bytes({to_hex(rows.front().hash)}, row.hash));
    }
}

const std::vector<JournalRow>& journal_rows()
{
    static const auto rows = sample_rows();
    return rows;
}

const JournalId& journal_id()
{
    static const JournalId id{to_hex(journal_rows().front().hash)};
    return id;
}

Head head_before(std::uint64_t seq)
{
    return seq <= 1 ? Head{} : Head{seq - 1, journal_rows().at(seq - 2).hash};
}

Batch batch_of(std::uint64_t first, std::uint64_t last)
{
    const auto& all = journal_rows();
    Batch batch{journal_id(), head_before(first), {}, {}};
    for (auto seq = first; seq <= last; ++seq) batch.rows.push_back(all.at(seq - 1));
    if (!batch.rows.empty()) batch.signature = batch.rows.back().signature.value_or(Signature{});
    return batch;
}

KeyList key_list()
{
    return {.number = 2,
            .receipt = {hq_key.public_key(), filled<32>(13)},
            .release = {hq_key.public_key()},
            .identity = {hq_key.public_key()},
            .sealing = {hq_key.sealing_key()},
            .authorities = {"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"},
            .successor = filled<32>(9)};
}

Receipt receipt()
{
    return signed_receipt({.journal = journal_id(),
                           .head = head_before(6),
                           .committed_at = from_ms(november + 500),
                           .incarnation = incarnation,
                           .forked = false,
                           .signature = {}},
                          hq_key);
}

EnrolmentRequest enrolment_request()
{
    return {.secret = {1, 2, 3, 4, 5}, .key = terminal_key.public_key(), .sealing = terminal_key.sealing_key()};
}

EnrolmentReply certificate()
{
    return {.terminal = {"t-07"},
            .site = {"balkhash"},
            .site_name = {"Балқаш", "Балхаш", "Balkhash"},
            .unit_name = {"Балқыту цехы", "Плавильный цех", "Smelter"},
            .key = terminal_key.public_key(),
            .incarnation = incarnation,
            .site_key = {.generation = 2, .sealed = {1, 2, 3}},
            .is_demo = true};
}

ExchangeRequest request()
{
    ExchangeRequest request;
    request.terminal = {"t-07"};
    request.batch = batch_of(1, 3);
    request.first_row = journal_rows().front().body;
    request.release = 4;
    request.roster = 7;
    request.terminal_time_ms = november;
    request.verifiers = {9, 9};
    request.keys = 2;
    request.generation = 2;
    request.feed = 17;
    request.known = receipt();
    request.succession = succeed(request.first_row, stranger);
    return request;
}

ExchangeReply reply()
{
    ExchangeReply reply;
    reply.receipt = receipt();
    reply.release = {1, 2};
    reply.roster = {3};
    reply.hq_time_ms = november;
    reply.keys = {sign_keys(key_list(), root_key)};
    reply.certificate = {4};
    reply.site_keys = {{2, {5}}};
    reply.feed = {.upto = 17, .more = true, .people = {{aigerim, {6}}}};
    reply.missing_bodies = {filled<32>(7)};
    return reply;
}

Release release()
{
    Release release;
    release.incarnation = incarnation;
    release.number = 4;
    release.published_at = from_ms(november);
    release.packs = {{"library", filled<32>(1), 150'000}, {"bank", filled<32>(2), 20'000}};
    return release;
}

Roster roster()
{
    const Assignment smelter{{"kaz-minerals"}, "10117", {"smelter"},        {"balkhash"},       "Кранщик", content::PersonClass::Employee,
                             day(2026, 8, 1),  {},      day(2026, 10, 31)};
    const Assignment driver{{"service"}, "10118", {"smelter"}, {"balkhash"}, "Жүргізуші", content::PersonClass::Contractor, day(2026, 9, 1), day(2026, 12, 31), {}};
    return {7,
            from_ms(november),
            true,
            {{aigerim, "Сәрсенова", "Айгерім", "Маратқызы", Language::kk, {smelter}, {"$argon2id$a", 1, 2, "$argon2id$b", from_ms(5)}},
             {{"p-2"}, "Іскаков", "Ерлан", "", {}, {driver}, {}}},
            {{{"balkhash"}, {"Балқаш", "Балхаш", "Balkhash"}}},
            {{{"smelter"}, {"Балқыту цехы", "Плавильный цех", "Smelter"}}},
            {{{"kaz-minerals"}, {"К", "К", "K"}}, {{"service"}, {"С", "С", "S"}}}};
}

std::vector<FeedFact> feed()
{
    std::vector<FeedFact> facts;
    for (const auto& row : journal_rows())
        if (row.seq % 5 == 0) facts.push_back({row.hash, row.at_ms, row.actor, row.kind, row.body});
    return facts;
}

std::vector<Bytes> envelopes()
{
    return {signed_message(Purpose::Exchange, "t-07", incarnation, encode(request()), terminal_key),
            signed_message(Purpose::Reply, "hq", incarnation, encode(reply()), hq_key),
            signed_message(Purpose::Release, "hq", incarnation, encode(release()), hq_key),
            signed_message(Purpose::Enrolment, "", "", encode(enrolment_request()), terminal_key),
            blob_authorisation({"t-07"}, incarnation, filled<32>(1), terminal_key)};
}

} // namespace adal::fuzz
