#include "quizzes/analysis/ratings.hpp"
#include "content/language/letters.hpp"
#include "quizzes/decimal.hpp"
#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace adal::quizzes::analysis {
namespace {

constexpr std::string_view header = "judge;round;item;percent";

std::vector<std::string> columns_of(std::string_view line)
{
    std::vector<std::string> columns{""};
    for (const char c : line)
        if (c == ';')
            columns.emplace_back();
        else
            columns.back() += c;
    return columns;
}

std::optional<double> share_from(const std::string& percent)
{
    constexpr std::int64_t hundred = 100'000'000, hundredth = 10'000; // in millionths
    if (percent.empty() || percent.front() < '0' || percent.front() > '9') return std::nullopt;
    const auto number = decimal_from(percent);
    if (!number || number->millionths > hundred || number->millionths % hundredth != 0) return std::nullopt;
    return static_cast<double>(number->millionths) / static_cast<double>(hundred);
}

class Reader {
public:
    Reader(std::string_view source, const std::string& file) : rest_(source), file_(file)
    {
        if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    }
    RatingsReading read()
    {
        if (!language::normalised(rest_)) {
            line_ = 1;
            complain("ratings.encoding");
            return std::move(reading_);
        }
        if (next_line() != header) {
            complain("ratings.header");
            return std::move(reading_);
        }
        while (!rest_.empty())
            if (const auto line = next_line(); !line.empty()) read_line(line);
        return std::move(reading_);
    }

private:
    std::string_view next_line()
    {
        ++line_;
        const auto end = std::min(rest_.find('\n'), rest_.size());
        auto line = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }
    void read_line(std::string_view line)
    {
        const auto columns = columns_of(line);
        if (columns.size() != 4) return complain("ratings.columns", {{"n", std::to_string(columns.size())}});
        const auto judge = language::single_spaced(columns[0]);
        if (!judge || judge->empty() || judge->find('"') != std::string::npos) return complain("ratings.judge");
        if (columns[1] != "1" && columns[1] != "2") return complain("ratings.round", {{"round", columns[1]}});
        const auto item = language::single_spaced(columns[2]);
        if (!item || item->empty()) return complain("ratings.item");
        const auto share = share_from(columns[3]);
        if (!share) return complain("ratings.percent", {{"percent", columns[3]}});
        keep({*judge, columns[1][0] - '0', {*item}, *share});
    }
    void keep(Rating rating)
    {
        const auto [before, is_first] = lines_.try_emplace({rating.judge, rating.round, rating.item}, line_);
        if (!is_first) return complain("ratings.twice", {{"line", std::to_string(before->second)}});
        reading_.ratings.push_back(std::move(rating));
    }
    void complain(const char* key, Arguments arguments = {})
    {
        reading_.findings.push_back({file_, line_, content::Finding::Gravity::Error, key, std::move(arguments)});
    }

    std::string_view rest_;
    const std::string& file_;
    int line_ = 0;
    RatingsReading reading_;
    std::map<std::tuple<std::string, int, ItemId>, int> lines_;
};

} // namespace

RatingsReading read_ratings(std::string_view csv, const std::string& file) { return Reader{csv, file}.read(); }

} // namespace adal::quizzes::analysis
