#include "content/source.hpp"
#include "quizzes/formats/ledger.hpp"

/// Aiken (docs.moodle.org, "Aiken format"): a question, lines "A. ..." or "A) ...", and "ANSWER: B".
namespace adal::quizzes::formats {
namespace {
using content::trimmed;
using std::string_view;

/// "A. text" -> 'A', of which `text` is left.
char option_letter(string_view& line)
{
    if (line.size() < 2 || line[0] < 'A' || line[0] > 'Z' || (line[1] != '.' && line[1] != ')')) return 0;
    if (line.size() > 2 && line[2] != ' ' && line[2] != '\t') return 0;
    const char letter = line[0];
    line = trimmed(line.substr(2));
    return letter;
}

class AikenReader {
public:
    AikenReader(const std::string& source, const std::string& file) : source_(source), ledger_(file) {}

    Imported read()
    {
        for (const auto text : content::lines_of(source_)) {
            ++line_;
            read_line(trimmed(text));
        }
        if (!stem_.empty() || !options_.empty()) ledger_.refuse(first_line_, shown(stem_), "formats.loss.no_answer");
        return {std::move(ledger_.content), std::move(ledger_.losses)};
    }

private:
    const std::string& source_;
    Ledger ledger_;
    std::string stem_;
    std::vector<std::pair<char, std::string>> options_;
    int line_ = 0, first_line_ = 0;

    static std::string shown(const std::string& text) { return tidied(string_view{text}.substr(0, 60)).text; }

    void read_line(string_view text)
    {
        if (text.empty()) return;
        if (text.starts_with("ANSWER:")) return end_item(trimmed(text.substr(7)));
        const char letter = option_letter(text);
        if (letter != 0 && !stem_.empty()) return void(options_.emplace_back(letter, text));
        if (letter != 0) return ledger_.refuse(line_, shown(std::string{text}), "check.gift.stem_empty");
        if (!options_.empty()) begin_again();
        if (stem_.empty()) first_line_ = line_;
        stem_ += (stem_.empty() ? "" : "\n") + std::string{text};
    }

    /// A question begins before the last one had its answer.
    void begin_again()
    {
        ledger_.refuse(first_line_, shown(stem_), "formats.loss.no_answer");
        stem_.clear();
        options_.clear();
    }

    void end_item(string_view answer)
    {
        if (stem_.empty()) return ledger_.refuse(line_, "", "check.gift.stem_empty");
        AuthoredItem item{.id = ledger_.name({}, {}, first_line_), .kind = ItemKind::SingleChoice};
        item.line = first_line_;
        item.stem = ledger_.words(tidied(stem_), item.id.text, first_line_);
        for (const auto& [letter, text] : options_) item.choices.push_back({ledger_.words(tidied(text), item.id.text, first_line_), {}, answer == string_view{&letter, 1}});
        ledger_.take(std::move(item));
        stem_.clear();
        options_.clear();
    }
};

} // namespace

Expected<Imported> import_aiken(BytesView source, const std::string& file)
{
    const auto text = utf8_of(source);
    auto imported = AikenReader{text, file}.read();
    if (imported.content.items.empty() && imported.losses.empty()) return fail(ErrorKind::InvalidInput, "formats.unreadable", {{"file", file}, {"format", "Aiken"}});
    return imported;
}

} // namespace adal::quizzes::formats
