#pragma once
#include "sync/link/terminal_link.hpp"
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace adal::app {

/// Checks the whole journal while people already work: opening verified only what follows the last checked head.
/// Reads through a connection of its own, once, and wakes the window if something is not as it was written.
class BackgroundCheck {
public:
    BackgroundCheck(sync::TerminalFolder, std::function<void()> wake);
    ~BackgroundCheck();
    BackgroundCheck(const BackgroundCheck&) = delete;
    BackgroundCheck& operator=(const BackgroundCheck&) = delete;

    /// The first bad fact, once it was found. A disk that cannot be read now is no verdict.
    std::optional<Error> broken() const;

private:
    mutable std::mutex mutex_;
    std::optional<Error> broken_; // guarded by mutex_
    std::thread thread_;          // last: it starts when all else is there
};

/// Every row and every signature of every journal, from the first. Corrupt names the first bad fact.
Expected<Done> check_journal(const sync::TerminalFolder&);

} // namespace adal::app
