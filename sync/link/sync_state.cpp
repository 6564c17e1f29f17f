#include "sync/link/sync_state.hpp"
#include "sync/link/codecs.hpp"
#include <algorithm>

namespace adal::sync {

using nlohmann::json;

namespace {

json json_of(const Error& error) { return {{"kind", static_cast<int>(error.kind)}, {"key", error.key}, {"arguments", error.arguments}}; }

std::optional<Error> error_in(const json& from)
{
    const auto kind = from.at("kind").get<int>();
    if (kind < 0 || kind > static_cast<int>(ErrorKind::Denied)) return std::nullopt;
    return Error{static_cast<ErrorKind>(kind), from.at("key"), from.at("arguments").get<Arguments>()};
}

std::optional<UtcTime> time_in(const json& from, const char* key)
{
    return from.contains(key) ? std::optional{from_ms(from.at(key))} : std::nullopt;
}

json json_of(const ClockReading& clock)
{
    return {{"boot", clock.boot}, {"hq", clock.hq_ms}, {"uptime", clock.uptime_ms}, {"uncertainty", clock.uncertainty_ms}};
}

ClockReading clock_in(const json& from)
{
    return {.boot = from.at("boot"), .hq_ms = from.at("hq"), .uptime_ms = from.at("uptime"), .uncertainty_ms = from.at("uncertainty")};
}

std::optional<Receipt> receipt_in(const json& from)
{
    const auto receipt = decode_receipt(from.dump());
    return receipt ? std::optional{*receipt} : std::nullopt;
}

SyncState state_in(const json& from)
{
    SyncState state;
    state.last_try = time_in(from, "last_try");
    state.last_success = time_in(from, "last_success");
    state.incarnation = from.value("incarnation", "");
    state.release = from.at("release");
    state.roster = from.at("roster");
    state.feed = codecs::number_or(from, "feed", 0);
    state.stride = std::clamp(codecs::number_or(from, "stride", SyncState::usual_stride), SyncState::shortest_stride, SyncState::longest_stride);
    if (from.contains("last_error")) state.last_error = error_in(from.at("last_error"));
    if (from.contains("forked")) state.forked = receipt_in(from.at("forked"));
    if (from.contains("clock")) state.clock = clock_in(from.at("clock"));
    if (from.contains("alarm"))
        if (auto error = error_in(from.at("alarm"))) state.alarm = Alarm{std::move(*error), from_ms(from.at("alarm").at("at"))};
    for (const auto& each : from.value("receipts", json::array()))
        if (auto receipt = receipt_in(each)) state.receipts.insert_or_assign(receipt->journal, *receipt);
    return state;
}

std::string text_of(const SyncState& state)
{
    json out{{"incarnation", state.incarnation}, {"release", state.release}, {"roster", state.roster}, {"feed", state.feed}, {"stride", state.stride}, {"receipts", json::array()}};
    for (const auto& [journal, receipt] : state.receipts) out["receipts"].push_back(json::parse(encode(receipt)));
    if (state.forked) out["forked"] = json::parse(encode(*state.forked));
    if (state.clock) out["clock"] = json_of(*state.clock);
    if (state.last_try) out["last_try"] = to_ms(*state.last_try);
    if (state.last_success) out["last_success"] = to_ms(*state.last_success);
    if (state.last_error) out["last_error"] = json_of(*state.last_error);
    if (state.alarm) {
        out["alarm"] = json_of(state.alarm->error);
        out["alarm"]["at"] = to_ms(state.alarm->at);
    }
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace

std::optional<Receipt> SyncState::receipt_of(const JournalId& journal) const
{
    const auto found = receipts.find(journal);
    return found == receipts.end() ? std::nullopt : std::optional{found->second};
}

std::optional<Receipt> SyncState::standing_receipt_of(const JournalId& journal) const
{
    auto receipt = receipt_of(journal);
    return receipt && (incarnation.empty() || receipt->incarnation == incarnation) ? receipt : std::nullopt;
}

// Nothing here is a fact: what cannot be read is forgotten, HQ is asked from the start, and its answers put everything right.
SyncState read_sync_state(const Beside& beside)
{
    const auto bytes = beside.get("sync");
    if (!bytes) return {};
    try {
        return state_in(json::parse(adal::text_of(*bytes)));
    } catch (const std::exception&) {
        return {};
    }
}

Expected<SyncState> change_sync_state(Beside& beside, const std::function<void(SyncState&)>& change)
{
    SyncState state;
    const auto done = beside.together([&]() -> Expected<Done> {
        state = read_sync_state(beside);
        change(state);
        return beside.put("sync", bytes_of(text_of(state)));
    });
    if (!done) return done.error();
    return state;
}

namespace {

Expected<Done> change(Beside& beside, const std::function<void(SyncState&)>& how)
{
    const auto changed = change_sync_state(beside, how);
    if (!changed) return changed.error();
    return Done{};
}

} // namespace

Expected<Done> clear_forked(Beside& beside)
{
    return change(beside, [](SyncState& state) {
        state.forked.reset();
        if (state.alarm && state.alarm->error.key == "link.receipt_unknown_head") state.alarm.reset();
    });
}

Expected<Done> ask_release_again(Beside& beside)
{
    if (read_sync_state(beside).release == 0) return Done{};
    return change(beside, [](SyncState& state) { state.release = 0; });
}

} // namespace adal::sync
