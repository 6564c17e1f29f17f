#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// A document, section by section: contents at the left, numbered paragraphs at the right.
/// Ids: reader.section.<n>, reader.contents (opens them where letters are large), reader.size.<1-3>, reader.theme, reader.link.<reference>, reader.later, and the one primary button: reader.next,
/// reader.acknowledge after the last section, reader.duties if that is done, reader.result if opened to read a paragraph again
std::optional<Intent> draw(widgets::Frame&, const Surround&, const ReaderScreen&, const Words&);

} // namespace adal::screens
