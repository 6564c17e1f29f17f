#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// A question of a test. It never says what is right.
/// Ids: item.option.<choice>, item.leave, item.flag, item.back, item.next, item.submit on the last one, palette.<n>;
/// in its dialogs dialog.stay, dialog.submit, dialog.leave
std::optional<Intent> draw(widgets::Frame&, const Surround&, const ItemScreen&, const Words&);

} // namespace adal::screens
