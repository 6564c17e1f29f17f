#include "sync/hq/shared.hpp"

namespace adal::sync::hq {

Expected<std::shared_ptr<const Teaching>> CurrentTeaching::get(Store& store)
{
    auto release = current_release(store);
    if (!release) return release.error();
    const std::lock_guard lock{mutex_};
    if (kept_ && kept_->release == release->number) return kept_;
    auto teaching = read_teaching(store, folder_);
    if (!teaching) return teaching.error();
    kept_ = std::make_shared<const Teaching>(std::move(*teaching));
    return kept_;
}

} // namespace adal::sync::hq
