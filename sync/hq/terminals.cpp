#include "sync/hq/terminals.hpp"
#include "sync/hq/people.hpp"
#include <fmt/format.h>

namespace adal::sync::hq {
namespace {

constexpr auto columns =
    "SELECT id, site, unit, public_key, sealing_key, enrolled_ms, seen_ms, release, roster, skew_ms FROM terminal ";

TerminalRecord terminal_from(const Row& row)
{
    return {.id = {row.text(0)},
            .site = {row.text(1)},
            .unit = {row.text(2)},
            .key = hash_from_hex(row.text(3)).value_or(PublicKey{}),
            .sealing = hash_from_hex(row.text(4)).value_or(SealingKey{}),
            .enrolled_at = from_ms(row.integer(5)),
            .seen_at = time_in(row, 6),
            .release = row.integer(7),
            .roster = row.integer(8),
            .skew_ms = row.integer(9)};
}

Bytes hashed(const HqKeys& keys, BytesView secret)
{
    Bytes salted{keys.pepper.begin(), keys.pepper.end()};
    salted.insert(salted.end(), secret.begin(), secret.end());
    const auto hash = sha256(salted);
    return {hash.begin(), hash.end()};
}

Error refused() { return fail(ErrorKind::Denied, "hq.enrolment.refused"); }

Expected<TerminalId> next_terminal(Store& store)
{
    auto number = store.next_number("terminals");
    if (!number) return number.error();
    return TerminalId{fmt::format("t-{:02}", *number)};
}

Expected<Text> unit_name(Store& store, const UnitId& unit)
{
    auto rows = store.db().query("SELECT kk, ru, en FROM unit WHERE id = $1", {unit.text});
    if (!rows) return rows.error();
    return rows->empty() ? Text{} : text_in(rows->front(), 0);
}

Expected<EnrolmentReply> reply_for(Store& store, const HqFolder& folder, const TerminalId& id, const SiteId& site,
                                   const UnitId& unit, const EnrolmentRequest& request, Random& random)
{
    auto sites = store.db().query("SELECT kk, ru, en FROM site WHERE id = $1", {site.text});
    auto unit_text = unit_name(store, unit);
    auto incarnation = store.incarnation();
    auto key = site_key(folder, site, random);
    auto demo = store.is_demo();
    if (!sites) return sites.error();
    if (!unit_text) return unit_text.error();
    if (!incarnation) return incarnation.error();
    if (!key) return key.error();
    if (!demo) return demo.error();
    return EnrolmentReply{.terminal = id,
                          .site = site,
                          .site_name = sites->empty() ? Text{} : text_in(sites->front(), 0),
                          .unit_name = *unit_text,
                          .key = request.key,
                          .incarnation = to_text(*incarnation),
                          .site_key = {.generation = 1, .sealed = seal(request.sealing, *key)},
                          .is_demo = *demo};
}

Expected<Done> keep(Store& store, const EnrolmentReply& reply, const UnitId& unit, const EnrolmentRequest& request,
                    const Bytes& secret, const Bytes& envelope, UtcTime now)
{
    const auto key = to_hex(request.key), sealing = to_hex(request.sealing);
    auto number = store.number("terminals");
    if (!number) return number.error();
    auto kept =
        store.db().execute("INSERT INTO terminal (id, ordinal, site, unit, public_key, sealing_key, enrolled_ms, "
                           "seen_ms, release, roster, skew_ms) "
                           "VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 0, 0, 0)",
                           {reply.terminal.text, *number, reply.site.text, unit.text, key, sealing, to_ms(now)});
    if (!kept) return kept.error();
    auto served = store.db().execute(
        "UPDATE invitation SET terminal = $2, public_key = $3, sealing_key = $4, reply = $5 WHERE secret = $1",
        {secret, reply.terminal.text, key, sealing, envelope});
    if (!served) return served.error();
    return Done{};
}

Expected<Enrolled> opened(const Bytes& envelope)
{
    auto inner = read_envelope(envelope);
    if (!inner) return inner.error();
    auto json = unpack(inner->envelope.body, largest_message);
    if (!json) return json.error();
    auto reply = decode_enrolment_reply(text_of(*json));
    if (!reply) return reply.error();
    return Enrolled{*reply, envelope};
}

} // namespace

Expected<std::optional<TerminalRecord>> find_terminal(Store& store, const TerminalId& id)
{
    auto rows = store.db().query(std::string{columns} + "WHERE id = $1", {id.text});
    if (!rows) return rows.error();
    return rows->empty() ? std::optional<TerminalRecord>{} : std::optional{terminal_from(rows->front())};
}

Expected<std::vector<TerminalRecord>> all_terminals(Store& store)
{
    auto rows = store.db().query(std::string{columns} + "ORDER BY ordinal");
    if (!rows) return rows.error();
    std::vector<TerminalRecord> terminals;
    for (const auto& row : *rows) terminals.push_back(terminal_from(row));
    return terminals;
}

Expected<Done> heard(Store& store, const TerminalId& id, std::int64_t release, std::int64_t roster,
                     std::int64_t skew_ms, UtcTime now)
{
    auto noted =
        store.db().execute("UPDATE terminal SET seen_ms = $2, release = $3, roster = $4, skew_ms = $5 WHERE id = $1",
                           {id.text, to_ms(now), release, roster, skew_ms});
    if (!noted) return noted.error();
    return Done{};
}

Expected<Invitation> invite(Store& store, const HqKeys& keys, const SiteId& site, const UnitId& unit, UtcTime now,
                            Random& random)
{
    Invitation invitation{.code = {}, .expires = now + std::chrono::days{1}};
    const auto secret = random.bytes(invitation.code.secret.size());
    std::copy(secret.begin(), secret.end(), invitation.code.secret.begin());
    invitation.code.fingerprint = root_fingerprint(keys.list.root);
    auto kept = store.db().execute("INSERT INTO invitation (secret, site, unit, expires_ms, terminal, public_key, "
                                   "sealing_key, reply) VALUES ($1, $2, $3, $4, '', '', '', NULL)",
                                   {hashed(keys, secret), site.text, unit.text, to_ms(invitation.expires)});
    if (!kept) return kept.error();
    return invitation;
}

Expected<Enrolled> enrol(Store& store, const HqFolder& folder, const HqKeys& keys, const EnrolmentRequest& request,
                         UtcTime now, Random& random)
{
    const auto secret = hashed(keys, request.secret);
    auto rows = store.db().query(
        "SELECT site, unit, expires_ms, terminal, public_key, sealing_key, reply FROM invitation WHERE secret = $1",
        {secret});
    if (!rows) return rows.error();
    if (rows->empty() || to_ms(now) > rows->front().integer(2)) return refused();
    const auto& row = rows->front();
    if (!row.text(3).empty()) {
        const bool is_same = row.text(4) == to_hex(request.key) && row.text(5) == to_hex(request.sealing);
        return is_same ? opened(row.bytes(6)) : Expected<Enrolled>{refused()};
    }
    if (!can_seal_to(request.sealing)) return refused(); // not every 32 bytes are a key
    auto id = next_terminal(store);
    if (!id) return id.error();
    auto reply = reply_for(store, folder, *id, {row.text(0)}, {row.text(1)}, request, random);
    if (!reply) return reply.error();
    auto envelope = signed_message(Purpose::Certificate, "hq", reply->incarnation, encode(*reply), keys.identity);
    if (auto kept = keep(store, *reply, {row.text(1)}, request, secret, envelope, now); !kept) return kept.error();
    return Enrolled{*reply, envelope};
}

} // namespace adal::sync::hq
