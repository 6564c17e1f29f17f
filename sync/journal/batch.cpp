#include "sync/journal/walk.hpp"
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace adal::sync {
namespace {

using nlohmann::json;

Error broken(const Batch& batch, std::uint64_t seq)
{
    return fail(ErrorKind::Corrupt, "batch.broken", {{"journal", batch.journal.text}, {"seq", std::to_string(seq)}});
}

json to_json(const JournalRow& row)
{
    return {{"seq", row.seq},     {"at", row.at_ms},  {"boot", row.boot}, {"uptime_ms", row.uptime_ms},
            {"actor", row.actor}, {"kind", row.kind}, {"body", row.body}, {"decision_end", row.decision_end}};
}

/// The readers below throw at what is not as it should be; `decode_batch` catches once.
std::int64_t whole_number(const json& from)
{
    const bool is_whole = from.is_number_integer() && (!from.is_number_unsigned() || std::in_range<std::int64_t>(from.get<std::uint64_t>()));
    if (!is_whole) throw std::domain_error{"not a whole number of 64 bits"};
    return from.get<std::int64_t>();
}

std::uint64_t position(const json& from)
{
    const auto value = whole_number(from);
    if (value < 0) throw std::domain_error{"not a position"};
    return static_cast<std::uint64_t>(value);
}

std::string text(const json& from)
{
    auto text = from.get<std::string>();
    if (text.find('\0') != std::string::npos) throw std::domain_error{"a zero byte, which no store can keep"};
    return text;
}

template <std::size_t size> std::array<std::uint8_t, size> bytes_from(const json& from)
{
    const auto bytes = from_hex(from.get_ref<const std::string&>());
    if (!bytes || bytes->size() != size) throw std::domain_error{"not hex of the right length"};
    std::array<std::uint8_t, size> array{};
    std::copy(bytes->begin(), bytes->end(), array.begin());
    return array;
}

JournalRow row_from(const json& from)
{
    JournalRow row;
    row.seq = position(from.at("seq"));
    row.at_ms = whole_number(from.at("at"));
    row.boot = text(from.at("boot"));
    row.uptime_ms = whole_number(from.at("uptime_ms"));
    row.actor = text(from.at("actor"));
    row.kind = text(from.at("kind"));
    row.body = text(from.at("body"));
    row.decision_end = position(from.at("decision_end"));
    return row;
}

Batch batch_from(const json& from)
{
    Batch batch;
    batch.journal.text = to_hex(bytes_from<32>(from.at("journal")));
    batch.after = {position(from.at("after").at("seq")), bytes_from<32>(from.at("after").at("hash"))};
    for (const auto& row : from.at("rows")) batch.rows.push_back(row_from(row));
    batch.signature = bytes_from<64>(from.at("signature"));
    return batch;
}

} // namespace

Expected<Batch> checked(Batch batch, const PublicKey& key)
{
    Walk walk{batch.journal, batch.after};
    for (auto& row : batch.rows) {
        const auto hash = walk.step(row);
        if (!hash) return broken(batch, walk.next());
        row.hash = *hash;
        row.signature.reset();
    }
    if (batch.rows.empty()) return batch;
    auto& last = batch.rows.back();
    if (!walk.is_between_decisions() ||
        !verify(key, Purpose::JournalRow, signed_bytes(batch.journal, last.hash), batch.signature))
        return broken(batch, last.seq);
    last.signature = batch.signature;
    return batch;
}

std::string encode(const Batch& batch)
{
    json rows = json::array();
    for (const auto& row : batch.rows) rows.push_back(to_json(row));
    const json all{{"journal", batch.journal.text},
                   {"after", {{"seq", batch.after.seq}, {"hash", to_hex(batch.after.hash)}}},
                   {"rows", std::move(rows)},
                   {"signature", to_hex(batch.signature)}};
    return all.dump(-1, ' ', false,
                    json::error_handler_t::replace); // damaged rows are for the receiver's hashes to find
}

Expected<Batch> decode_batch(std::string_view text)
{
    try {
        return batch_from(json::parse(text));
    } catch (const std::exception& problem) { // json's, and those above
        return fail(ErrorKind::Corrupt, "batch.malformed", {{"reason", problem.what()}});
    }
}

} // namespace adal::sync
