#pragma once
#include "app/window/input.hpp"
#include <optional>
#include <string>

namespace adal::window {

/// GLFW's key and modifiers in our words. GLFW names keys by their place, so a Kazakh layout's digit row still means
/// digits.
std::optional<Key> key_of(int glfw_key, int modifiers);

/// One code point as bytes.
std::string utf8(unsigned int letter);

} // namespace adal::window
