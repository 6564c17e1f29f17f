#pragma once
#include <string>
#include <string_view>

namespace pugi {
class xml_node;
}

namespace adal::quizzes::formats {

/// Everything in the element as text: characters and CDATA, and what stands in it as elements as their markup, for from_html to judge.
std::string inner_text(const pugi::xml_node&);

/// "qti-simple-choice", "imsqti:simpleChoice", "simpleChoice" -> "simpleChoice"; so of attributes.
std::string plain_name(std::string_view);

} // namespace adal::quizzes::formats
