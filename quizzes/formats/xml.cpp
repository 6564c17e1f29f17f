#include "quizzes/formats/xml.hpp"
#include "quizzes/formats/plain_text.hpp"
#include <pugixml.hpp>
#include <sstream>

namespace adal::quizzes::formats {

std::string inner_text(const pugi::xml_node& node)
{
    std::ostringstream text;
    for (const auto& child : node.children()) {
        if (child.type() == pugi::node_pcdata) text << (node.find_child([](const pugi::xml_node& each) { return each.type() == pugi::node_element; }) ? escaped_run(child.value()) : child.value());
        else if (child.type() == pugi::node_cdata) text << child.value();
        else if (child.type() == pugi::node_element) child.print(text, "", pugi::format_raw | pugi::format_no_declaration);
    }
    return text.str();
}

std::string plain_name(std::string_view name)
{
    if (const auto colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    if (name.starts_with("qti-")) name.remove_prefix(4);
    std::string plain;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool joins = name[i] == '-' && i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z';
        if (joins) plain += static_cast<char>(name[++i] - 'a' + 'A');
        else plain += name[i];
    }
    return plain;
}

} // namespace adal::quizzes::formats
