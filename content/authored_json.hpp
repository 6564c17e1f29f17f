#pragma once
#include "content/base/text.hpp"
#include "content/finding.hpp"
#include <memory>
#include <optional>
#include <set>
#include <string_view>

namespace adal::content {

/// A JSON object as an author wrote it. Each question names a key; what is missing, of another kind or never asked for
/// is a finding with its line, and the answer is then an empty one, so that reading goes on and all faults are told at
/// once. The findings handed to `parse` must outlive the object.
class AuthoredObject {
public:
    /// Nothing if the file is no JSON object at all (then that is a finding).
    static std::optional<AuthoredObject> parse(std::string_view json, const std::string& file, Findings&);

    bool has(const std::string& key) const;
    std::vector<std::string> keys() const;
    std::string word(const std::string& key); // not empty, NFC
    int whole(const std::string& key, int least);
    bool yes(const std::string& key);
    Text text(const std::string& key); // {"kk", "ru", "en"}, none empty
    AuthoredObject object(const std::string& key);
    std::vector<AuthoredObject> objects(const std::string& key);
    std::vector<std::string> words(const std::string& key);
    std::vector<std::vector<std::string>> word_lists(const std::string& key);
    void finish(); // whatever was not asked for is unknown

    /// A fault of this key's value, or of the object if it has no such key.
    void find(const std::string& key, std::string what, Arguments = {});

private:
    struct Value;
    struct Builder;
    std::shared_ptr<const Value> value_; // empty for what was missing: everything in it is then missing too, silently
    std::string file_;
    Findings* findings_{};
    std::set<std::string> asked_;

    AuthoredObject(std::shared_ptr<const Value> value, std::string file, Findings& findings);
    std::shared_ptr<const Value> ask(const std::string& key, int kind, const char* wanted);
    std::vector<std::string> words_in(const Value& list, const std::string& key);
};

} // namespace adal::content
