#include "app/screens/notice.hpp"

namespace adal::screens {

widgets::Banner banner_of(const Notice& notice)
{
    using widgets::Icon, widgets::Tone;
    return {.tone = notice.is_grave ? Tone::Alarm : Tone::Copper,
            .icon = notice.is_grave ? Icon::Alert : Icon::Info,
            .strong = notice.title,
            .plain = notice.text};
}

void cut_notice(widgets::Frame& f, widgets::Rect& place, const std::optional<Notice>& notice, float gap)
{
    if (!notice) return;
    const auto banner = banner_of(*notice);
    widgets::banner(f, place.cut_top(widgets::banner_height(f, place.w, banner), gap), banner);
}

float notice_height(widgets::Frame& f, float width, const std::optional<Notice>& notice, float gap)
{
    return notice ? widgets::banner_height(f, width, banner_of(*notice)) + gap : 0;
}

} // namespace adal::screens
