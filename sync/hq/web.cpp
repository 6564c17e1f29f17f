#include "sync/hq/web.hpp"
#include <cctype>
#include <string_view>

namespace adal::sync::hq {
namespace {

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    const int lower = std::tolower(static_cast<unsigned char>(c));
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string url_decoded(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+')
            result += ' ';
        else if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
            result += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else
            result += text[i];
    }
    return result;
}

/// "a=1<separator>b=2", each part handed to `take`.
template <class Take> void each_pair(std::string_view text, char separator, Take take)
{
    while (!text.empty()) {
        const auto end = text.find(separator);
        auto part = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        while (part.starts_with(' ')) part.remove_prefix(1);
        const auto equals = part.find('=');
        if (equals != std::string_view::npos) take(part.substr(0, equals), part.substr(equals + 1));
    }
}

} // namespace

std::string url_encoded(const std::string& text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 128 && std::isalnum(byte)) || c == '-' || c == '_' || c == '.' || c == '~')
            result += c;
        else
            result += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return result;
}

std::map<std::string, std::string> form_from(const std::string& body)
{
    std::map<std::string, std::string> form;
    each_pair(body, '&', [&](std::string_view name, std::string_view value) {
        form.emplace(url_decoded(name), url_decoded(value));
    });
    return form;
}

std::map<std::string, std::string> cookies_from(const std::string& header)
{
    std::map<std::string, std::string> cookies;
    each_pair(header, ';', [&](std::string_view name, std::string_view value) { cookies.emplace(name, value); });
    return cookies;
}

} // namespace adal::sync::hq
