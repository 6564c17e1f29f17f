#pragma once
#include "app/screens/draw.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/options.hpp"

namespace adal::screens {

/// The place of a question where it is answered, by touch, mouse or keyboard; nothing here needs dragging.
/// Ids: item.option.<choice>; of a match also item.target.<choice> and item.clear; of an order item.up.<choice> and item.down.<choice>;
/// item.field where it is typed, with the keypad's keys, item.minus and item.comma for numbers
void add_answers(Stack&, widgets::Frame&, const ItemScreen&, const Words&, widgets::Density, std::optional<Intent>&);

} // namespace adal::screens
