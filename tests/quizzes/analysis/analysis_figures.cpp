#include "quizzes/analysis/analysis.hpp"
#include <cstdio>
#include <iostream>
#include <sstream>

/// Reads attempts, prints every figure: what reference_test.py compares with its own. In: "attempt LANGUAGE SITE PASS_MARK", then its answers
/// "ITEM POINTS MAXIMUM REACH MS WORD[,WORD]"; REACH: 0 not reached, 1 omitted, 2 answered; "-" for no word. Out: "GROUP ITEM NAME N VALUE".
namespace {
using namespace adal;
using namespace adal::quizzes::analysis;

quizzes::Response words_of(const std::string& text)
{
    quizzes::Response words;
    std::istringstream in{text == "-" ? "" : text};
    for (std::string word; std::getline(in, word, ',');) words.push_back(word);
    return words;
}

Attempts read(std::istream& in)
{
    Attempts attempts;
    FirstAttempt attempt;
    const auto finish = [&] {
        if (!attempt.answers.empty() && !attempts.add(attempt)) std::exit(3);
        attempt.answers.clear();
    };
    for (std::string line; std::getline(in, line);) {
        std::istringstream words{line};
        std::string first, chosen;
        words >> first;
        if (first == "attempt") {
            finish();
            std::string language;
            words >> language >> attempt.site.text >> attempt.pass_mark;
            attempt.language = *language_from(language);
            continue;
        }
        GivenAnswer answer{.item = {first}};
        int reach = 0;
        words >> answer.points >> answer.maximum >> reach >> answer.milliseconds >> chosen;
        answer.reach = static_cast<Reach>(reach);
        answer.chosen = words_of(chosen);
        attempt.answers.push_back(answer);
    }
    finish();
    return attempts;
}

void say(const std::string& group, const std::string& item, const std::string& name, std::int64_t n, std::optional<double> value)
{
    std::printf("%s %s %s %lld ", group.c_str(), item.c_str(), name.c_str(), static_cast<long long>(n));
    value ? std::printf("%.17g\n", *value) : std::printf("-\n");
}
void say(const std::string& group, const std::string& item, const std::string& name, const Figure& figure) { say(group, item, name, figure.n, figure.value); }

void say(const std::string& group, const ItemFigures& item)
{
    const auto& id = item.item.text;
    say(group, id, "facility", item.facility);
    say(group, id, "discrimination", item.discrimination);
    say(group, id, "not_reached", item.not_reached);
    say(group, id, "omitted", item.omitted);
    const auto& quartiles = item.time.value;
    say(group, id, "time_lower", item.time.n, quartiles ? std::optional{quartiles->lower} : std::nullopt);
    say(group, id, "time_median", item.time.n, quartiles ? std::optional{quartiles->median} : std::nullopt);
    say(group, id, "time_upper", item.time.n, quartiles ? std::optional{quartiles->upper} : std::nullopt);
    for (const auto& [word, all, lower, upper] : item.chosen) {
        say(group, id, "lower:" + word, item.lower_third, static_cast<double>(lower));
        say(group, id, "upper:" + word, item.upper_third, static_cast<double>(upper));
        say(group, id, "chosen:" + word, item.reached, static_cast<double>(all));
    }
}

void say(const std::string& name, const Group& group)
{
    const auto& form = group.form;
    say(name, "-", "score", form.score);
    say(name, "-", "passed", form.passed);
    say(name, "-", "reliability", form.reliability);
    say(name, "-", "measurement_error", form.measurement_error);
    say(name, "-", "consistency", form.consistency);
    say(name, "-", "kappa", form.kappa);
    for (const auto& item : group.items) say(name, item);
}

void say(const std::string& item, const Dif& dif)
{
    const auto n = std::min(dif.n_reference, dif.n_focal);
    const auto& value = dif.value;
    say("dif", item, "alpha", n, value ? std::optional{value->alpha} : std::nullopt);
    say("dif", item, "delta", n, value ? std::optional{value->delta} : std::nullopt);
    say("dif", item, "delta_error", n, value ? std::optional{value->delta_error} : std::nullopt);
    say("dif", item, "chi_square", n, value ? std::optional{value->chi_square} : std::nullopt);
    say("dif", item, "class", n, value ? std::optional{static_cast<double>(value->letter)} : std::nullopt);
}
} // namespace

int main()
{
    const auto attempts = read(std::cin);
    const auto analysis = analyse(attempts);
    say("all", analysis.all);
    for (const auto& [language, group] : analysis.languages) say(std::string{code(language)}, group);
    for (const auto& [site, group] : analysis.sites) say("site:" + site.text, group);
    for (const auto& [item, dif] : analysis.dif) say(item.text, dif);
}
