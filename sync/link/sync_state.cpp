#include "sync/link/conversation.hpp"
#include "sync/link/installation.hpp"
#include <nlohmann/json.hpp>

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

SyncState state_in(const json& from)
{
    SyncState state;
    state.last_try = time_in(from, "last_try");
    state.last_success = time_in(from, "last_success");
    state.release = from.at("release");
    state.roster = from.at("roster");
    if (from.contains("last_error")) state.last_error = error_in(from.at("last_error"));
    if (!from.contains("receipt")) return state;
    const auto receipt = decode_receipt(from.at("receipt").dump());
    if (receipt) state.receipt = *receipt;
    return state;
}

} // namespace

// Nothing here is a fact: what cannot be read is forgotten, HQ is asked from the start, and its answers put everything right.
SyncState read_sync_state(const Beside& beside)
{
    const auto bytes = beside.get("sync");
    if (!bytes) return {};
    try {
        return state_in(json::parse(text_of(*bytes)));
    } catch (const std::exception&) {
        return {};
    }
}

Expected<Done> write_sync_state(Beside& beside, const SyncState& state)
{
    json out{{"release", state.release}, {"roster", state.roster}};
    if (state.receipt) out["receipt"] = json::parse(encode(*state.receipt));
    if (state.last_try) out["last_try"] = to_ms(*state.last_try);
    if (state.last_success) out["last_success"] = to_ms(*state.last_success);
    if (state.last_error) out["last_error"] = json_of(*state.last_error);
    return beside.put("sync", bytes_of(out.dump(-1, ' ', false, json::error_handler_t::replace)));
}

Expected<Done> ask_release_again(Beside& beside)
{
    auto state = read_sync_state(beside);
    if (state.release == 0) return Done{};
    state.release = 0;
    return write_sync_state(beside, state);
}

Expected<SecretKey> certified_site_key(const KeyPair& key, const Enrolment& enrolment)
{
    const auto bytes = key.unseal(enrolment.certificate.site_key.sealed);
    if (!bytes) return bytes.error();
    SecretKey site{};
    if (bytes->size() != site.size()) return fail(ErrorKind::Corrupt, "link.certificate");
    std::copy(bytes->begin(), bytes->end(), site.begin());
    return site;
}

Expected<SiteKeys> site_keys(const KeyPair& key, const Enrolment& enrolment, const Beside&)
{
    const auto first = certified_site_key(key, enrolment);
    if (!first) return first.error();
    return SiteKeys{{enrolment.certificate.site_key.generation, *first}};
}

Expected<Roster> read_roster(const Beside& beside, const KeyPair& key, const Enrolment& enrolment)
{
    const auto locked = beside.need("roster", "link.no_roster");
    if (!locked) return locked.error();
    const auto keys = site_keys(key, enrolment, beside);
    if (!keys) return keys.error();
    return unlock_roster(*locked, *keys);
}

namespace {

using namespace std::chrono_literals;
constexpr Elapsed first_pause = 5s, longest_pause = 5min, when_all_is_well = 60s;

} // namespace

Elapsed SyncSchedule::wait_time(Elapsed now) const { return next_ > now ? next_ - now : Elapsed{0}; }

void SyncSchedule::news(Elapsed now)
{
    if (pause_ == Elapsed{0}) next_ = now; // while HQ is silent, the pause stands: it will come along then
}

void SyncSchedule::succeeded(Elapsed now)
{
    pause_ = Elapsed{0};
    next_ = now + when_all_is_well;
}

void SyncSchedule::failed(Elapsed now)
{
    pause_ = pause_ == Elapsed{0} ? first_pause : std::min(pause_ * 2, longest_pause);
    next_ = now + pause_;
}

} // namespace adal::sync
