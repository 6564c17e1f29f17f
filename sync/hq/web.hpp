#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace adal::sync::hq {

/// A request and a reply of the console, without any HTTP library: the console is a function from one to the other.
struct WebRequest {
    std::string method, path;
    std::map<std::string, std::string> query{}, form{}, cookies{};
    std::string accept_language{}, remote{};
    bool is_secure = false;
    std::string at(const std::string& name) const // of the query
    {
        const auto found = query.find(name);
        return found == query.end() ? std::string{} : found->second;
    }
    std::string field(const std::string& name) const // of the form
    {
        const auto found = form.find(name);
        return found == form.end() ? std::string{} : found->second;
    }
    std::string cookie(const std::string& name) const
    {
        const auto found = cookies.find(name);
        return found == cookies.end() ? std::string{} : found->second;
    }
};

struct WebReply {
    int status = 200;
    std::string type = "text/html; charset=utf-8", body;
    std::vector<std::pair<std::string, std::string>> headers{};
};

std::string url_encoded(const std::string&);
std::map<std::string, std::string>
form_from(const std::string& body); // application/x-www-form-urlencoded; the first of a name counts
std::map<std::string, std::string> cookies_from(const std::string& header);

} // namespace adal::sync::hq
