#include "app/window/keys.hpp"
#include <GLFW/glfw3.h>

namespace adal::window {

namespace {

std::optional<Key> digit_of(int key)
{
    if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9)
        return static_cast<Key>(static_cast<int>(Key::Digit0) + key - GLFW_KEY_0);
    if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9)
        return static_cast<Key>(static_cast<int>(Key::Digit0) + key - GLFW_KEY_KP_0);
    return std::nullopt;
}

} // namespace

std::optional<Key> key_of(int key, int modifiers)
{
    switch (key) {
    case GLFW_KEY_TAB:
        return (modifiers & GLFW_MOD_SHIFT) != 0 ? Key::BackTab : Key::Tab;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
        return Key::Enter;
    case GLFW_KEY_SPACE:
        return Key::Space;
    case GLFW_KEY_ESCAPE:
        return Key::Escape;
    case GLFW_KEY_BACKSPACE:
        return Key::Backspace;
    case GLFW_KEY_DELETE:
        return Key::Delete;
    case GLFW_KEY_LEFT:
        return Key::Left;
    case GLFW_KEY_RIGHT:
        return Key::Right;
    case GLFW_KEY_UP:
        return Key::Up;
    case GLFW_KEY_DOWN:
        return Key::Down;
    case GLFW_KEY_HOME:
        return Key::Home;
    case GLFW_KEY_END:
        return Key::End;
    case GLFW_KEY_PAGE_UP:
        return Key::PageUp;
    case GLFW_KEY_PAGE_DOWN:
        return Key::PageDown;
    case GLFW_KEY_F12:
        return Key::Service;
    default:
        return digit_of(key);
    }
}

std::string utf8(unsigned int letter)
{
    const auto byte = [](unsigned int bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
    if (letter < 0x80) return {byte(letter)};
    if (letter < 0x800) return {byte(0xC0U | letter >> 6U), byte(0x80U | (letter & 0x3FU))};
    if (letter < 0x10000)
        return {byte(0xE0U | letter >> 12U), byte(0x80U | (letter >> 6U & 0x3FU)), byte(0x80U | (letter & 0x3FU))};
    return {byte(0xF0U | letter >> 18U), byte(0x80U | (letter >> 12U & 0x3FU)), byte(0x80U | (letter >> 6U & 0x3FU)),
            byte(0x80U | (letter & 0x3FU))};
}

} // namespace adal::window
