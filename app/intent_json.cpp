#include "app/drive.hpp"
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

namespace adal::app {
namespace {

using nlohmann::json;
using namespace screens;

Error unreadable(const std::string& what)
{
    return fail(ErrorKind::InvalidInput, "kiosk.script.unreadable", {{"what", what}});
}

// Missing or of another kind: json::exception, caught once below.
std::string word(const json& line, const char* name) { return line.at(name).get<std::string>(); }
int whole(const json& line, const char* name) { return line.at(name).get<int>(); }
bool yes(const json& line, const char* name) { return line.at(name).get<bool>(); }

Language language(const json& line)
{
    const auto wanted = language_from(word(line, "language"));
    return wanted ? *wanted : throw std::invalid_argument{"language"};
}

using Maker = std::function<Intent(const json&)>;
template <class Plain> Maker plain()
{
    return [](const json&) -> Intent { return Plain{}; };
}

const std::map<std::string, Maker>& makers()
{
    static const std::map<std::string, Maker> all{
        {"choose language", [](const json& line) -> Intent { return ChooseLanguage{language(line)}; }},
        {"choose text size", [](const json& line) -> Intent { return ChooseTextSize{whole(line, "size")}; }},
        {"choose theme", [](const json& line) -> Intent { return ChooseTheme{yes(line, "dark")}; }},
        {"begin sign in", plain<BeginSignIn>()},
        {"type digit", [](const json& line) -> Intent { return TypeDigit{whole(line, "digit")}; }},
        {"erase digit", plain<EraseDigit>()},
        {"clear digits", plain<ClearDigits>()},
        {"confirm", plain<Confirm>()},
        {"choose employer", [](const json& line) -> Intent { return ChooseEmployer{{word(line, "employer")}}; }},
        {"correct number", plain<CorrectNumber>()},
        {"not me", plain<NotMe>()},
        {"sign out", plain<SignOut>()},
        {"show start", plain<ShowStart>()},
        {"show all duties", [](const json& line) -> Intent { return ShowAllDuties{yes(line, "all")}; }},
        {"open duty", [](const json& line) -> Intent { return OpenDuty{{word(line, "duty")}}; }},
        {"show duties", plain<ShowDuties>()},
        {"go to section", [](const json& line) -> Intent { return GoToSection{whole(line, "section")}; }},
        {"show acknowledgement", plain<ShowAcknowledgement>()},
        {"go to page", [](const json& line) -> Intent { return GoToPage{whole(line, "page")}; }},
        {"answer check",
         [](const json& line) -> Intent {
             return AnswerCheck{{word(line, "item")}, {word(line, "choice")}};
         }},
        {"start test", [](const json& line) -> Intent { return StartTest{{word(line, "duty")}}; }},
        {"select choice",
         [](const json& line) -> Intent {
             return SelectChoice{{word(line, "item")}, {word(line, "choice")}};
         }},
        {"select target",
         [](const json& line) -> Intent {
             return SelectTarget{{word(line, "item")}, {word(line, "target")}};
         }},
        {"clear response", [](const json& line) -> Intent { return ClearResponse{{word(line, "item")}}; }},
        {"move choice",
         [](const json& line) -> Intent {
             return MoveChoice{{word(line, "item")}, {word(line, "choice")}, whole(line, "by")};
         }},
        {"type response",
         [](const json& line) -> Intent {
             return TypeResponse{{word(line, "item")}, word(line, "text")};
         }},
        {"flag item",
         [](const json& line) -> Intent {
             return FlagItem{{word(line, "item")}, yes(line, "flagged")};
         }},
        {"go to item", [](const json& line) -> Intent { return GoToItem{whole(line, "number")}; }},
        {"ask to submit", plain<AskToSubmit>()},
        {"ask to leave", plain<AskToLeave>()},
        {"stay in test", plain<StayInTest>()},
        {"submit test", plain<SubmitTest>()},
        {"leave test", plain<LeaveTest>()},
        {"open paragraph", [](const json& line) -> Intent { return OpenParagraph{word(line, "reference")}; }},
        {"dispute result", [](const json& line) -> Intent { return DisputeResult{word(line, "words")}; }},
    };
    static_assert(std::variant_size_v<Intent> == 35, "a new intent needs its name here and in app/README.md");
    return all;
}

ScriptLine typed(const std::string& digits)
{
    ScriptLine line;
    for (const char digit : digits)
        digit >= '0' && digit <= '9' ? line.intents.emplace_back(TypeDigit{digit - '0'})
                                     : throw std::invalid_argument{"digits"};
    return line;
}
} // namespace

Expected<ScriptLine> read_script_line(std::string_view text)
{
    try {
        const auto line = json::parse(text);
        const auto name = word(line, "intent");
        if (name == "type digits") return typed(word(line, "digits"));
        if (name == "wait") return ScriptLine{};
        const auto maker = makers().find(name);
        if (maker == makers().end())
            return fail(ErrorKind::InvalidInput, "kiosk.script.unknown_intent", {{"intent", name}});
        return ScriptLine{{maker->second(line)}};
    } catch (const json::parse_error&) {
        return unreadable("JSON");
    } catch (const json::exception& broken) {
        return unreadable(broken.what());
    } catch (const std::invalid_argument& wrong) {
        return unreadable(wrong.what());
    }
}

} // namespace adal::app
