#pragma once
#include "quizzes/formats/formats.hpp"
#include "quizzes/formats/plain_text.hpp"
#include <set>

namespace adal::quizzes::formats {

/// What one file gives, item by item, and what stays behind. Every reader and writer here keeps one.
class Ledger {
public:
    explicit Ledger(std::string file) : file_(std::move(file)) {}
    void enter(std::string file) { file_ = std::move(file); } // the next of a folder

    void lose(int line, const std::string& item, std::string key, Arguments more = {});   // a part
    void refuse(int line, const std::string& item, std::string key, Arguments more = {}); // the whole item

    /// Ours, and nobody else's in this file: the name given, if it will do; else made of it, which is told; of none, the topic and a number.
    ItemId name(const std::string& given, const TopicId&, int line);
    /// "$course$/top/Gifts" -> "gifts"
    TopicId topic(const std::string& path, int line);

    /// The words; what of them stays behind is told.
    std::string words(const PlainText&, const std::string& item, int line);

    /// "easy", "ref:code#4.2"; any other tag is told.
    void tag(AuthoredItem&, const std::string& tag);

    void take(AuthoredItem); // or refuses it, by `fault_of`
    void take(AuthoredScenario);

    /// A picture's name of ours; two pictures do not share one.
    std::string picture_name(const std::string& path, const std::string& item, const Bytes&);

    Collection content;
    content::Findings losses;

private:
    void cut_unreadable_picture(std::string& text, const std::string& item, int line);

    std::string file_;
    std::set<std::string> names_, topics_;
    std::map<std::string, Bytes> pictures_;
    int unnamed_ = 0;
};

std::string identifier_from(std::string_view name); // "Подарки: 1" -> "podarki-1"; may be empty
int line_at(std::string_view source, std::size_t offset);

/// The same for many places of one long file.
class Lines {
public:
    explicit Lines(std::string_view source);
    int at(std::size_t offset) const;

private:
    std::vector<std::size_t> ends_;
};

} // namespace adal::quizzes::formats
