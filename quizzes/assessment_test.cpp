#include "quizzes/assessment_test.hpp"
#include "content/authored_json.hpp"
#include "content/source.hpp"
#include "quizzes/draw.hpp"
#include "quizzes/gift.hpp"
#include <algorithm>

namespace adal::quizzes {
namespace {
using content::AuthoredObject;
using content::Finding;
constexpr std::pair<const char*, Difficulty> difficulties[]{
    {"easy", Difficulty::Easy}, {"medium", Difficulty::Medium}, {"hard", Difficulty::Hard}};

std::string identifier(AuthoredObject& json)
{
    auto id = json.word("id");
    if (!id.empty() && !content::is_identifier(id)) json.find("id", "check.text.identifier", {{"id", id}});
    return id;
}

TopicDraw read_topic(AuthoredObject& json)
{
    TopicDraw topic{{identifier(json)}, json.text("title"), {}};
    auto counts = json.object("draw");
    for (const auto& [name, difficulty] : difficulties)
        if (counts.has(name)) topic.draw[difficulty] = counts.whole(name, 0);
    counts.finish();
    if (topic.count() == 0) json.find("draw", "check.test.empty_topic", {{"topic", topic.topic.text}});
    json.finish();
    return topic;
}

void read_topics(AuthoredObject& json, AssessmentTest& test)
{
    for (auto& each : json.objects("topics")) {
        auto topic = read_topic(each);
        const auto same = [&](const TopicDraw& other) { return other.topic == topic.topic; };
        if (std::any_of(test.topics.begin(), test.topics.end(), same))
            each.find("id", "check.test.topic_twice", {{"topic", topic.topic.text}});
        test.topics.push_back(std::move(topic));
    }
    if (test.topics.empty()) json.find("topics", "check.test.no_topics");
}

AssessmentTest read(AuthoredObject& json)
{
    AssessmentTest test;
    test.id = {identifier(json)};
    test.version = json.whole("version", 1);
    test.title = json.text("title");
    read_topics(json, test);
    test.time_limit = std::chrono::minutes{json.whole("time_limit_minutes", 1)};
    if (json.word("navigation") != "free") json.find("navigation", "check.test.navigation");
    test.pass_mark = json.whole("pass_mark", 1);
    if (test.pass_mark > test.item_count())
        json.find("pass_mark", "check.test.pass_mark", {{"items", std::to_string(test.item_count())}});
    test.attempts = json.whole("attempts", 1);
    test.cooldown_days = json.whole("cooldown_days", 0);
    test.shuffles_choices = json.yes("shuffle_choices");
    json.finish();
    return test;
}

bool is_in(const AssessmentTest& test, const Item& item)
{
    return std::any_of(test.topics.begin(), test.topics.end(),
                       [&](const TopicDraw& topic) { return topic.topic == item.topic; });
}
} // namespace

TestReading read_test(std::string_view source, const std::string& file)
{
    TestReading reading;
    if (auto json = AuthoredObject::parse(source, file, reading.findings)) reading.test = read(*json);
    return reading;
}

content::Findings check_test(const AssessmentTest& test, const Bank& bank, const std::string& file)
{
    content::Findings findings;
    const auto find = [&](std::string key, Arguments arguments) {
        findings.push_back({file, 1, Finding::Gravity::Error, std::move(key), std::move(arguments)});
    };
    if (const auto form = draw(test, bank, 0); !form) find(form.error().key, form.error().arguments);
    for (const auto& [id, item] : bank.items) {
        if (!is_in(test, item)) continue;
        for (const auto language : all_languages) {
            const auto reviewed = bank.reviewed.find(language);
            if (reviewed == bank.reviewed.end() ||
                std::find(reviewed->second.begin(), reviewed->second.end(), id) == reviewed->second.end())
                find("check.test.not_reviewed", {{"item", id.text}, {"language", std::string{code(language)}}});
        }
    }
    return findings;
}

} // namespace adal::quizzes
