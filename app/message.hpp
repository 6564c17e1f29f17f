#pragma once
#include "content/base/expected.hpp"

namespace adal::app {

/// A notice before it is in words: the language may change while it is on the screen.
struct Message {
    std::string title, text; // keys of assets/strings
    Arguments arguments;
    bool is_grave = false;
};

/// `<key>.title` and `<key>.text`.
inline Message told(const std::string& key, Arguments arguments = {})
{
    return {key + ".title", key + ".text", std::move(arguments)};
}

/// What the world refused, and that nothing was lost.
inline Message refused(const Error& error)
{
    return {error.kind == ErrorKind::Unavailable ? "trouble.not_saved" : "trouble.something", error.key,
            error.arguments, true};
}

} // namespace adal::app
