#pragma once
#include <cstddef>
#include <cstdint>

namespace adal::fuzz {

/// Changes an SQLite file as a hostile hand would that has sqlite3 at hand: cells of other types and sizes, rows too many or too few, tables that are views
/// without end, columns that compute themselves; what is packed in a cell is changed inside. Every third time only bytes of the file.
std::size_t mutate_database(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed);

} // namespace adal::fuzz
