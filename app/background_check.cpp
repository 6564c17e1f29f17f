#include "app/background_check.hpp"
#include "sync/link/succession.hpp"

namespace adal::app {

Expected<Done> check_journal(const sync::TerminalFolder& folder)
{
    const auto journal = sync::Journal::read_only(folder.journal());
    if (!journal) return journal.error();
    const auto before = sync::predecessors(folder, *journal);
    if (!before) return before.error();
    for (const auto& each : *before)
        if (const auto verified = each.verify(); !verified) return verified;
    return journal->verify();
}

BackgroundCheck::BackgroundCheck(sync::TerminalFolder folder, std::function<void()> wake)
    : thread_([this, folder = std::move(folder), wake = std::move(wake)] {
          const auto checked = check_journal(folder);
          if (checked || checked.error().kind != ErrorKind::Corrupt) return;
          {
              const std::lock_guard lock{mutex_};
              broken_ = checked.error();
          }
          wake();
      })
{}

BackgroundCheck::~BackgroundCheck() { thread_.join(); }

std::optional<Error> BackgroundCheck::broken() const
{
    const std::lock_guard lock{mutex_};
    return broken_;
}

} // namespace adal::app
