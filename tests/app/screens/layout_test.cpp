#include "tests/app/screens/stage.hpp"

using namespace adal;

namespace {

const widgets::Size sizes[]{{1280, 800}, {1920, 1080}, {1024, 768}};

void lay_out(const sample::Named& shown, Language language, widgets::Size size, const widgets::Settings& settings)
{
    CAPTURE(shown.name);
    CAPTURE(std::string(code(language)));
    CAPTURE(size.w);
    CAPTURE(settings.text_size);
    Stage stage(shown.state, size, settings, language);
    stage.surround = shown.surround;
    stage.probe.settle();
    for (const auto& fault : stage.probe.faults()) FAIL_CHECK(fault);
}
} // namespace

TEST_CASE("the way in loses no word in any language, text size and display")
{
    for (auto language : all_languages)
        for (const auto& shown : sample::way_in(language))
            for (const auto& size : sizes)
                for (int text_size : {1, 2, 3}) {
                    widgets::Settings settings;
                    settings.text_size = text_size;
                    settings.dark = text_size == 2;
                    lay_out(shown, language, size, settings);
                }
}
