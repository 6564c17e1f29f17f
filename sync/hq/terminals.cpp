#include "sync/hq/terminals.hpp"
#include "sync/hq/site_keys.hpp"
#include <fmt/format.h>

namespace adal::sync::hq {
namespace {

constexpr auto columns =
    "SELECT id, site, public_key, sealing_key, enrolled_ms, seen_ms, release, roster, skew_ms FROM terminal ";

TerminalRecord terminal_from(const Row& row)
{
    return {.id = {row.text(0)},
            .scope = {.site = {row.text(1)}, .units = {}},
            .key = hash_from_hex(row.text(2)).value_or(PublicKey{}),
            .sealing = hash_from_hex(row.text(3)).value_or(SealingKey{}),
            .enrolled_at = from_ms(row.integer(4)),
            .seen_at = time_in(row, 5),
            .release = row.integer(6),
            .roster = row.integer(7),
            .skew_ms = row.integer(8)};
}

Expected<std::set<UnitId>> units_in(Store& store, const std::string& query, const Value& of)
{
    auto rows = store.db().query(query, {of});
    if (!rows) return rows.error();
    std::set<UnitId> units;
    for (const auto& row : *rows) units.insert({row.text(0)});
    return units;
}

Expected<std::vector<TerminalRecord>> terminals_by(Store& store, const std::string& condition, const std::vector<Value>& parameters)
{
    auto rows = store.db().query(columns + condition, parameters);
    if (!rows) return rows.error();
    std::vector<TerminalRecord> terminals;
    for (const auto& row : *rows) {
        terminals.push_back(terminal_from(row));
        auto units = units_in(store, "SELECT unit FROM terminal_unit WHERE terminal = $1", row.text(0));
        if (!units) return units.error();
        terminals.back().scope.units = std::move(*units);
    }
    return terminals;
}

Bytes hashed(const HqKeys& keys, BytesView secret)
{
    Bytes salted{keys.pepper.begin(), keys.pepper.end()};
    salted.insert(salted.end(), secret.begin(), secret.end());
    const auto hash = sha256(salted);
    return {hash.begin(), hash.end()};
}

/// The pepper itself is for hashing; what locks secrets is another key made of it.
SecretKey secrets_key(const HqKeys& keys)
{
    Bytes named = {'a', 'd', 'a', 'l', '/', 'i', 'n', 'v', 'i', 't', 'a', 't', 'i', 'o', 'n', 's'};
    named.insert(named.end(), keys.pepper.begin(), keys.pepper.end());
    return sha256(named);
}

Error refused() { return fail(ErrorKind::Denied, "hq.enrolment.refused"); }

Expected<TerminalId> next_terminal(Store& store)
{
    auto number = store.next_number("terminals");
    if (!number) return number.error();
    return TerminalId{fmt::format("t-{:02}", *number)};
}

/// What its header shows: the unit's name, or nothing when it serves several or the whole site.
Expected<Text> unit_name(Store& store, const TerminalScope& scope)
{
    if (scope.units.size() != 1) return Text{};
    auto rows = store.db().query("SELECT kk, ru, en FROM unit WHERE id = $1", {scope.units.begin()->text});
    if (!rows) return rows.error();
    return rows->empty() ? Text{} : text_in(rows->front(), 0);
}

struct Applicant {
    TerminalId id;
    TerminalScope scope;
    PublicKey key{};
    SealingKey sealing{};
};

Expected<EnrolmentReply> reply_for(Store& store, const HqFolder& folder, const HqKeys& keys, const Applicant& applicant, Random& random)
{
    const auto& site = applicant.scope.site;
    auto sites = store.db().query("SELECT kk, ru, en FROM site WHERE id = $1", {site.text});
    auto unit = unit_name(store, applicant.scope);
    auto incarnation = store.incarnation();
    auto key = newest_site_key(store, folder, keys, site, random);
    auto demo = store.is_demo();
    if (!sites) return sites.error();
    if (!unit) return unit.error();
    if (!incarnation) return incarnation.error();
    if (!key) return key.error();
    if (!demo) return demo.error();
    return EnrolmentReply{.terminal = applicant.id,
                          .site = site,
                          .site_name = sites->empty() ? Text{} : text_in(sites->front(), 0),
                          .unit_name = *unit,
                          .key = applicant.key,
                          .incarnation = to_text(*incarnation),
                          .site_key = {.generation = key->generation, .sealed = seal(applicant.sealing, key->key)},
                          .is_demo = *demo};
}

Bytes signed_certificate(const EnrolmentReply& reply, const HqKeys& keys)
{
    return signed_message(Purpose::Certificate, "hq", reply.incarnation, encode(reply), keys.identity);
}

Expected<Done> keep(Store& store, const Applicant& applicant, const Bytes& secret, const Bytes& envelope, UtcTime now)
{
    const auto key = to_hex(applicant.key), sealing = to_hex(applicant.sealing);
    const auto& [site, units] = applicant.scope;
    auto number = store.number("terminals");
    if (!number) return number.error();
    auto kept =
        store.db().execute("INSERT INTO terminal (id, ordinal, site, unit, public_key, sealing_key, enrolled_ms, "
                           "seen_ms, release, roster, skew_ms) "
                           "VALUES ($1, $2, $3, '', $4, $5, $6, NULL, 0, 0, 0)",
                           {applicant.id.text, *number, site.text, key, sealing, to_ms(now)});
    if (!kept) return kept.error();
    for (const auto& unit : units) {
        auto serves = store.db().execute("INSERT INTO terminal_unit (terminal, unit) VALUES ($1, $2)", {applicant.id.text, unit.text});
        if (!serves) return serves.error();
    }
    auto served = store.db().execute(
        "UPDATE invitation SET terminal = $2, public_key = $3, sealing_key = $4, reply = $5 WHERE secret = $1",
        {secret, applicant.id.text, key, sealing, envelope});
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
    auto found = terminals_by(store, "WHERE id = $1", {id.text});
    if (!found) return found.error();
    return found->empty() ? std::optional<TerminalRecord>{} : std::optional{std::move(found->front())};
}

Expected<std::vector<TerminalRecord>> all_terminals(Store& store) { return terminals_by(store, "ORDER BY ordinal", {}); }

Expected<Done> heard(Store& store, const TerminalId& id, std::int64_t release, std::int64_t roster,
                     std::int64_t skew_ms, UtcTime now)
{
    auto noted =
        store.db().execute("UPDATE terminal SET seen_ms = $2, release = $3, roster = $4, skew_ms = $5 WHERE id = $1",
                           {id.text, to_ms(now), release, roster, skew_ms});
    if (!noted) return noted.error();
    return Done{};
}

Expected<Invitation> invite(Store& store, const HqKeys& keys, const TerminalScope& scope, UtcTime now, Random& random)
{
    Invitation invitation{.code = {}, .expires = now + std::chrono::days{1}};
    const auto secret = random.bytes(invitation.code.secret.size());
    std::copy(secret.begin(), secret.end(), invitation.code.secret.begin());
    invitation.code.fingerprint = root_fingerprint(keys.list.root);
    const auto hash = hashed(keys, secret);
    auto forgotten = store.db().execute("UPDATE invitation SET locked = NULL WHERE expires_ms < $1", {to_ms(now)});
    if (!forgotten) return forgotten.error();
    auto kept = store.db().execute("INSERT INTO invitation (secret, site, unit, expires_ms, terminal, public_key, "
                                   "sealing_key, reply, locked) VALUES ($1, $2, '', $3, '', '', '', NULL, $4)",
                                   {hash, scope.site.text, to_ms(invitation.expires), lock(secrets_key(keys), secret, random)});
    if (!kept) return kept.error();
    for (const auto& unit : scope.units) {
        auto serves = store.db().execute("INSERT INTO invitation_unit (secret, unit) VALUES ($1, $2)", {hash, unit.text});
        if (!serves) return serves.error();
    }
    return invitation;
}

Expected<Enrolled> enrol(Store& store, const HqFolder& folder, const HqKeys& keys, const EnrolmentRequest& request,
                         UtcTime now, Random& random)
{
    const auto secret = hashed(keys, request.secret);
    auto rows = store.db().query(
        "SELECT site, expires_ms, terminal, public_key, sealing_key, reply FROM invitation WHERE secret = $1", {secret});
    if (!rows) return rows.error();
    if (rows->empty() || to_ms(now) > rows->front().integer(1)) return refused();
    const auto& row = rows->front();
    if (!row.text(2).empty()) {
        const bool is_same = row.text(3) == to_hex(request.key) && row.text(4) == to_hex(request.sealing);
        return is_same ? opened(row.bytes(5)) : Expected<Enrolled>{refused()};
    }
    if (!can_seal_to(request.sealing)) return refused(); // not every 32 bytes are a key
    auto id = next_terminal(store);
    auto units = units_in(store, "SELECT unit FROM invitation_unit WHERE secret = $1", secret);
    if (!id) return id.error();
    if (!units) return units.error();
    const Applicant applicant{.id = *id, .scope = {{row.text(0)}, *units}, .key = request.key, .sealing = request.sealing};
    auto reply = reply_for(store, folder, keys, applicant, random);
    if (!reply) return reply.error();
    const auto envelope = signed_certificate(*reply, keys);
    if (auto kept = keep(store, applicant, secret, envelope, now); !kept) return kept.error();
    return Enrolled{*reply, envelope};
}

Expected<Bytes> certificate_for(Store& store, const HqFolder& folder, const HqKeys& keys, const TerminalRecord& terminal,
                                const PublicKey& key, Random& random)
{
    auto reply = reply_for(store, folder, keys, {terminal.id, terminal.scope, key, terminal.sealing}, random);
    if (!reply) return reply.error();
    return signed_certificate(*reply, keys);
}

Expected<EnrolmentRequest> request_of(Store& store, const HqKeys& keys, const StickRequest& stick, UtcTime now)
{
    auto rows = store.db().query("SELECT locked FROM invitation WHERE locked IS NOT NULL AND expires_ms >= $1 AND public_key IN ('', $2)",
                                 {to_ms(now), to_hex(stick.key)});
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
        EnrolmentRequest request{.secret = {}, .key = stick.key, .sealing = stick.sealing};
        const auto secret = unlock(secrets_key(keys), row.bytes(0));
        if (!secret || secret->size() != request.secret.size()) continue; // of another pepper: a code that is typed still works
        std::copy(secret->begin(), secret->end(), request.secret.begin());
        if (enrolment_proof(request.secret, stick.key, stick.sealing) == stick.proof) return request;
    }
    return refused();
}

} // namespace adal::sync::hq
