#include "sync/hq/news.hpp"
#include "sync/hq/teaching.hpp"

namespace adal::sync::hq {
namespace {

Expected<Done> add_keys(Store& store, const HqFolder& folder, const HqKeys& keys, const NewsQuestion& question, ExchangeReply& reply, Random& random)
{
    if (question.at_hand.keys >= keys.list.list.number) return Done{};
    reply.keys = keys.lists_after(question.at_hand.keys);
    auto certificate = certificate_for(store, folder, keys, question.terminal, question.journal_key, random);
    if (!certificate) return certificate.error();
    reply.certificate = std::move(*certificate);
    return Done{};
}

Expected<Done> add_site_keys(Store& store, const HqKeys& keys, const NewsQuestion& question, ExchangeReply& reply)
{
    const auto& terminal = question.terminal;
    auto newer = site_keys_after(store, keys, terminal.scope.site, question.at_hand.generation, terminal.sealing);
    if (!newer) return newer.error();
    reply.site_keys = std::move(*newer);
    return Done{};
}

Expected<Done> add_release(Store& store, const NewsQuestion& question, ExchangeReply& reply)
{
    auto release = current_release(store);
    if (!release) return release.error();
    if (release->number > question.at_hand.release) reply.release = std::move(release->envelope);
    return Done{};
}

Expected<Done> add_people(Store& store, const NewsQuestion& question, const SiteKey& key, ExchangeReply& reply, Random& random)
{
    const auto& scope = question.terminal.scope;
    auto number = roster_number(store, scope.site);
    if (!number) return number.error();
    if (*number > question.at_hand.roster) {
        auto roster = roster_of(store, scope, question.today);
        if (!roster) return roster.error();
        reply.roster = lock_roster(*roster, key.generation, key.key, random);
    }
    auto page = feed_page(store, {scope, question.journal, question.branch, question.at_hand.feed, question.today}, key, random);
    if (!page) return page.error();
    reply.feed = std::move(*page);
    return Done{};
}

} // namespace

Expected<Done> add_news(Store& store, const HqFolder& folder, const HqKeys& keys, const NewsQuestion& question, ExchangeReply& reply, Random& random)
{
    auto key = newest_site_key(store, folder, keys, question.terminal.scope.site, random);
    if (!key) return key.error();
    if (auto added = add_keys(store, folder, keys, question, reply, random); !added) return added;
    if (auto added = add_site_keys(store, keys, question, reply); !added) return added;
    if (auto added = add_release(store, question, reply); !added) return added;
    return add_people(store, question, *key, reply, random);
}

} // namespace adal::sync::hq
