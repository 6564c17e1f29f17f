#include "app/widgets/typesetting.hpp"
#include <algorithm>

namespace adal::widgets {

namespace {

/// What may not be broken: a word, or a number with its word; it may run over several runs.
struct Atom {
    std::vector<Piece> pieces; // x counts from the atom's start
    float width{};             // with its last space
    float ink{};               // without it
    bool newline{};            // a line ends after it
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// "20", "4.1", "14:05," are numbers.
bool is_number(std::string_view word)
{
    return !word.empty() && is_digit(word.front()) &&
           std::all_of(word.begin(), word.end(),
                       [](char c) { return is_digit(c) || c == '.' || c == ',' || c == ':'; }) &&
           word.back() != ',' && word.back() != ':';
}

bool may_break_after(std::string_view text, std::size_t at, std::size_t word_from)
{
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (text[at] == ' ') return !(is_number(text.substr(word_from, at - word_from)) && is_letter(next));
    return text[at] == '-' && at > 0 && is_letter(text[at - 1]) && is_letter(next);
}

class Atoms {
public:
    Atoms(Frame& f, std::span<const Run> runs, Type type) : f_(f), runs_(runs), type_(type)
    {
        for (std::size_t i = 0; i < runs.size(); ++i) cut(i);
        finish(false);
    }
    std::vector<Atom> take() { return std::move(atoms_); }

private:
    void cut(std::size_t run)
    {
        const std::string_view text = runs_[run].text;
        std::size_t from = 0, word = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool newline = text[i] == '\n';
            if (newline || may_break_after(text, i, word)) {
                add(run, text.substr(from, i - from + (newline ? 0 : 1)));
                finish(newline);
                from = i + 1;
            }
            if (text[i] == ' ' || newline) word = i + 1;
        }
        add(run, text.substr(from));
    }
    void add(std::size_t run, std::string_view words)
    {
        if (words.empty()) return;
        const Font font = font_of(f_, type_, runs_[run]);
        const float width = f_.paint().text_width(words, font);
        const float space = words.back() == ' ' ? f_.paint().text_width(" ", font) : 0;
        now_.pieces.push_back({run, words, now_.width, width});
        now_.ink = now_.width + width - space;
        now_.width += width;
    }
    void finish(bool newline)
    {
        now_.newline = newline;
        if (!now_.pieces.empty() || newline) atoms_.push_back(std::move(now_));
        now_ = {};
    }

    Frame& f_;
    std::span<const Run> runs_;
    Type type_;
    Atom now_;
    std::vector<Atom> atoms_;
};

/// How many bytes of the words fit; at least one letter.
std::size_t fitting(Frame& f, std::string_view words, Font font, float width)
{
    std::size_t fits = 0;
    float used = 0;
    while (fits < words.size()) {
        std::size_t end = fits + 1;
        while (end < words.size() && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U) ++end;
        used += f.paint().text_width(words.substr(fits, end - fits), font);
        if (used > width && fits > 0) break;
        fits = end;
    }
    return fits;
}

class Lines {
public:
    Lines(Frame& f, std::span<const Run> runs, Type type, float width) : f_(f), runs_(runs), type_(type), width_(width)
    {}

    void place(const Atom& atom)
    {
        if (used_ > 0 && used_ + atom.ink > width_ + 0.01F) end_line();
        if (atom.ink > width_ + 0.01F)
            break_up(atom);
        else
            for (const auto& piece : atom.pieces) append(piece);
        if (atom.newline) end_line();
    }
    std::vector<Line> take()
    {
        if (!now_.pieces.empty()) end_line();
        return std::move(lines_);
    }

private:
    void append(const Piece& piece)
    {
        auto* last = now_.pieces.empty() ? nullptr : &now_.pieces.back();
        if (last != nullptr && last->run == piece.run &&
            last->words.data() + last->words.size() == piece.words.data()) {
            last->words = {last->words.data(), last->words.size() + piece.words.size()}; // one piece a run and line
            last->width += piece.width;
        } else {
            now_.pieces.push_back({piece.run, piece.words, used_, piece.width});
        }
        used_ += piece.width;
    }
    void break_up(const Atom& atom)
    {
        for (auto piece : atom.pieces) {
            const Font font = font_of(f_, type_, runs_[piece.run]);
            while (used_ + piece.width > width_) {
                const auto fits = fitting(f_, piece.words, font, width_ - used_);
                if (fits >= piece.words.size()) break;
                const auto head = piece.words.substr(0, fits);
                append({piece.run, head, 0, f_.paint().text_width(head, font)});
                end_line();
                piece.words.remove_prefix(fits);
                piece.width = f_.paint().text_width(piece.words, font);
            }
            append(piece);
        }
    }
    void end_line()
    {
        if (!now_.pieces.empty()) {
            auto& last = now_.pieces.back();
            const Font font = font_of(f_, type_, runs_[last.run]);
            while (!last.words.empty() && last.words.back() == ' ') {
                last.words.remove_suffix(1);
                last.width -= f_.paint().text_width(" ", font);
            }
            now_.width = last.x + last.width;
        }
        lines_.push_back(std::move(now_));
        now_ = {};
        used_ = 0;
    }

    Frame& f_;
    std::span<const Run> runs_;
    Type type_;
    float width_, used_{};
    Line now_;
    std::vector<Line> lines_;
};

/// Takes letters off the line's end until an ellipsis fits.
void shorten(Frame& f, Line& line, std::span<const Run> runs, Type type, float width)
{
    const float dots = ellipsis_width(f, f.theme()(type).font);
    line.cut = true;
    while (!line.pieces.empty()) {
        auto& last = line.pieces.back();
        const Font font = font_of(f, type, runs[last.run]);
        const float room = width - dots - last.x;
        if (last.width <= room) break;
        if (room <= 0) {
            line.pieces.pop_back();
            continue;
        }
        last.words = last.words.substr(0, fitting(f, last.words, font, room));
        last.width = f.paint().text_width(last.words, font);
        break;
    }
    line.width = line.pieces.empty() ? dots : line.pieces.back().x + line.pieces.back().width + dots;
}

} // namespace

Font font_of(const Frame& f, Type type, const Run& run)
{
    Font font = f.theme()(type).font;
    if (run.bold) font.weight = run.italic ? Weight::BoldItalic : std::max(font.weight, Weight::SemiBold);
    if (run.italic && !run.bold) font.weight = Weight::Italic;
    return font;
}

float ellipsis_width(Frame& f, Font font) { return f.paint().text_width(ellipsis, font); }

std::vector<Line> typeset(Frame& f, std::span<const Run> runs, Type type, float width, int max_lines)
{
    Lines setter(f, runs, type, width);
    const auto atoms = Atoms(f, runs, type).take();
    if (max_lines == 1) { // one line: no breaking first, so that it is cut within the word that does not fit
        Line only;
        for (const auto& atom : atoms)
            for (const auto& piece : atom.pieces) {
                only.pieces.push_back({piece.run, piece.words, only.width, piece.width});
                only.width += piece.width;
            }
        if (only.width > width + 0.5F) shorten(f, only, runs, type, width);
        return {std::move(only)};
    }
    for (const auto& atom : atoms) setter.place(atom);
    auto lines = setter.take();
    if (max_lines > 0 && lines.size() > static_cast<std::size_t>(max_lines)) {
        lines.resize(static_cast<std::size_t>(max_lines));
        shorten(f, lines.back(), runs, type, width);
    }
    return lines;
}

} // namespace adal::widgets
