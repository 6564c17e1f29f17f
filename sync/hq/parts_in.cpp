#include "sync/hq/bodies.hpp"
#include "sync/hq/courier.hpp"
#include "sync/hq/senders.hpp"
#include <algorithm>
#include <tuple>

namespace adal::sync::hq {
namespace {

using Kind = BundleItem::Kind;

/// Takes the items of one part one after the other.
class PartIntake {
public:
    PartIntake(Intake& intake, Store& store, const TerminalRecord& terminal, UtcTime now) : intake_(intake), store_(store), now_(now), taken_{.terminal = terminal.id} {}

    Expected<Done> take(const BundleItem& item)
    {
        if (item.kind == Kind::Exchange) return take_exchange(item.bytes);
        if (item.kind == Kind::Body) return take_body(item.bytes);
        return Done{}; // of a newer program
    }
    PartTaken& taken() { return taken_; }

private:
    Expected<Done> take_exchange(BytesView envelope)
    {
        const auto heard = intake_.take_carried(envelope);
        if (!heard) return heard.error();
        taken_.facts += heard->added;
        taken_.has_gap = taken_.has_gap || heard->has_gap;
        return Done{};
    }

    /// One that is larger than anything of ours holds up no fact; whoever named it is told that it is missing.
    Expected<Done> take_body(BytesView content)
    {
        if (content.size() > largest_body) return Done{};
        const auto hash = sha256(content);
        auto known = has_body(store_, hash);
        if (!known || *known) return known ? Expected<Done>{Done{}} : known.error();
        ++taken_.bodies;
        return store_.write([&](std::int64_t) { return keep_body(store_, hash, content, taken_.terminal, now_); });
    }

    Intake& intake_;
    Store& store_;
    UtcTime now_;
    PartTaken taken_;
};

bool are_all_of(const TerminalId& terminal, const std::vector<BundleItem>& items)
{
    return std::all_of(items.begin(), items.end(), [&](const auto& item) {
        if (item.kind != Kind::Exchange) return true;
        const auto opened = read_envelope(item.bytes);
        return opened && opened->envelope.sender == terminal.text;
    });
}

Expected<bool> is_signed(Store& store, const Bundle& bundle, const TerminalRecord& terminal)
{
    auto keys = keys_of(store, terminal);
    if (!keys) return keys.error();
    return std::any_of(keys->begin(), keys->end(), [&](const auto& key) { return bundle.is_signed_by(key); });
}

/// The key of the journal that begins in an exchange; who has vouched for it is not judged yet.
std::optional<PublicKey> key_begun_in(BytesView exchange)
{
    constexpr std::size_t enough = std::size_t{8} << 20;
    const auto opened = read_envelope(exchange);
    const auto json = opened ? unpack(opened->envelope.body, enough) : opened.error();
    const auto request = json ? decode_exchange_request(text_of(*json)) : json.error();
    if (!request || request->batch.rows.empty()) return std::nullopt;
    const auto& row = request->batch.rows.front();
    const auto fact = decode(row.kind, row.body);
    const auto* created = std::get_if<JournalCreated>(&fact);
    return created ? hash_from_hex(created->key) : std::nullopt;
}

/// A part may be the first that tells of a journal under a new key: that exchange is judged by itself, and vouches for the rest.
Expected<Done> judge_sender(Store& store, const Bundle& bundle, const TerminalRecord& terminal, const std::vector<BundleItem>& items, PartIntake& intake)
{
    auto known = is_signed(store, bundle, terminal);
    if (!known) return known.error();
    if (*known) return Done{};
    const auto first = std::find_if(items.begin(), items.end(), [](const auto& item) { return item.kind == Kind::Exchange; });
    const auto key = first == items.end() ? std::nullopt : key_begun_in(first->bytes);
    if (!key || !bundle.is_signed_by(*key)) return wrong_signature(Purpose::Bundle);
    if (auto taken = intake.take(*first); !taken) return taken;
    known = is_signed(store, bundle, terminal);
    if (!known) return known.error();
    return *known ? Expected<Done>{Done{}} : wrong_signature(Purpose::Bundle);
}

} // namespace

Expected<PartTaken> take_part(Intake& intake, Store& store, const HqKeys& keys, BytesView part, UtcTime now)
{
    if (part.size() > largest_up_bundle) return fail(ErrorKind::InvalidInput, "hq.request.too_large");
    const auto bundle = read_bundle(part);
    if (!bundle) return bundle.error();
    const auto terminal = sender_of(store, bundle->opened.envelope);
    if (!terminal) return terminal.error();
    const auto items = items_in(*bundle, keys.sealing, keys.sealing.sealing_key(), 2 * largest_up_bundle);
    if (!items) return items.error();
    if (!are_all_of(terminal->id, *items)) return fail(ErrorKind::Denied, "bundle.other_sender");
    PartIntake takes{intake, store, *terminal, now};
    if (auto sound = judge_sender(store, *bundle, *terminal, *items, takes); !sound) return sound.error();
    for (const auto& item : *items)
        if (auto taken = takes.take(item); !taken) return taken.error();
    return takes.taken();
}

Expected<TerminalId> writer_of(Store& store, BytesView part)
{
    const auto bundle = read_bundle(part);
    if (!bundle) return bundle.error();
    const auto terminal = sender_of(store, bundle->opened.envelope);
    if (!terminal) return terminal.error();
    const auto known = is_signed(store, *bundle, *terminal);
    if (!known) return known.error();
    return *known ? Expected<TerminalId>{terminal->id} : wrong_signature(Purpose::Bundle);
}

namespace {

using Shelf = Stick::Shelf;

void add(StickTaken& sum, const PartTaken& part)
{
    auto known = std::find_if(sum.terminals.begin(), sum.terminals.end(), [&](const auto& each) { return each.terminal == part.terminal; });
    if (known == sum.terminals.end()) known = sum.terminals.insert(known, {.terminal = part.terminal});
    known->facts += part.facts;
    known->bodies += part.bodies;
}

/// What another part may still make good: rows before these, or the journal before that vouches for a new key.
bool may_wait(const Error& error) { return error.key == "bundle.gap" || error.key == "hq.journal.unproven" || error.key == "link.signature"; }

Expected<PartTaken> take_file(Intake& intake, Store& store, const HqKeys& keys, const Stick& stick, const std::string& file, UtcTime now)
{
    const auto bytes = stick.read(Shelf::Up, file, largest_up_bundle);
    if (!bytes) return bytes.error();
    return take_part(intake, store, keys, *bytes, now);
}

/// Takes these parts. Those that may wait are the answer, each with what it lacks.
Expected<std::vector<RefusedFile>> take_parts(Intake& intake, Store& store, const HqKeys& keys, const Stick& stick, const std::vector<RefusedFile>& files,
                                              UtcTime now, StickTaken& sum)
{
    std::vector<RefusedFile> waiting;
    for (const auto& [file, before] : files) {
        const auto taken = take_file(intake, store, keys, stick, file, now);
        if (!taken && !is_about_the_file(taken.error())) return taken.error();
        if (taken) add(sum, *taken);
        if (taken && !taken->has_gap) continue;
        const auto reason = taken ? fail(ErrorKind::Conflict, "bundle.gap") : taken.error();
        if (may_wait(reason))
            waiting.push_back({file, reason});
        else
            sum.refused.push_back({stick.shown(Shelf::Up, file), reason});
    }
    return waiting;
}

/// By terminal and journal, in the order of their rows.
std::vector<std::string> ordered(std::vector<std::string> files)
{
    const auto key = [](const std::string& file) {
        const auto name = part_name_from(file);
        return name ? std::tuple{name->terminal, name->journal, name->first} : std::tuple{file, std::string{}, std::uint64_t{0}};
    };
    std::stable_sort(files.begin(), files.end(), [&](const auto& one, const auto& other) { return key(one) < key(other); });
    return files;
}

} // namespace

Expected<StickTaken> take_stick(Intake& intake, Store& store, const HqKeys& keys, const Stick& stick, UtcTime now)
{
    auto names = stick.names(Shelf::Up);
    if (!names) return names.error();
    StickTaken sum;
    std::vector<RefusedFile> waiting;
    for (auto& file : ordered(std::move(*names))) waiting.push_back({std::move(file), {}});
    sum.parts = waiting.size();
    for (std::size_t before = waiting.size() + 1; !waiting.empty() && waiting.size() < before;) { // once more, as long as that brings any further
        before = waiting.size();
        auto still = take_parts(intake, store, keys, stick, waiting, now, sum);
        if (!still) return still.error();
        waiting = std::move(*still);
    }
    for (auto& [file, reason] : waiting) sum.refused.push_back({stick.shown(Shelf::Up, file), std::move(reason)});
    sum.parts -= sum.refused.size();
    return sum;
}

} // namespace adal::sync::hq
