#pragma once
#include "content/language/strings.hpp"
#include "sync/hq/teaching.hpp"
#include <mutex>

namespace adal::sync::hq {

/// Words in the reader's language.
struct Say {
    const language::Strings& strings;
    Language language{};
    const std::string& operator()(const std::string& key) const { return strings.say(language, key); }
    std::string operator()(const std::string& key, const Arguments& arguments) const
    {
        return strings.say(language, key, arguments);
    }
    std::string operator()(const Error& error) const { return strings.say(language, error); }
};

/// The current release's teaching, read again only when another one was published; for many threads.
class CurrentTeaching {
public:
    explicit CurrentTeaching(const HqFolder& folder) : folder_(folder) {}
    Expected<std::shared_ptr<const Teaching>> get(Store&);

private:
    const HqFolder& folder_;
    std::mutex mutex_;
    std::shared_ptr<const Teaching> kept_;
};

} // namespace adal::sync::hq
