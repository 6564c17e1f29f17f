#include "sync/hq/schema.hpp"

namespace adal::sync::hq {
namespace {

// Every write transaction begins by taking the next position from `counter`: writers are serial on both stores.
constexpr auto journals = R"sql(
CREATE TABLE counter (id BIGINT PRIMARY KEY, position BIGINT NOT NULL);
INSERT INTO counter VALUES (1, 0);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE journal (id TEXT PRIMARY KEY, terminal TEXT NOT NULL, public_key TEXT NOT NULL);
CREATE TABLE branch (
    journal TEXT NOT NULL, number BIGINT NOT NULL, fork_seq BIGINT NOT NULL,
    head_seq BIGINT NOT NULL, head_hash BYTEA NOT NULL, committed_ms BIGINT NOT NULL,
    PRIMARY KEY (journal, number));
CREATE TABLE fact (
    hash BYTEA PRIMARY KEY, position BIGINT NOT NULL, journal TEXT NOT NULL, branch BIGINT NOT NULL, seq BIGINT NOT NULL,
    at_ms BIGINT NOT NULL, boot TEXT NOT NULL, uptime_ms BIGINT NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    decision_end BIGINT NOT NULL, signature BYTEA);
CREATE UNIQUE INDEX fact_place ON fact (journal, branch, seq);
CREATE INDEX fact_actor ON fact (actor, position, seq);
CREATE INDEX fact_position ON fact (position);
CREATE TABLE receipt (
    position BIGINT NOT NULL, journal TEXT NOT NULL, branch BIGINT NOT NULL,
    head_seq BIGINT NOT NULL, head_hash BYTEA NOT NULL, committed_ms BIGINT NOT NULL,
    PRIMARY KEY (journal, branch, head_seq));
)sql";

constexpr auto people = R"sql(
CREATE TABLE site (id TEXT PRIMARY KEY, ordinal BIGINT NOT NULL, kk TEXT NOT NULL, ru TEXT NOT NULL, en TEXT NOT NULL);
CREATE TABLE unit (id TEXT PRIMARY KEY, site TEXT NOT NULL, kk TEXT NOT NULL, ru TEXT NOT NULL, en TEXT NOT NULL);
CREATE TABLE employer (id TEXT PRIMARY KEY, kk TEXT NOT NULL, ru TEXT NOT NULL, en TEXT NOT NULL);
CREATE TABLE person (
    id TEXT PRIMARY KEY, family_name TEXT NOT NULL, given_name TEXT NOT NULL, patronymic TEXT NOT NULL, language TEXT NOT NULL,
    sort BYTEA NOT NULL, folded TEXT NOT NULL);
CREATE INDEX person_sort ON person (sort);
CREATE TABLE assignment (
    person TEXT NOT NULL, ordinal BIGINT NOT NULL, employer TEXT NOT NULL, number TEXT NOT NULL, unit TEXT NOT NULL, site TEXT NOT NULL,
    position TEXT NOT NULL, class TEXT NOT NULL, from_day BIGINT NOT NULL, to_day BIGINT, probation_end_day BIGINT,
    PRIMARY KEY (person, ordinal));
CREATE INDEX assignment_number ON assignment (number);
CREATE INDEX assignment_site ON assignment (site, unit);
CREATE TABLE verifier (
    person TEXT PRIMARY KEY, pin TEXT NOT NULL, reset BIGINT NOT NULL, counter BIGINT NOT NULL,
    one_time_code TEXT NOT NULL, code_expires_ms BIGINT);
)sql";

constexpr auto keepers = R"sql(
CREATE TABLE terminal (
    id TEXT PRIMARY KEY, ordinal BIGINT NOT NULL, site TEXT NOT NULL, unit TEXT NOT NULL, public_key TEXT NOT NULL, sealing_key TEXT NOT NULL,
    enrolled_ms BIGINT NOT NULL, seen_ms BIGINT, release BIGINT NOT NULL, roster BIGINT NOT NULL, skew_ms BIGINT NOT NULL);
CREATE TABLE invitation (
    secret BYTEA PRIMARY KEY, site TEXT NOT NULL, unit TEXT NOT NULL, expires_ms BIGINT NOT NULL,
    terminal TEXT NOT NULL, public_key TEXT NOT NULL, sealing_key TEXT NOT NULL, reply BYTEA);
CREATE TABLE release (number BIGINT PRIMARY KEY, published_ms BIGINT NOT NULL, envelope BYTEA NOT NULL, library BYTEA NOT NULL, bank BYTEA NOT NULL);
CREATE TABLE pack (hash BYTEA PRIMARY KEY, kind TEXT NOT NULL, content BYTEA NOT NULL);
CREATE TABLE console_user (login TEXT PRIMARY KEY, role TEXT NOT NULL, verifier TEXT NOT NULL, disabled BIGINT NOT NULL, created_ms BIGINT NOT NULL);
CREATE TABLE console_user_unit (login TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (login, unit));
CREATE TABLE console_session (token BYTEA PRIMARY KEY, login TEXT NOT NULL, csrf TEXT NOT NULL, expires_ms BIGINT NOT NULL);
)sql";

// Folds. A span says from which day to which day she owes the duty, and by when.
constexpr auto projections = R"sql(
CREATE TABLE duty_rule (id TEXT PRIMARY KEY, ordinal BIGINT NOT NULL, object TEXT NOT NULL, version BIGINT NOT NULL, attempts BIGINT NOT NULL, cooldown_days BIGINT NOT NULL);
CREATE TABLE duty_span (
    person TEXT NOT NULL, rule TEXT NOT NULL, from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, due_day BIGINT,
    PRIMARY KEY (person, rule, from_day));
CREATE TABLE achievement (
    person TEXT NOT NULL, object TEXT NOT NULL, version BIGINT NOT NULL, started_ms BIGINT, done_ms BIGINT, parts BIGINT NOT NULL,
    attempts BIGINT NOT NULL, is_open BIGINT NOT NULL, points BIGINT, maximum BIGINT, closed_ms BIGINT,
    PRIMARY KEY (person, object));
)sql";

// What a terminal withdrawn wrote after its receipted heads waits in `fact` with `quarantined` 1 and is in no fold.
constexpr auto histories = R"sql(
ALTER TABLE journal ADD COLUMN continues TEXT NOT NULL DEFAULT '';
ALTER TABLE branch ADD COLUMN parent BIGINT NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN quarantined BIGINT NOT NULL DEFAULT 0;
CREATE INDEX fact_quarantine ON fact (journal) WHERE quarantined = 1;
CREATE INDEX journal_terminal ON journal (terminal);
CREATE TABLE body (hash BYTEA PRIMARY KEY, content BYTEA NOT NULL, terminal TEXT NOT NULL, at_ms BIGINT NOT NULL);
CREATE TABLE revocation (terminal TEXT PRIMARY KEY, at_ms BIGINT NOT NULL, stolen BIGINT NOT NULL);
CREATE TABLE revoked_head (
    journal TEXT NOT NULL, branch BIGINT NOT NULL, terminal TEXT NOT NULL, head_seq BIGINT NOT NULL, head_hash BYTEA NOT NULL,
    PRIMARY KEY (journal, branch));
)sql";

// More folds, and the way to one person's facts of some kinds. Whoever signs may write any name, however long: an index holds its beginning.
constexpr auto fact_projections = R"sql(
DROP INDEX fact_actor;
CREATE INDEX fact_actor_kind ON fact (substr(actor, 1, 100), substr(kind, 1, 100), position, seq);
CREATE TABLE unread_fact (
    hash BYTEA PRIMARY KEY, journal TEXT NOT NULL, branch BIGINT NOT NULL, seq BIGINT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE named_body (body BYTEA NOT NULL, fact BYTEA NOT NULL, journal TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (body, fact));
CREATE INDEX named_body_journal ON named_body (journal, seq);
CREATE TABLE person_at_terminal (terminal TEXT NOT NULL, person TEXT NOT NULL, facts BIGINT NOT NULL, PRIMARY KEY (terminal, person));
CREATE TABLE clock_comparison (
    journal TEXT NOT NULL, branch BIGINT NOT NULL, seq BIGINT NOT NULL, at_ms BIGINT NOT NULL, boot TEXT NOT NULL, uptime_ms BIGINT NOT NULL,
    hq_ms BIGINT NOT NULL, compared_ms BIGINT NOT NULL, uncertainty_ms BIGINT NOT NULL, PRIMARY KEY (journal, branch, seq));
CREATE TABLE clock_mark (
    journal TEXT NOT NULL, branch BIGINT NOT NULL, seq BIGINT NOT NULL, at_ms BIGINT NOT NULL, boot TEXT NOT NULL, uptime_ms BIGINT NOT NULL,
    is_boot BIGINT NOT NULL, is_step BIGINT NOT NULL, PRIMARY KEY (journal, branch, seq));
)sql";

// What a terminal said of what is at hand there, by branch: a stick is written for one that is not asked.
constexpr auto carrying = R"sql(
CREATE TABLE said (
    journal TEXT NOT NULL, branch BIGINT NOT NULL, incarnation TEXT NOT NULL, keys BIGINT NOT NULL, roster BIGINT NOT NULL, release BIGINT NOT NULL,
    feed BIGINT NOT NULL, PRIMARY KEY (journal, branch));
)sql";

// A request on a stick proves that its writer knows the code's secret, so open secrets are kept, locked under the pepper.
constexpr auto enrolment_by_stick = "ALTER TABLE invitation ADD COLUMN locked BYTEA";

// Whom a terminal serves, and what it is told about people: rosters by site, the people feed, both under the site's keys. The last three statements
// bring along what an HQ of 0.1.0 holds.
constexpr auto sharing = R"sql(
CREATE TABLE site_key (site TEXT NOT NULL, generation BIGINT NOT NULL, locked BYTEA NOT NULL, PRIMARY KEY (site, generation));
CREATE TABLE site_roster (site TEXT PRIMARY KEY, number BIGINT NOT NULL, changed_ms BIGINT NOT NULL);
CREATE TABLE person_change (
    person TEXT NOT NULL, journal TEXT NOT NULL, branch BIGINT NOT NULL, position BIGINT NOT NULL, PRIMARY KEY (person, journal, branch));
CREATE INDEX person_change_position ON person_change (position);
CREATE TABLE terminal_unit (terminal TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (terminal, unit));
CREATE TABLE invitation_unit (secret BYTEA NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (secret, unit));
INSERT INTO terminal_unit (terminal, unit) SELECT id, unit FROM terminal WHERE unit <> '';
INSERT INTO site_roster (site, number, changed_ms) SELECT s.id, c.position, 0 FROM site s, counter c;
INSERT INTO person_change (person, journal, branch, position)
    SELECT SUBSTR(actor, 8), journal, branch, MAX(position) FROM fact WHERE actor LIKE 'person:%' GROUP BY SUBSTR(actor, 8), journal, branch;
)sql";

} // namespace

const std::vector<Migration>& migrations()
{
    static const std::vector<Migration> all{{1, journals},    {2, people},    {3, keepers},
                                            {4, projections}, {5, histories}, {6, fact_projections}, {7, sharing}, {8, carrying}, {9, enrolment_by_stick}};
    return all;
}

} // namespace adal::sync::hq
