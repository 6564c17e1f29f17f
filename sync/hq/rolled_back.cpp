#include "sync/hq/rolled_back.hpp"
#include "content/language/dates.hpp"
#include "sync/hq/belief.hpp"
#include "sync/hq/journals.hpp"
#include <sstream>

namespace adal::sync::hq {
namespace {

constexpr auto alarm = "rolled back"; // in `meta`: journal seq incarnation ms terminal

Expected<bool> is_proof(Store& store, const Receipt& receipt)
{
    const auto theirs = incarnation_from(receipt.incarnation);
    const auto ours = store.incarnation();
    if (!ours) return ours.error();
    if (!theirs || *theirs < *ours) return false; // history: what was lost then has been told
    if (*ours < *theirs) return true;
    auto here = is_here(store, receipt.journal, receipt.head);
    if (!here) return here.error();
    return !*here;
}

} // namespace

Expected<std::optional<RolledBack>> rolled_back(Store& store)
{
    auto text = store.meta(alarm);
    if (!text) return text.error();
    std::istringstream words{*text};
    RolledBack found;
    std::int64_t ms = 0;
    if (!(words >> found.journal.text >> found.seq >> found.incarnation >> ms)) return std::optional<RolledBack>{};
    std::getline(words >> std::ws, found.terminal.text);
    found.noticed_at = from_ms(ms);
    return std::optional{std::move(found)};
}

Error told(const RolledBack& found)
{
    return fail(ErrorKind::Conflict, "hq.rolled_back",
                {{"terminal", found.terminal.text}, {"seq", std::to_string(found.seq)}, {"at", language::short_date(language::date_of(found.noticed_at))}});
}

Expected<Done> note_shown(Store& store, const HqKeys& keys, const TerminalId& by, const Receipt& receipt, UtcTime now)
{
    if (!is_signed_by_one_of(receipt, keys.list.list.receipt)) return Done{};
    auto known = rolled_back(store);
    if (!known) return known.error();
    if (*known) return Done{};
    auto proof = is_proof(store, receipt);
    if (!proof) return proof.error();
    if (!*proof) return Done{};
    return store.put_meta(alarm, receipt.journal.text + " " + std::to_string(receipt.head.seq) + " " + receipt.incarnation + " " +
                                     std::to_string(to_ms(now)) + " " + (is_keepable(by.text) ? by.text : "?"));
}

} // namespace adal::sync::hq
