#pragma once
#include "content/language/strings.hpp"
#include <memory>
#include <variant>

namespace adal::sync::hq {

/// What a template is filled with: a word, yes or no, a list, or named things. Words are escaped when rendered;
/// an empty one is a no.
class View {
public:
    using List = std::vector<View>;
    using Object = std::map<std::string, View>;

    View() : value_(Object{}) {}
    View(std::string word) : value_(std::move(word)) {}
    View(const char* word) : value_(std::string{word}) {}
    View(bool yes) : value_(yes) {}
    View(List list) : value_(std::move(list)) {}
    View(std::initializer_list<Object::value_type> parts) : value_(Object(parts)) {}

    View& set(const std::string& name, View part) // of named things
    {
        std::get<Object>(value_).insert_or_assign(name, std::move(part));
        return *this;
    }
    const std::variant<std::string, bool, List, Object>& value() const { return value_; }

private:
    std::variant<std::string, bool, List, Object> value_;
};

/// The console's mustache templates. In them {{#t}}key{{/t}} is a word of assets/strings, {{#icon}}check{{/icon}} a
/// picture of the sprite, and every template whose name begins with a low line can be drawn in with {{>_name}}.
class Templates {
public:
    static Expected<Templates> load(const std::filesystem::path& folder); // *.mustache
    std::string render(const std::string& name, const View&, const language::Strings&, Language) const;

private:
    std::map<std::string, std::string> texts_;
};

} // namespace adal::sync::hq
