#include "sync/link/bundle.hpp"
#include "sync/link/conversation.hpp"
#include "sync/link/parts.hpp"
#include "sync/link/revocation.hpp"
#include "sync/link/stick_road.hpp"
#include "sync/link/succession.hpp"
#include "sync/link/terminal_courier.hpp"
#include <algorithm>
#include <set>

namespace adal::sync {
namespace {

using Shelf = Stick::Shelf;

/// Writes what one journal has for HQ.
class JournalOut {
public:
    JournalOut(const TerminalAtStick& at, const Journal& journal, const KeyPair& key, const Enrolment& enrolment, WrittenOut& out)
        : at_(at), journal_(journal), key_(key), enrolment_(enrolment), out_(out), road_(at.stick),
          conversation_(at.folder, journal, at.beside, key, enrolment, road_, at.clock, batch_limit), state_(read_sync_state(at.beside))
    {
        const auto receipt = state_.receipt_of(journal.id());
        if (receipt && receipt->incarnation == incarnation()) receipted_ = receipt->head; // what another life of HQ promised nobody may hold
    }

    Expected<Done> write(const std::vector<Hash>& asked_for)
    {
        const auto parts = plan_parts(journal_, at_.beside, receipted_, asked_for);
        if (!parts) return parts.error();
        for (const auto& part : *parts) names_.insert(to_text(name_of(part, journal_)));
        if (auto tidied = remove_old([&](const PartName& name) { return name.last <= receipted_.seq && name.first <= name.last; }); !tidied) return tidied;
        for (const auto& part : *parts)
            if (auto written = write_part(part, &part == &parts->back()); !written) return written;
        return remove_old([](const PartName&) { return true; });
    }

private:
    static constexpr std::size_t batch_limit = 500;

    std::string incarnation() const { return state_.incarnation.empty() ? enrolment_.certificate.incarnation : state_.incarnation; }

    /// The last one is made anew in any case: what is at hand here is told in it.
    Expected<Done> write_part(const PartPlan& part, bool is_last)
    {
        const auto name = to_text(name_of(part, journal_));
        out_.rows += part.last.seq - part.after.seq;
        out_.bodies += part.bodies.size();
        if (!is_last && is_whole(name)) {
            out_.kept.push_back(name);
            return Done{};
        }
        const auto items = items_of(part);
        if (!items) return items.error();
        const BundleLabel label{.sender = enrolment_.certificate.terminal.text, .incarnation = incarnation(), .to = hq(), .number = 0};
        if (auto written = at_.stick.write(Shelf::Up, name, make_bundle(label, *items, key_)); !written) return written;
        out_.written.push_back(name);
        return Done{};
    }

    Expected<std::vector<BundleItem>> items_of(const PartPlan& part) const
    {
        std::vector<BundleItem> items;
        for (const auto& hash : part.bodies) {
            auto content = at_.beside.body(hash);
            if (!content) return content.error();
            if (*content) items.push_back({BundleItem::Kind::Body, std::move(**content)});
        }
        auto batches = batches_of(part, journal_);
        if (!batches) return batches.error();
        for (auto& batch : *batches) items.push_back({BundleItem::Kind::Exchange, conversation_.question(std::move(batch))});
        return items;
    }

    const SealingKey& hq() const { return enrolment_.keys.list.sealing.front(); }

    /// An earlier `out` wrote it to its end, and what it was written for still holds.
    bool is_whole(const std::string& name) const
    {
        const auto bytes = at_.stick.read(Shelf::Up, name, largest_up_bundle);
        const auto bundle = bytes ? read_bundle(*bytes) : bytes.error();
        return bundle && bundle->is_signed_by(key_.public_key()) && bundle->label.to == hq() && bundle->label.incarnation == incarnation();
    }

    /// Of ours only: a copy of this disk, too, writes under this terminal's name, and what it alone has stays.
    Expected<Done> remove_old(const std::function<bool(const PartName&)>& is_old)
    {
        const auto names = at_.stick.names(Shelf::Up);
        if (!names) return names.error();
        for (const auto& text : *names) {
            const auto name = part_name_from(text);
            if (!name || names_.contains(text) || !is_ours(*name) || !is_old(*name)) continue;
            if (auto gone = at_.stick.remove(Shelf::Up, text); !gone) return gone;
            out_.removed.push_back(text);
        }
        return Done{};
    }

    bool is_ours(const PartName& name) const
    {
        if (name.terminal != plain(journal_.terminal().text) || name.journal != journal_.id().text.substr(0, 16)) return false;
        if (name.first > name.last) return true; // no rows in it
        const auto last = journal_.rows_after(name.last - 1, 1);
        return last && !last->empty() && to_hex(last->front().hash).starts_with(name.hash);
    }

    const TerminalAtStick& at_;
    const Journal& journal_;
    const KeyPair& key_;
    const Enrolment& enrolment_;
    WrittenOut& out_;
    StickRoad road_;
    Conversation conversation_;
    SyncState state_;
    Head receipted_;
    std::set<std::string> names_; // of the parts that are to be there
};

/// A receipt of HQ's present life for the last row: nobody will ever write another.
bool has_all(const SyncState& state, const Journal& closed)
{
    const auto receipt = state.receipt_of(closed.id());
    return receipt && receipt->head == closed.head() && receipt->incarnation == state.incarnation;
}

Expected<Done> write_journals(const TerminalAtStick& at, const Enrolment& enrolment, WrittenOut& out)
{
    const auto closed = predecessors(at.folder, at.journal);
    if (!closed) return closed.error();
    for (const auto& journal : *closed) {
        if (has_all(read_sync_state(at.beside), journal)) continue;
        const auto key = KeyPair::open(files_of(at.folder, journal.id()).key);
        if (!key) return key.error();
        if (auto written = JournalOut{at, journal, *key, enrolment, out}.write({}); !written) return written;
    }
    return JournalOut{at, at.journal, at.key, enrolment, out}.write(asked_for_bodies(at.beside));
}

bool is_there_as_good(const Stick& stick, const Carried::Entry& entry, BytesView bytes)
{
    const auto there = stick.read(entry.shelf, entry.name, largest_down_bundle);
    if (!there) return false;
    return std::equal(there->begin(), there->end(), bytes.begin(), bytes.end()) || (entry.shelf == Shelf::Down && is_newer_bundle(*there, bytes));
}

Expected<Done> write_carried(const TerminalAtStick& at, WrittenOut& out)
{
    const Carried carried{at.beside};
    const auto entries = carried.entries();
    if (!entries) return entries.error();
    for (const auto& entry : *entries) {
        const auto bytes = carried.content(entry);
        if (!bytes) continue; // the list knew more than there is
        ++out.neighbours;
        if (is_there_as_good(at.stick, entry, *bytes)) continue;
        if (auto written = at.stick.write(entry.shelf, entry.name, *bytes); !written) return written;
        out.written.push_back(entry.name);
    }
    return Done{};
}

} // namespace

Expected<WrittenOut> write_out(const TerminalAtStick& at)
{
    if (read_revocation(at.beside)) return withdrawn();
    const auto enrolment = read_enrolment(at.beside);
    if (!enrolment) return enrolment.error();
    if (auto ready = at.stick.prepare(); !ready) return ready.error();
    WrittenOut out;
    auto done = write_journals(at, *enrolment, out);
    if (done) done = write_carried(at, out);
    if (!done) out.stopped = done.error();
    return out;
}

} // namespace adal::sync
