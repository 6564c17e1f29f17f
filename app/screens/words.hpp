#pragma once
#include "content/language/strings.hpp"

namespace adal::screens {

/// The fixed words of a screen in the language of the moment.
struct Words {
    const language::Strings& strings;
    Language language{};
    const std::string& operator()(const std::string& key) const { return strings.say(language, key); }
    std::string operator()(const std::string& key, const Arguments& arguments) const
    {
        return strings.say(language, key, arguments);
    }
};

} // namespace adal::screens
