#include "app/background_exchange.hpp"
#include "sync/link/succession.hpp"
#include "sync/link/terminal_courier.hpp"

namespace adal::app {

Expected<std::unique_ptr<sync::Road>> road_to_hq(const sync::Enrolment& enrolment)
{
    if (enrolment.hq_url.empty()) return fail(ErrorKind::Unavailable, "link.no_address");
    return sync::http_road(enrolment.hq_url, enrolment.keys.list.authorities);
}

Expected<sync::Exchanged> exchange_once(const sync::TerminalFolder& folder, const Clock& clock)
{
    const auto key = sync::KeyPair::open(folder.key());
    if (!key) return key.error();
    const auto journal = sync::Journal::read_only(folder.journal());
    if (!journal) return journal.error();
    auto beside = sync::Beside::open(folder.beside());
    if (!beside) return beside.error();
    const auto enrolment = sync::read_enrolment(*beside);
    if (!enrolment) return enrolment.error();
    if (journal->key() != key->public_key()) // between the two a successor began: next time
        return fail(ErrorKind::Unavailable, "database.busy", {{"path", folder.journal().string()}});
    const auto road = road_to_hq(*enrolment);
    if (!road) return road.error();
    auto exchanged = sync::exchange_all(folder, *journal, *beside, *key, *enrolment, **road, clock);
    if (!exchanged) return exchanged;
    if (const auto forwarded = sync::forward_carried(*beside, **road); !forwarded) return forwarded.error(); // its own are through
    return exchanged;
}

BackgroundExchange::BackgroundExchange(sync::TerminalFolder folder, const Clock& clock, std::function<void()> wake)
    : folder_(std::move(folder)), clock_(clock), wake_(std::move(wake)), thread_([this] { run(); })
{}

BackgroundExchange::~BackgroundExchange()
{
    {
        const std::lock_guard lock{mutex_};
        is_over_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void BackgroundExchange::run()
{
    while (wait_for_turn()) {
        note(static_cast<bool>(exchange_once(folder_, clock_)));
        wake_();
    }
}

bool BackgroundExchange::wait_for_turn()
{
    std::unique_lock lock{mutex_};
    while (!is_over_) {
        const auto pause = schedule_.wait_time(now());
        if (pause <= Elapsed{0}) return true;
        changed_.wait_for(lock, pause);
    }
    return false;
}

void BackgroundExchange::note(bool succeeded)
{
    const std::lock_guard lock{mutex_};
    succeeded ? schedule_.succeeded(now()) : schedule_.failed(now());
    has_finished_ = true;
}

void BackgroundExchange::news()
{
    {
        const std::lock_guard lock{mutex_};
        schedule_.news(now());
    }
    changed_.notify_all();
}

bool BackgroundExchange::has_finished()
{
    const std::lock_guard lock{mutex_};
    return std::exchange(has_finished_, false);
}

} // namespace adal::app
