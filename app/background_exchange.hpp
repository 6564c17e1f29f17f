#pragma once
#include "content/base/clock.hpp"
#include "sync/link/terminal_link.hpp"
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace adal::app {

/// Exchanges with HQ while people work, in a thread of its own: with its own read-only journal and its own connection
/// to beside.db, so the kiosk stays the journal's only writer. When to try is SyncSchedule's business; whether it
/// worked is in beside.db, and nobody at the screen waits for it.
class BackgroundExchange {
public:
    BackgroundExchange(sync::TerminalFolder, const Clock&, std::function<void()> wake);
    ~BackgroundExchange(); // waits for the exchange under way
    BackgroundExchange(const BackgroundExchange&) = delete;
    BackgroundExchange& operator=(const BackgroundExchange&) = delete;

    void news();         // something was written
    bool has_finished(); // an exchange has ended since the last question

private:
    sync::TerminalFolder folder_;
    const Clock& clock_;
    std::function<void()> wake_;
    std::mutex mutex_;
    std::condition_variable changed_;
    sync::SyncSchedule schedule_; // guarded by mutex_, as all below
    bool is_over_ = false, has_finished_ = false;
    std::thread thread_; // last: it starts when all else is there

    Elapsed now() const { return clock_.now().uptime; }
    void run();
    bool wait_for_turn();
    void note(bool succeeded);
};

/// Over the network, trusting the authorities that HQ's key list names. Unavailable where everything goes by stick.
Expected<std::unique_ptr<sync::Road>> road_to_hq(const sync::Enrolment&);

/// One exchange of a terminal's folder, reading its journals only.
Expected<sync::Exchanged> exchange_once(const sync::TerminalFolder&, const Clock&);

} // namespace adal::app
