#include "quizzes/assessment_test.hpp"
#include "content/authored_json.hpp"
#include "content/source.hpp"
#include "quizzes/draw.hpp"
#include "quizzes/gift.hpp"
#include "quizzes/scoring.hpp"
#include <algorithm>

namespace adal::quizzes {
namespace {
using content::AuthoredObject;
using content::Finding;
constexpr int least_for_topic_mark = 5; // below, one slip decides
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
    TopicDraw topic{.topic = {identifier(json)}, .title = json.text("title"), .draw = {}};
    auto counts = json.object("draw");
    for (const auto& [name, difficulty] : difficulties)
        if (counts.has(name)) topic.draw[difficulty] = counts.whole(name, 0);
    counts.finish();
    if (json.has("anchors"))
        for (auto& name : json.words("anchors")) topic.anchors.push_back({std::move(name)});
    if (json.has("scenarios")) topic.scenarios = json.whole("scenarios", 1);
    if (json.has("pass_mark")) topic.pass_mark = json.whole("pass_mark", 1);
    if (json.has("module")) topic.module = {json.word("module")};
    if (topic.count() + topic.scenarios == 0) json.find("draw", "check.test.empty_topic", {{"topic", topic.topic.text}});
    if (topic.pass_mark > 0 && topic.scenarios == 0 && topic.count() < least_for_topic_mark)
        json.find("pass_mark", "check.test.topic_mark", {{"topic", topic.topic.text}, {"items", std::to_string(least_for_topic_mark)}});
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
    const auto navigation = json.word("navigation");
    if (navigation != "free" && navigation != "linear") json.find("navigation", "check.test.navigation");
    test.navigation = navigation == "linear" ? Navigation::Linear : Navigation::Free;
    test.pass_mark = json.whole("pass_mark", 1);
    test.attempts = json.whole("attempts", 1);
    test.cooldown_days = json.whole("cooldown_days", 0);
    test.shuffles_choices = json.yes("shuffle_choices");
    if (json.has("shuffle_items")) test.shuffles_items = json.yes("shuffle_items");
    if (json.has("exposure_percent")) test.exposure_percent = json.whole("exposure_percent", 1);
    if (test.exposure_percent > 100) json.find("exposure_percent", "check.test.percent");
    if (json.has("restudy")) test.restudies = json.yes("restudy");
    json.finish();
    return test;
}

bool is_in(const AssessmentTest& test, const Item& item)
{
    return std::any_of(test.topics.begin(), test.topics.end(),
                       [&](const TopicDraw& topic) { return topic.topic == item.topic; });
}

/// Collects what stands in a test that no single file can know.
class Check {
public:
    Check(const AssessmentTest& test, const Bank& bank, const std::string& file) : test_(test), bank_(bank), file_(file) {}

    content::Findings all()
    {
        check_points();
        const auto form = draw(test_, bank_, 0);
        if (!form)
            find(form.error().key, form.error().arguments);
        else
            check_marks(*form);
        for (const auto& [id, item] : bank_.items)
            if (is_in(test_, item) && !bank_.withdrawn.contains(id)) check_reviewed(id);
        return std::move(findings_);
    }

private:
    const AssessmentTest& test_;
    const Bank& bank_;
    const std::string& file_;
    content::Findings findings_;

    void find(std::string key, Arguments arguments) { findings_.push_back({file_, 1, Finding::Gravity::Error, std::move(key), std::move(arguments)}); }

    /// Every form must have the same maximum: what may be drawn for one place gives the same points.
    void check_points()
    {
        std::map<std::pair<TopicId, Difficulty>, int> points;
        for (const auto& [id, item] : bank_.items) {
            if (!is_in(test_, item) || !item.scenario.empty() || bank_.withdrawn.contains(id)) continue;
            if (const auto known = points.try_emplace({item.topic, item.difficulty}, item.points).first->second; known != item.points)
                find("check.test.points_differ", {{"item", id.text}, {"points", std::to_string(known)}});
        }
        std::map<TopicId, std::pair<std::size_t, int>> stories;
        for (const auto& [id, scenario] : bank_.scenarios) {
            const auto same = std::pair{scenario.items.size(), points_of(scenario)};
            if (stories.try_emplace(scenario.topic, same).first->second != same) find("check.test.scenarios_differ", {{"scenario", id.text}});
        }
    }

    int points_of(const Scenario& scenario) const
    {
        int points = 0;
        for (const auto& id : scenario.items)
            if (const auto item = bank_.items.find(id); item != bank_.items.end()) points += item->second.points;
        return points;
    }

    void check_marks(const std::vector<DrawnItem>& form)
    {
        const auto verdict = score(test_, bank_, form, {}, test_.pass_mark);
        if (test_.pass_mark > verdict.score.maximum) find("check.test.pass_mark", {{"points", std::to_string(verdict.score.maximum)}});
        for (const auto& topic : test_.topics)
            for (const auto& line : verdict.topics)
                if (line.topic == topic.topic && topic.pass_mark > line.score.maximum)
                    find("check.test.topic_pass_mark", {{"topic", topic.topic.text}, {"points", std::to_string(line.score.maximum)}});
    }

    void check_reviewed(const ItemId& id)
    {
        for (const auto language : all_languages) {
            const auto reviewed = bank_.reviewed.find(language);
            if (reviewed == bank_.reviewed.end() || std::find(reviewed->second.begin(), reviewed->second.end(), id) == reviewed->second.end())
                find("check.test.not_reviewed", {{"item", id.text}, {"language", std::string{code(language)}}});
        }
    }
};
} // namespace

TestReading read_test(std::string_view source, const std::string& file)
{
    TestReading reading;
    if (auto json = AuthoredObject::parse(source, file, reading.findings)) reading.test = read(*json);
    return reading;
}

content::Findings check_test(const AssessmentTest& test, const Bank& bank, const std::string& file) { return Check{test, bank, file}.all(); }

std::vector<TopicMark> topic_marks(const AssessmentTest& test)
{
    std::vector<TopicMark> marks;
    for (const auto& topic : test.topics)
        if (topic.pass_mark > 0) marks.push_back({topic.topic, topic.pass_mark});
    return marks;
}

} // namespace adal::quizzes
