#pragma once
#include "content/base/expected.hpp"
#include "content/base/text.hpp"
#include <filesystem>
#include <map>
#include <memory>

namespace adal::language {

/// Every visible word: assets/strings/{kk,ru,en}.json, flat keys, ICU MessageFormat patterns.
///
/// Loading fails unless every key stands in all three languages. A missing key is our mistake: `say` shows the key itself, and a test
/// finds it. Patterns without arguments cost a map look-up; the others go through ICU (plurals, numbers).
class Strings {
public:
    Strings(); // knows no words
    static Expected<Strings> load(const std::filesystem::path& folder);

    const std::string& say(Language, const std::string& key) const;
    std::string say(Language, const std::string& key, const Arguments&) const; // digits-only values count as numbers for plurals
    std::string say(Language, const Error&) const;
    bool has(const std::string& key) const;
    const std::map<std::string, Text>& all() const { return texts_; }

private:
    struct Patterns; // the compiled ones
    std::map<std::string, Text> texts_;
    std::shared_ptr<Patterns> patterns_;
};

} // namespace adal::language
