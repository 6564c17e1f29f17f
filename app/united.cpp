#include "app/united.hpp"
#include <algorithm>
#include <map>
#include <set>

namespace adal::app {
namespace {

/// A fact with the time it is ordered by: never before the one that it follows in its own source.
struct Placed {
    std::int64_t at_ms = 0;
    UnitedFact fact;
};

void place(std::vector<Placed>& row, UnitedFact fact)
{
    const auto at = to_ms(fact.event.moment.at);
    row.push_back({row.empty() ? at : std::max(at, row.back().at_ms), std::move(fact)});
}

std::vector<Placed> ours(const std::vector<OwnFact>& own, const std::vector<sync::FeedFact>& told)
{
    std::map<Hash, std::int64_t> corrected;
    for (const auto& each : told) corrected.emplace(each.hash, each.at_ms);
    std::vector<Placed> row;
    for (const auto& each : own) {
        auto event = each.event;
        if (const auto known = corrected.find(each.hash); known != corrected.end()) event.moment.at = from_ms(known->second);
        place(row, {std::move(event), false});
    }
    return row;
}

std::vector<Placed> others(const std::vector<OwnFact>& own, const std::vector<sync::FeedFact>& told)
{
    std::set<Hash> here;
    for (const auto& each : own) here.insert(each.hash);
    std::vector<Placed> row;
    for (const auto& each : told) {
        if (!here.insert(each.hash).second) continue;
        const auto actor = actor_from(each.actor);
        place(row, {{0, {from_ms(each.at_ms), {}, {}}, actor.value_or(Nobody{}), sync::decode(each.kind, each.body)}, true});
    }
    return row;
}

} // namespace

std::vector<UnitedFact> united(const std::vector<OwnFact>& own, const std::vector<sync::FeedFact>& told)
{
    const auto here = ours(own, told), there = others(own, told);
    std::vector<Placed> all;
    std::merge(here.begin(), here.end(), there.begin(), there.end(), std::back_inserter(all),
               [](const Placed& one, const Placed& other) { return one.at_ms < other.at_ms; });
    std::vector<UnitedFact> facts;
    for (auto& each : all) facts.push_back(std::move(each.fact));
    return facts;
}

} // namespace adal::app
