#include "tests/app/screens/stage.hpp"
#include <set>

using namespace adal;

TEST_CASE("every state has a name of its own, and each purpose of a secret too")
{
    std::set<std::string> names;
    for (const auto& shown : sample::way_in(Language::en)) names.insert(screens::name_of(shown.state));
    for (const auto& shown : sample::learning(Language::en)) names.insert(screens::name_of(shown.state));
    CHECK(names == std::set<std::string>{"start", "number", "employer", "one-time code", "pin", "new pin", "repeat pin", "duties", "reader",
                                         "acknowledgement", "module", "test intro", "item", "result", "trouble"});
}

TEST_CASE("the header changes the language on every screen but the start, whose tiles do")
{
    for (const auto& shown : sample::way_in(Language::ru)) {
        INFO(shown.name);
        Stage stage(shown.state);
        const bool is_start = std::holds_alternative<screens::StartScreen>(shown.state);
        CHECK((stage.probe.find("language.kk") == nullptr) == is_start);
        const auto wanted = stage.tap<screens::ChooseLanguage>(is_start ? "start.language.kk" : "language.kk");
        REQUIRE(wanted);
        CHECK(wanted->language == Language::kk);
    }
}
