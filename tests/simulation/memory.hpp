#pragma once

namespace adal::simulation {

/// SQLite takes its memory from a pool, and its chance from us: it asks for memory millions of times, which the sanitizer makes dear; and what it writes is the same
/// in every run. Before the first database is opened.
void make_sqlite_fast_and_repeatable();

/// SQLite's own chance begins anew.
void seed_sqlite(unsigned long long seed);

} // namespace adal::simulation
