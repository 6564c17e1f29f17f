#pragma once
#include "content/base/clock.hpp"
#include "content/finding.hpp"
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace adal::content {

/// The `key: value` lines between two `---` lines at the top of a text. Asked like AuthoredObject: faults become
/// findings, answers are then empty.
class FrontMatter {
public:
    FrontMatter(std::string_view source, std::string file, Findings&);

    std::string word(const std::string& key);
    std::string identifier(const std::string& key);
    int whole(const std::string& key); // at least 1
    Date date(const std::string& key);
    std::size_t one_of(const std::string& key, const std::vector<std::string>& codes); // its place among them
    void finish();
    void find(const std::string& key, std::string what, Arguments = {});

    /// The source with the front matter's lines emptied, so that the lines below keep their numbers.
    const std::string& body() const { return body_; }

private:
    struct Line {
        std::string value;
        int number = 0;
    };
    std::string file_, body_;
    Findings& findings_;
    std::map<std::string, Line> lines_;
    std::set<std::string> asked_;

    void add(std::string_view line, int number);
};

} // namespace adal::content
