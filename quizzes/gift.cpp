#include "quizzes/gift.hpp"
#include "content/source.hpp"
#include "quizzes/gift_item.hpp"
#include <set>

namespace adal::quizzes {
namespace {
using content::Finding;
using content::trimmed;
using std::string_view;
constexpr auto nowhere = string_view::npos;

std::optional<Difficulty> difficulty_from(string_view tag)
{
    if (tag == "easy") return Difficulty::Easy;
    if (tag == "medium") return Difficulty::Medium;
    if (tag == "hard") return Difficulty::Hard;
    return std::nullopt;
}

/// Reads a file: blocks between empty lines, each a category or an item with the comments above it.
class FileReader {
public:
    FileReader(string_view source, const std::string& file) : source_(content::plain_source(source)), file_(file)
    {
        content::check_letters(source_, file_, reading_.findings);
    }

    GiftReading read()
    {
        int line = 0;
        for (const auto text : content::lines_of(source_)) {
            ++line;
            if (trimmed(text).empty()) {
                end_block();
                continue;
            }
            if (block_.empty()) first_line_ = line;
            block_ += read_line(trimmed(text), line);
            block_ += '\n';
        }
        end_block();
        return std::move(reading_);
    }

private:
    std::string source_;
    const std::string& file_;
    GiftReading reading_;
    TopicId topic_;
    std::set<ItemId> names_;
    std::string
        block_; // the item's lines; comments and categories stand in it as empty lines, so that lines can be counted
    int first_line_ = 0;
    std::optional<Difficulty> difficulty_;
    std::string reference_;
    int tag_line_ = 0; // 0: no tags wait for their item

    void find(int line, const char* key, Arguments arguments)
    {
        reading_.findings.push_back({file_, line, Finding::Gravity::Error, key, std::move(arguments)});
    }

    string_view read_line(string_view text, int line)
    {
        constexpr string_view category = "$CATEGORY:";
        if (text.starts_with("//")) {
            read_tags(text, line);
            return {};
        }
        if (!text.starts_with(category)) return text;
        if (!trimmed(block_).empty()) find(line, "check.gift.category_place", {}); // it would be the topic of the item above
        topic_.text = trimmed(text.substr(category.size()));
        if (!content::is_identifier(topic_.text)) find(line, "check.gift.category", {{"topic", topic_.text}});
        return {};
    }

    void read_tags(string_view comment, int line)
    {
        constexpr string_view opening = "[tag:";
        for (auto at = comment.find(opening); at != nowhere; at = comment.find(opening, at + 1)) {
            const auto rest = comment.substr(at + opening.size());
            read_tag(trimmed(rest.substr(0, rest.find(']'))), line);
            tag_line_ = line;
        }
    }

    void read_tag(string_view tag, int line)
    {
        const bool is_reference = tag.starts_with("ref:") && content::is_paragraph_reference(tag.substr(4));
        const auto difficulty = difficulty_from(tag);
        if (!is_reference && !difficulty) return find(line, "check.gift.tag", {{"tag", std::string{tag}}});
        if (is_reference ? !reference_.empty() : difficulty_.has_value())
            find(line, "check.gift.tag_twice", {{"tag", std::string{tag}}});
        if (is_reference)
            reference_ = tag.substr(4);
        else
            difficulty_ = difficulty;
    }

    void end_block()
    {
        if (!trimmed(block_).empty())
            read_item();
        else if (tag_line_ != 0)
            find(tag_line_, "check.gift.tags_alone", {});
        block_.clear();
        difficulty_.reset();
        reference_.clear();
        tag_line_ = 0;
    }

    bool is_new(const std::string& name, int line)
    {
        if (names_.insert(ItemId{name}).second) return true;
        find(line, "check.gift.twice", {{"item", name}});
        return false;
    }

    void read_text()
    {
        AuthoredScenario text;
        text.topic = topic_;
        if (tag_line_ != 0) find(tag_line_, "check.gift.tags_alone", {});
        if (read_gift_text(block_, first_line_, file_, reading_.findings, text) && is_new(text.id.text, text.line))
            reading_.texts.push_back(std::move(text));
    }

    void read_item()
    {
        if (!has_answers(block_)) return read_text();
        AuthoredItem item;
        item.topic = topic_;
        item.difficulty = difficulty_;
        item.reference = reference_;
        if (!read_gift_item(block_, first_line_, file_, reading_.findings, item)) return;
        if (is_new(item.id.text, item.line)) reading_.items.push_back(std::move(item));
    }
};
} // namespace

GiftReading read_gift(string_view source, const std::string& file) { return FileReader{source, file}.read(); }

} // namespace adal::quizzes
