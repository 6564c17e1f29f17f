#include "content/authored_json.hpp"
#include "content/language/letters.hpp"
#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

namespace adal::content {
namespace {
enum Kind { Object, List, Word, Whole, Flag, Other };
constexpr std::size_t deepest = 32; // values are let go of one within the other: endless brackets must not end the stack

/// Feeds the parser and counts lines as it goes; the count outlives the parser's copies.
struct CountingIterator {
    using iterator_category = std::forward_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;
    const char* at = nullptr;
    int* line = nullptr;

    reference operator*() const { return *at; }
    CountingIterator& operator++()
    {
        if (*at++ == '\n') ++*line;
        return *this;
    }
    CountingIterator operator++(int)
    {
        const auto before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return at == other.at; }
};
} // namespace

struct AuthoredObject::Value {
    Kind kind = Other;
    int line = 0;
    std::string word;
    std::int64_t whole = 0;
    bool flag = false;
    std::vector<std::pair<std::string, std::shared_ptr<Value>>> members; // of an object
    std::vector<std::shared_ptr<Value>> items;                           // of a list

    std::shared_ptr<const Value> member(const std::string& key) const
    {
        const auto found =
            std::find_if(members.begin(), members.end(), [&](const auto& each) { return each.first == key; });
        return found == members.end() ? nullptr : found->second;
    }
};

/// nlohmann's SAX events, turned into our values with their lines.
struct AuthoredObject::Builder {
    const std::string& file;
    Findings& findings;
    int line = 1;
    int key_line = 0;
    std::string pending_key;
    std::shared_ptr<Value> root;
    std::vector<std::shared_ptr<Value>> open;

    Value& add(Kind kind)
    {
        auto value = std::make_shared<Value>();
        value->kind = kind;
        value->line = line;
        if (open.empty())
            root = value;
        else if (open.back()->kind == List)
            open.back()->items.push_back(value);
        else {
            value->line = key_line;
            open.back()->members.emplace_back(pending_key, value);
        }
        if (kind == Object || kind == List) open.push_back(value);
        return *value;
    }
    bool close()
    {
        open.pop_back();
        return true;
    }

    bool null() { return add(Other), true; }
    bool boolean(bool flag) { return add(Flag).flag = flag, true; }
    bool number_integer(std::int64_t number) { return add(Whole).whole = number, true; }
    bool number_unsigned(std::uint64_t number)
    {
        constexpr auto most = std::numeric_limits<std::int64_t>::max();
        return add(Whole).whole = number > std::uint64_t{most} ? most : static_cast<std::int64_t>(number), true;
    }
    bool number_float(double, const std::string&) { return add(Other), true; }
    bool string(std::string& word) { return add(Word).word = word, true; }
    bool binary(nlohmann::json::binary_t&) { return add(Other), true; }
    bool start(Kind kind)
    {
        if (open.size() < deepest) return add(kind), true;
        findings.push_back({file, line, Finding::Gravity::Error, "check.json.syntax", {}});
        return false;
    }
    bool start_object(std::size_t) { return start(Object); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return start(List); }
    bool end_array() { return close(); }
    bool key(std::string& name)
    {
        if (open.back()->member(name))
            findings.push_back({file, line, Finding::Gravity::Error, "check.json.twice", {{"key", name}}});
        pending_key = name;
        key_line = line;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&)
    {
        findings.push_back({file, line, Finding::Gravity::Error, "check.json.syntax", {}});
        return false;
    }
};

AuthoredObject::AuthoredObject(std::shared_ptr<const Value> value, std::string file, Findings& findings)
    : value_(std::move(value)), file_(std::move(file)), findings_(&findings)
{}

std::optional<AuthoredObject> AuthoredObject::parse(std::string_view json, const std::string& file, Findings& findings)
{
    if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
    Builder builder{.file = file, .findings = findings, .pending_key = {}, .root = {}, .open = {}};
    const CountingIterator begin{json.data(), &builder.line}, end{json.data() + json.size(), &builder.line};
    if (!nlohmann::json::sax_parse(begin, end, &builder)) return std::nullopt;
    if (builder.root->kind == Object) return AuthoredObject{builder.root, file, findings};
    findings.push_back({file, 1, Finding::Gravity::Error, "check.json.syntax", {}});
    return std::nullopt;
}

void AuthoredObject::find(const std::string& key, std::string what, Arguments arguments)
{
    if (!value_) return;
    const auto member = value_->member(key);
    findings_->push_back(
        {file_, member ? member->line : value_->line, Finding::Gravity::Error, std::move(what), std::move(arguments)});
}

std::shared_ptr<const AuthoredObject::Value> AuthoredObject::ask(const std::string& key, int kind, const char* wanted)
{
    asked_.insert(key);
    if (!value_) return nullptr;
    auto member = value_->member(key);
    if (member && member->kind == kind) return member;
    if (member)
        find(key, std::string{"check.json.not_"} + wanted, {{"key", key}});
    else
        find(key, "check.json.missing", {{"key", key}});
    return nullptr;
}

bool AuthoredObject::has(const std::string& key) const { return value_ && value_->member(key); }

std::vector<std::string> AuthoredObject::keys() const
{
    std::vector<std::string> names;
    if (!value_) return names;
    for (const auto& [name, value] : value_->members) names.push_back(name);
    return names;
}

std::string AuthoredObject::word(const std::string& key)
{
    const auto value = ask(key, Word, "text");
    if (!value) return {};
    if (value->word.empty()) find(key, "check.text.empty", {{"key", key}});
    if (!language::is_normalised(value->word)) find(key, "check.text.not_nfc");
    return value->word;
}

int AuthoredObject::whole(const std::string& key, int least)
{
    const auto value = ask(key, Whole, "number");
    if (!value) return least;
    if (value->whole >= least && value->whole <= 1'000'000) return static_cast<int>(value->whole);
    find(key, "check.json.range", {{"key", key}, {"least", std::to_string(least)}});
    return least;
}

bool AuthoredObject::yes(const std::string& key)
{
    const auto value = ask(key, Flag, "flag");
    return value && value->flag;
}

Text AuthoredObject::text(const std::string& key)
{
    Text result;
    auto languages = object(key);
    for (const auto each : all_languages) result.in(each) = languages.word(std::string{code(each)});
    languages.finish();
    return result;
}

AuthoredObject AuthoredObject::object(const std::string& key)
{
    return {ask(key, Object, "object"), file_, *findings_};
}

std::vector<AuthoredObject> AuthoredObject::objects(const std::string& key)
{
    std::vector<AuthoredObject> result;
    const auto list = ask(key, List, "list");
    if (!list) return result;
    for (const auto& item : list->items)
        if (item->kind == Object)
            result.push_back({item, file_, *findings_});
        else
            find(key, "check.json.not_object", {{"key", key}});
    return result;
}

std::vector<std::string> AuthoredObject::words_in(const Value& list, const std::string& key)
{
    std::vector<std::string> result;
    for (const auto& item : list.items)
        if (item->kind == Word)
            result.push_back(item->word);
        else
            find(key, "check.json.not_text", {{"key", key}});
    return result;
}

std::vector<std::string> AuthoredObject::words(const std::string& key)
{
    const auto list = ask(key, List, "list");
    return list ? words_in(*list, key) : std::vector<std::string>{};
}

std::vector<std::vector<std::string>> AuthoredObject::word_lists(const std::string& key)
{
    std::vector<std::vector<std::string>> result;
    const auto list = ask(key, List, "list");
    if (!list) return result;
    for (const auto& item : list->items)
        if (item->kind == List)
            result.push_back(words_in(*item, key));
        else
            find(key, "check.json.not_list", {{"key", key}});
    return result;
}

void AuthoredObject::finish()
{
    for (const auto& key : keys())
        if (!asked_.contains(key)) find(key, "check.json.unknown", {{"key", key}});
}

} // namespace adal::content
