#include "sync/journal/chain.hpp"
#include "sync/journal/walk.hpp"
#include <cassert>
#include <charconv>
#include <limits>

namespace adal::sync {
namespace {

constexpr std::string_view row_prefix{"adal/row/1\0", 11};

void add(Bytes& bytes, BytesView more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

void add_number(Bytes& bytes, std::uint64_t value, unsigned width)
{
    for (unsigned i = width; i-- > 0;) bytes.push_back(static_cast<std::uint8_t>(value >> (8U * i)));
}

void add_text(Bytes& bytes, std::string_view text)
{
    assert(text.size() <= std::numeric_limits<std::uint32_t>::max());
    add_number(bytes, text.size(), 4);
    add(bytes, bytes_of(text));
}

} // namespace

std::string to_text(const Continued& point)
{
    return point.journal.text + " " + std::to_string(point.head.seq) + " " + to_hex(point.head.hash);
}

std::optional<Continued> continued_from(std::string_view text)
{
    const auto first = text.find(' '), second = text.rfind(' ');
    if (first == std::string_view::npos || first == second) return std::nullopt;
    Continued point{{std::string{text.substr(0, first)}}, {}};
    const auto number = text.substr(first + 1, second - first - 1);
    const auto [end, wrong] = std::from_chars(number.data(), number.data() + number.size(), point.head.seq);
    const auto hash = hash_from_hex(text.substr(second + 1));
    const bool is_read = wrong == std::errc{} && end == number.data() + number.size() && hash && hash_from_hex(point.journal.text);
    if (!is_read) return std::nullopt;
    point.head.hash = *hash;
    return point;
}

Hash hash_of(const Hash& previous, const JournalRow& row)
{
    Bytes bytes;
    bytes.reserve(128 + row.boot.size() + row.actor.size() + row.kind.size() + row.body.size());
    add(bytes, bytes_of(row_prefix));
    add(bytes, previous);
    add_number(bytes, row.seq, 8);
    add_number(bytes, static_cast<std::uint64_t>(row.at_ms), 8);
    add_number(bytes, static_cast<std::uint64_t>(row.uptime_ms), 8);
    add_number(bytes, row.decision_end, 8);
    for (const auto* text : {&row.boot, &row.actor, &row.kind, &row.body}) add_text(bytes, *text);
    return sha256(bytes);
}

Bytes signed_bytes(const JournalId& journal, const Hash& hash)
{
    Bytes bytes;
    add(bytes, bytes_of(journal.text));
    add(bytes, hash);
    return bytes;
}

Event to_event(const JournalRow& row)
{
    const auto actor = actor_from(row.actor);
    auto fact = actor ? decode(row.kind, row.body) : Fact{UnknownFact{row.kind, row.body}};
    return {row.seq, {from_ms(row.at_ms), row.boot, Elapsed{row.uptime_ms}}, actor.value_or(Nobody{}), std::move(fact)};
}

std::optional<Hash> Walk::step(const JournalRow& row)
{
    const bool continues =
        row.seq == next() && (is_between_decisions() ? row.decision_end >= row.seq : row.decision_end == decision_end_);
    if (!continues) return std::nullopt;
    const auto hash = hash_of(head_.hash, row);
    if (row.seq == 1 && (head_.hash != Hash{} || to_hex(hash) != journal_.text)) return std::nullopt;
    head_ = {row.seq, hash};
    decision_end_ = row.decision_end;
    return hash;
}

} // namespace adal::sync
