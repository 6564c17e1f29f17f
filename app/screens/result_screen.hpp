#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// What came of an attempt: the ring with the pass mark, topics, and the paragraphs to read again; never an item or its key.
/// Ids: result.read.<reference>, result.duties
std::optional<Intent> draw(widgets::Frame&, const Surround&, const ResultScreen&, const Words&);

} // namespace adal::screens
