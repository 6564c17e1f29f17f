#include "content/authored_json.hpp"
#include "content/reader.hpp"
#include "content/source.hpp"
#include <algorithm>
#include <array>

namespace adal::content {
namespace {
constexpr std::array kinds{"acknowledgement", "module", "test"}; // in DutyKind's order
constexpr std::array classes{"employee", "contractor"};          // in PersonClass's order

template <class Enum, std::size_t count>
std::optional<Enum> code_from(const std::array<const char*, count>& codes, const std::string& written)
{
    const auto found = std::find(codes.begin(), codes.end(), written);
    if (found == codes.end()) return std::nullopt;
    return static_cast<Enum>(found - codes.begin());
}

std::string identifier(AuthoredObject& json, const std::string& key)
{
    auto id = json.word(key);
    if (!id.empty() && !is_identifier(id)) json.find(key, "check.text.identifier", {{"id", id}});
    return id;
}

Audience read_audience(AuthoredObject json)
{
    Audience who;
    for (const auto& written : json.words("classes"))
        if (const auto each = code_from<PersonClass>(classes, written))
            who.classes.push_back(*each);
        else
            json.find("classes", "check.curriculum.class", {{"class", written}});
    if (json.has("classes") && who.classes.empty()) json.find("classes", "check.text.empty", {{"key", "classes"}});
    who.on_probation = json.has("on_probation") && json.yes("on_probation");
    json.finish();
    return who;
}

Due read_due(AuthoredObject json, const Audience& who)
{
    Due due;
    if (json.has("days_after_start")) due.days_after_start = json.whole("days_after_start", 0);
    if (json.has("days_before_probation_end"))
        due.days_before_probation_end = json.whole("days_before_probation_end", 0);
    json.finish();
    if (due.days_after_start.has_value() == due.days_before_probation_end.has_value())
        json.find({}, "check.curriculum.due");
    if (due.days_before_probation_end && !who.on_probation)
        json.find("days_before_probation_end", "check.curriculum.probation");
    return due;
}

DutyRule read_duty(AuthoredObject& json)
{
    DutyRule duty;
    duty.id = {identifier(json, "id")};
    const auto written = json.word("kind");
    const auto kind = code_from<DutyKind>(kinds, written);
    if (!kind && !written.empty()) json.find("kind", "check.curriculum.kind", {{"kind", written}});
    duty.kind = kind.value_or(DutyKind::Acknowledgement);
    duty.object = identifier(json, "object");
    duty.title = json.text("title");
    duty.reason = json.text("reason");
    duty.who = read_audience(json.object("who"));
    duty.due = read_due(json.object("due"), duty.who);
    json.finish();
    return duty;
}
} // namespace

Reading<Curriculum> read_curriculum(std::string_view source, const std::string& file)
{
    Reading<Curriculum> reading;
    auto json = AuthoredObject::parse(source, file, reading.findings);
    if (!json) return reading;
    auto& duties = reading.text.duties;
    reading.text.version = json->whole("version", 1);
    for (auto& each : json->objects("duties")) {
        auto duty = read_duty(each);
        if (std::any_of(duties.begin(), duties.end(), [&](const DutyRule& other) { return other.id == duty.id; }))
            each.find("id", "check.curriculum.twice", {{"duty", duty.id.text}});
        duties.push_back(std::move(duty));
    }
    json->finish();
    return reading;
}

} // namespace adal::content
