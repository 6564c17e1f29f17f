#include "quizzes/item.hpp"
#include <array>

namespace adal::quizzes {
namespace {
constexpr std::array kinds{"single", "multiple", "true-false"};
constexpr std::array difficulties{"easy", "medium", "hard"};

/// One field a line, so nothing in a text may look like the end of a field.
void add(std::string& result, const std::string& field)
{
    for (const char c : field) {
        if (c == '\\') result += '\\';
        if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    result += '\n';
}

void add(std::string& result, const Text& text)
{
    for (const auto language : all_languages) add(result, text.in(language));
}
} // namespace

std::string canonical_text(const Item& item)
{
    std::string result;
    add(result, item.id.text);
    add(result, kinds[static_cast<std::size_t>(item.kind)]);
    add(result, item.topic.text);
    add(result, difficulties[static_cast<std::size_t>(item.difficulty)]);
    add(result, item.reference);
    add(result, item.stem);
    for (const auto& choice : item.choices) {
        add(result, choice.id.text);
        add(result, choice.is_right ? "right" : "wrong");
        add(result, choice.text);
        add(result, choice.feedback);
    }
    return result;
}

} // namespace adal::quizzes
