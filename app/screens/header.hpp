#pragma once
#include "app/screens/draw.hpp"
#include "app/widgets/page.hpp"

namespace adal::screens {

enum class LanguageSwitch { Shown, Hidden }; // the start page's three big tiles are its switch

/// The header of every screen. Answers ChooseLanguage (ids `language.kk` ...).
std::optional<Intent> draw_header(widgets::Frame&, const Surround&, const Words&, LanguageSwitch = LanguageSwitch::Shown);

/// Ground, header and the two bands below it; `intent` receives what the header answers. How every screen begins:
///
///     std::optional<Intent> intent;
///     widgets::Page page = begin_page(f, surround, words, intent);
widgets::Page begin_page(widgets::Frame&, const Surround&, const Words&, std::optional<Intent>& intent, bool with_footer = true);

} // namespace adal::screens
