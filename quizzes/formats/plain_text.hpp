#pragma once
#include "content/base/bytes.hpp"
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace adal::quizzes::formats {

/// What of a text stays behind.
enum class TextLoss { Formatting, Media, Letters };

struct HtmlPicture {
    std::string source, alternative;
};
struct PlainText {
    std::string text; // our items' form: NFC, one blank between words, '\n' between paragraphs, nothing at the ends
    std::set<TextLoss> losses;
    std::set<std::string> tags; // whose formatting stays behind
    std::vector<HtmlPicture> pictures;
};
PlainText tidied(std::string_view);
PlainText from_html(std::string_view);

std::string to_html(std::string_view text); // escaped, <p> around each paragraph if there are several
std::string escaped(std::string_view text);     // & < > " and line ends
std::string escaped_run(std::string_view text); // the same of a page's source, where a line end is a blank

/// UTF-8 of a file that may be UTF-16 (either order), with a byte-order mark or not, or Latin-1 / Windows-1251 / Windows-1252 where it says so or is no UTF-8.
std::string utf8_of(BytesView source);

} // namespace adal::quizzes::formats
