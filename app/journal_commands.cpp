#include "app/commands.hpp"
#include "app/terminal.hpp"
#include "content/language/dates.hpp"
#include "sync/link/succession.hpp"
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

Expected<Done> verify_command(const Command& command)
{
    const auto journals = journals_of(command);
    if (!journals) return journals.error();
    std::uint64_t rows = 0;
    for (const auto& journal : *journals) {
        if (const auto verified = journal.verify(); !verified) return verified;
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
