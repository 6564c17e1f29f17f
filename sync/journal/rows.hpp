#pragma once
#include "sync/database/connection.hpp"
#include "sync/journal/chain.hpp"
#include <limits>

namespace adal::sync {

/// Table `event` of a journal file. Reads doubt every value: the file may have been changed by anybody.
extern const char* const journal_schema;

constexpr std::int64_t journal_application = 1633968490; // "adaj", as the schema says

Expected<Done> insert(Connection&, const std::vector<JournalRow>&); // in one transaction

/// Rows with from <= seq <= to, at most `limit`; stops before what is not even a row, and is Corrupt if that is the first.
struct Stretch {
    std::int64_t from = std::numeric_limits<std::int64_t>::min(), to = std::numeric_limits<std::int64_t>::max();
    std::size_t limit = 1000;
};
Expected<std::vector<JournalRow>> select(Connection&, const Stretch&);
Expected<std::optional<JournalRow>> select_last(Connection&);

/// The point up to which the chain was found whole. A cache: whoever reads it compares it with the row.
Expected<std::optional<Head>> select_checked(Connection&);
Expected<Done> update_checked(Connection&, const Head&);

} // namespace adal::sync
