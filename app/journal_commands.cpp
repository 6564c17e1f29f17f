#include "app/commands.hpp"
#include "app/terminal.hpp"
#include "content/language/dates.hpp"
#include "sync/link/succession.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

/// `adal-terminal journal` and `verify`: all journals of the terminal, from the oldest. They read only; a window may be open meanwhile.
namespace adal::app {
namespace {
using nlohmann::ordered_json;

Expected<std::vector<sync::Journal>> journals_of(const Command& command)
{
    if (!is_enrolled(command.folder))
        return fail(ErrorKind::NotFound, "trouble.not_enrolled", {{"path", command.folder.root.string()}});
    auto present = sync::Journal::read_only(sync::present_files(command.folder).journal);
    if (!present) return present.error();
    auto all = sync::predecessors(command.folder, *present);
    if (!all) return all.error();
    all->push_back(std::move(*present));
    return all;
}

std::string line_of(const sync::JournalRow& row, const sync::JournalId& journal)
{
    auto body = ordered_json::parse(row.body, nullptr, false);
    const ordered_json line{{"seq", row.seq},
                            {"at", language::iso(from_ms(row.at_ms))},
                            {"at_ms", row.at_ms},
                            {"boot", row.boot},
                            {"uptime_ms", row.uptime_ms},
                            {"actor", row.actor},
                            {"kind", row.kind},
                            {"body", body.is_discarded() ? ordered_json(row.body) : std::move(body)},
                            {"hash", to_hex(row.hash)},
                            {"journal", journal.text.substr(0, 16)}};
    return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Expected<Done> print(const Command& command, const sync::Journal& journal, std::uint64_t after)
{
    for (std::uint64_t seq = after; seq < journal.head().seq;) {
        const auto rows = journal.rows_after(seq, 1000);
        if (!rows) return rows.error();
        for (const auto& row : *rows) command.out << line_of(row, journal.id()) << '\n';
        if (rows->empty()) break;
        seq = rows->back().seq;
    }
    return Done{};
}

} // namespace

Expected<Done> journal_command(const Command& command, std::uint64_t after)
{
    const auto journals = journals_of(command);
    if (!journals) return journals.error();
    if (after > 0) return print(command, journals->back(), after); // who asks so has read those before
    for (const auto& journal : *journals)
        if (const auto printed = print(command, journal, 0); !printed) return printed;
    return Done{};
}

namespace {

Error broken(const std::filesystem::path& path, std::uint64_t seq)
{
    return fail(ErrorKind::Corrupt, "journal.broken", {{"path", path.string()}, {"seq", std::to_string(seq)}});
}

/// Each leads on to the next, and none is missing before the first.
Expected<Done> need_all(const sync::TerminalFolder& folder, const std::vector<sync::Journal>& journals)
{
    if (const auto missing = journals.front().continues())
        return fail(ErrorKind::NotFound, "journal.missing", {{"path", sync::files_of(folder, missing->journal).journal.string()}});
    for (std::size_t i = 0; i + 1 < journals.size(); ++i)
        if (const auto end = journals[i + 1].continues()->head; journals[i].head() != end)
            return broken(sync::files_of(folder, journals[i].id()).journal, end.seq + 1);
    return Done{};
}

/// A journal cut off between two decisions is whole by itself. HQ's receipt knows better.
Expected<Done> need_what_was_receipted(const sync::TerminalFolder& folder, const sync::Journal& journal)
{
    const auto beside = sync::Beside::open(folder.beside());
    const auto receipt = beside ? sync::read_sync_state(*beside).receipt_of(journal.id()) : std::nullopt;
    if (!receipt || journal.contains(receipt->head)) return Done{};
    return broken(folder.journal(), std::min(journal.head().seq + 1, receipt->head.seq));
}

} // namespace

Expected<Done> verify_command(const Command& command)
{
    const auto journals = journals_of(command);
    if (!journals) return journals.error();
    if (const auto all = need_all(command.folder, *journals); !all) return all;
    std::uint64_t rows = 0;
    for (const auto& journal : *journals) {
        if (const auto verified = journal.verify(); !verified) return verified;
        if (const auto there = need_what_was_receipted(command.folder, journal); !there) return there;
        rows += journal.head().seq;
    }
    const auto& present = journals->back();
    if (command.json)
        command.out << ordered_json{{"rows", rows}, {"head", to_hex(present.head().hash)}, {"journals", journals->size()}}.dump() << '\n';
    else
        command.out << command.say("verified", {{"rows", std::to_string(rows)}}) << '\n';
    return Done{};
}

} // namespace adal::app
