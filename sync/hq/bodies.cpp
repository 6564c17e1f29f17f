#include "sync/hq/bodies.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

Bytes as_bytes(const Hash& hash) { return {hash.begin(), hash.end()}; }

} // namespace

Expected<bool> has_body(Store& store, const Hash& hash)
{
    auto rows = store.db().query("SELECT 1 FROM body WHERE hash = $1", {as_bytes(hash)});
    if (!rows) return rows.error();
    return !rows->empty();
}

Expected<std::optional<Bytes>> body_content(Store& store, const Hash& hash)
{
    auto rows = store.db().query("SELECT content FROM body WHERE hash = $1", {as_bytes(hash)});
    if (!rows) return rows.error();
    return rows->empty() ? std::optional<Bytes>{} : std::optional{rows->front().bytes(0)};
}

Expected<Done> keep_body(Store& store, const Hash& hash, BytesView content, const TerminalId& from, UtcTime now)
{
    if (content.size() > largest_body) return fail(ErrorKind::InvalidInput, "hq.request.too_large");
    if (sha256(content) != hash) return fail(ErrorKind::Corrupt, "hq.body.other", {{"hash", to_hex(hash)}});
    auto kept = store.db().execute("INSERT INTO body (hash, content, terminal, at_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING",
                                   {as_bytes(hash), blob(content), from.text, to_ms(now)});
    if (!kept) return kept.error();
    return Done{};
}

Expected<std::vector<Hash>> missing_bodies(Store& store, const JournalId& journal, std::int64_t limit)
{
    auto rows = store.db().query("SELECT n.body, MIN(n.seq) AS first FROM named_body n WHERE n.journal = $1 AND NOT EXISTS "
                                 "(SELECT 1 FROM body b WHERE b.hash = n.body) GROUP BY n.body ORDER BY first, n.body LIMIT $2",
                                 {journal.text, limit});
    if (!rows) return rows.error();
    std::vector<Hash> missing;
    for (const auto& row : *rows) missing.push_back(hash_in(row, 0));
    return missing;
}

} // namespace adal::sync::hq
