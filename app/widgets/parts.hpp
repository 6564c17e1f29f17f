#pragma once
// Everything a screen is made of.
#include "app/widgets/buttons.hpp"
#include "app/widgets/cards.hpp"
#include "app/widgets/frame.hpp"
#include "app/widgets/inputs.hpp"
#include "app/widgets/options.hpp"
#include "app/widgets/page.hpp"
#include "app/widgets/scroll.hpp"
#include "app/widgets/text.hpp"
