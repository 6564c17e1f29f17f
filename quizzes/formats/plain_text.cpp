#include "quizzes/formats/plain_text.hpp"
#include "content/language/letters.hpp"
#include "content/source.hpp"
#include "quizzes/formats/entities.hpp"
#include <algorithm>

namespace adal::quizzes::formats {
namespace {
using std::string_view;
constexpr auto nowhere = string_view::npos;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_digit_at(string_view text, std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

std::string lowered_ascii(string_view text)
{
    std::string result{text};
    for (auto& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

/// How many bytes of one letter of UTF-8 begin here; 0 if none does.
std::size_t letter_size(string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
    if (size == 0 || text.size() < size) return 0;
    return size == 1 || language::normalised(text.substr(0, size)) ? size : 0;
}

/// Without what cannot be shown; lost letters are question marks.
std::string showable(string_view text, std::set<TextLoss>& losses)
{
    std::string result;
    const auto lose = [&] { result += '?', losses.insert(TextLoss::Letters); };
    while (!text.empty()) {
        const auto size = letter_size(text);
        const auto letter = text.substr(0, std::max<std::size_t>(size, 1));
        text.remove_prefix(letter.size());
        const auto code = static_cast<unsigned char>(letter.front());
        if (size == 0 || letter == "\uFFFD") lose();
        else if (letter == "\uFEFF" || letter == "\u200B" || letter == "\u00AD") continue;
        else if (letter == "\u00A0" && !(is_digit_at(result, result.size() - 1) && is_digit_at(text, 0))) result += ' ';
        else if (code < 0x20 && !is_blank(letter.front())) losses.insert(TextLoss::Letters);
        else if (code == 0x7F) losses.insert(TextLoss::Letters);
        else result += letter;
    }
    return result;
}

std::string one_blank(string_view line)
{
    std::string result;
    for (const char c : content::trimmed(line))
        if (!is_blank(c)) result += c;
        else if (!result.ends_with(' ')) result += ' ';
    return result;
}

/// A line that begins with an accent would join what stands before it.
bool begins_with_accent(const std::string& line) { return !language::is_normalised("n" + line) || !language::is_normalised("=" + line) || !language::is_normalised("a" + line); }

/// Reads HTML as a person would hear it.
class HtmlReader {
public:
    PlainText read(string_view html)
    {
        while (!html.empty()) {
            if (html.front() == '<' && html.size() > 1 && (is_letter(html[1]) || html[1] == '/' || html[1] == '!' || html[1] == '?')) read_tag(html);
            else if (html.front() == '&') read_entity(html);
            else {
                out_ += is_blank(html.front()) ? ' ' : html.front();
                html.remove_prefix(1);
            }
        }
        auto tidy = tidied(out_);
        tidy.losses.insert(result_.losses.begin(), result_.losses.end());
        tidy.tags = std::move(result_.tags);
        tidy.pictures = std::move(result_.pictures);
        return tidy;
    }

private:
    std::string out_;
    PlainText result_;
    std::vector<std::size_t> raised_; // where <sup> and <sub> began

    void lose(const std::string& tag)
    {
        result_.losses.insert(TextLoss::Formatting);
        result_.tags.insert(tag);
    }

    void read_entity(string_view& html)
    {
        const auto end = html.substr(0, 12).find(';');
        const auto letter = end == nowhere ? 0 : entity(html.substr(1, end - 1));
        if (letter == 0) {
            out_ += '&';
            html.remove_prefix(1);
            return;
        }
        append_letter(out_, letter);
        html.remove_prefix(end + 1);
    }

    void read_tag(string_view& html)
    {
        if (html.starts_with("<!--")) {
            const auto end = html.find("-->", 4);
            html.remove_prefix(end == nowhere ? html.size() : end + 3);
            return;
        }
        const auto end = end_of_tag(html);
        const auto tag = html.substr(1, end - 1);
        html.remove_prefix(std::min(end + 1, html.size()));
        const bool closes = tag.starts_with('/');
        auto name = lowered_ascii(tag.substr(closes ? 1 : 0, tag.find_first_of(" \t\n\r/>", closes ? 1 : 0) - (closes ? 1 : 0)));
        if ((name == "script" || name == "style") && !closes) {
            const auto close = lowered_ascii(html).find("</" + name);
            html.remove_prefix(close == std::string::npos ? html.size() : close);
        }
        apply(name, closes, tag);
    }

    static std::size_t end_of_tag(string_view html)
    {
        char quote = 0;
        for (std::size_t i = 1; i < html.size(); ++i) {
            if (quote != 0) quote = html[i] == quote ? char{} : quote;
            else if (html[i] == '"' || html[i] == '\'') quote = html[i];
            else if (html[i] == '>') return i;
        }
        const auto plain = html.find('>'); // an open quotation mark
        return plain == nowhere ? html.size() : plain;
    }

    void apply(const std::string& name, bool closes, string_view tag)
    {
        static const std::set<std::string> silent{"span", "html", "body", "head", "meta", "wbr", "label", "nobr"};
        static const std::set<std::string> blocks{"p", "br", "div", "hr", "tr", "dd", "dt", "section", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "pre"};
        static const std::set<std::string> plain_blocks{"p", "br", "div", "hr", "section"};
        static const std::set<std::string> media{"audio", "video", "iframe", "object", "embed", "source", "track", "svg", "canvas", "math"};
        if (name.empty() || name.front() == '!' || name.front() == '?') return;
        if (blocks.contains(name)) out_ += '\n';
        if (name == "td" || name == "th") out_ += ' ';
        if (!closes && !attribute(tag, "style").empty()) lose("style");
        if (name == "sup" || name == "sub") return raise(name, closes);
        if (name == "img") return closes ? void() : add_picture(tag);
        if (media.contains(name)) {
            result_.losses.insert(TextLoss::Media);
            if (const auto source = attribute(tag, name == "object" ? "data" : "src"); !closes && !source.empty() && name == "object") add_picture(tag);
        } else if (!silent.contains(name) && !plain_blocks.contains(name)) lose(name);
        if (name == "li" && !closes) out_ += "\u2013 ";
    }

    void raise(const std::string& name, bool closes)
    {
        if (!closes) return raised_.push_back(out_.size());
        if (raised_.empty()) return;
        const auto from = raised_.back();
        raised_.pop_back();
        const auto text = out_.substr(from);
        std::string small;
        for (const char c : text) {
            if (c < '0' || c > '9') return put_raised(name, from, text);
            append_letter(small, name == "sub" ? 0x2080U + static_cast<char32_t>(c - '0') : c == '1' ? 0xB9U : c == '2' || c == '3' ? 0xB0U + static_cast<char32_t>(c - '0') : 0x2070U + static_cast<char32_t>(c - '0'));
        }
        out_.resize(from);
        out_ += small;
    }

    void put_raised(const std::string& name, std::size_t from, const std::string& text)
    {
        out_.resize(from);
        out_ += (name == "sup" ? "^" : "_") + text;
        lose(name);
    }

    void add_picture(string_view tag)
    {
        const bool is_object = lowered_ascii(tag.substr(0, 6)) == "object";
        result_.pictures.push_back({attribute(tag, is_object ? "data" : "src"), attribute(tag, "alt")});
        out_ += ' ';
    }

    static std::string attribute(string_view tag, string_view name)
    {
        const auto lower = lowered_ascii(tag);
        for (auto at = lower.find(name); at != std::string::npos; at = lower.find(name, at + 1)) {
            auto rest = tag.substr(at + name.size());
            if (at == 0 || !is_blank(lower[at - 1])) continue;
            rest = content::trimmed(rest);
            if (!rest.starts_with('=')) continue;
            rest = content::trimmed(rest.substr(1));
            if (rest.empty()) return {};
            const bool is_quoted = rest.front() == '"' || rest.front() == '\'';
            const auto value = is_quoted ? rest.substr(1, rest.find(rest.front(), 1) - 1) : rest.substr(0, rest.find_first_of(" \t\n>"));
            return decoded_entities(value);
        }
        return {};
    }

    static std::string decoded_entities(string_view text)
    {
        HtmlReader reader;
        while (!text.empty()) {
            if (text.front() == '&') reader.read_entity(text);
            else reader.out_ += text.front(), text.remove_prefix(1);
        }
        return reader.out_;
    }
};

} // namespace

PlainText tidied(string_view source)
{
    PlainText result;
    const auto shown = showable(source, result.losses);
    for (const auto raw : content::lines_of(shown)) {
        const auto normal = language::normalised(one_blank(raw));
        auto line = normal ? *normal : std::string{};
        if (line.empty()) continue;
        if (begins_with_accent(line)) line = "\u25CC" + line;
        result.text += (result.text.empty() ? "" : "\n") + line;
    }
    return result;
}

PlainText from_html(string_view html) { return HtmlReader{}.read(html); }

std::string escaped(string_view text)
{
    std::string result;
    for (const char c : text)
        if (c == '&') result += "&amp;";
        else if (c == '<') result += "&lt;";
        else if (c == '>') result += "&gt;";
        else if (c == '"') result += "&quot;";
        else if (c == '\n') result += "&#10;"; // an attribute would make a blank of it
        else result += c;
    return result;
}

std::string escaped_run(string_view text)
{
    std::string line{text};
    std::replace(line.begin(), line.end(), '\n', ' ');
    return escaped(line);
}

std::string to_html(string_view text)
{
    const auto lines = content::lines_of(text);
    if (lines.size() == 1) return escaped(text);
    std::string html;
    for (const auto line : lines) html += "<p>" + escaped(line) + "</p>";
    return html;
}

} // namespace adal::quizzes::formats
