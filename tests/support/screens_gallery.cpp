#include "app/widgets/frame.hpp"
#include "app/window/window.hpp"
#include "tests/support/sample_states.hpp"
#include <cstdio>
#include <filesystem>
#include <string>

/// Draws the sample states into PNGs: screens_gallery FOLDER [part of a name]. Files: <name>-<language>-<width>-<theme>-<text size>.png
namespace {
using namespace adal;
namespace fs = std::filesystem;

struct Look {
    window::Size size;
    bool is_dark = false;
    int text_size = 1;
};
const std::vector<Look> looks{{{1280, 800}}, {{1280, 800}, true}, {{1280, 800}, false, 3}, {{1024, 768}}, {{1024, 768}, false, 3}, {{1920, 1080}}, {{1920, 1080}, true, 2}};

std::string file_name(const sample::Named& shown, Language language, const Look& look)
{
    return shown.name + "-" + std::string(code(language)) + "-" + std::to_string(static_cast<int>(look.size.w)) + (look.is_dark ? "-dark-" : "-light-") +
           std::to_string(look.text_size) + ".png";
}

bool draw_one(window::Window& window, const language::Strings& strings, const sample::Named& shown, Language language, const Look& look, const fs::path& folder)
{
    widgets::Ui ui;
    const screens::Words words{strings, language};
    auto surround = shown.surround;
    surround.is_dark = look.is_dark;
    surround.text_size = look.text_size;
    widgets::Settings settings;
    settings.dark = look.is_dark, settings.less_motion = true, settings.text_size = look.text_size;
    for (int frame = 0; frame < 3; ++frame)
        window.draw_now([&](const window::Shot& shot) {
            ui.draw(shot, settings, shown.name, [&](widgets::Frame& f) { (void)screens::draw(f, surround, shown.state, words); });
        });
    const auto saved = window.save_png(folder / file_name(shown, language, look));
    if (!saved) std::fprintf(stderr, "%s: %s\n", shown.name.c_str(), saved.error().key.c_str());
    return static_cast<bool>(saved);
}
} // namespace

int main(int count, char** arguments)
{
    if (count < 2) return std::fprintf(stderr, "screens_gallery FOLDER [part of a name]\n"), 1;
    const fs::path folder = arguments[1];
    const std::string part = count > 2 ? arguments[2] : "";
    fs::create_directories(folder);
    const auto strings = language::Strings::load(fs::path(ADAL_SOURCE) / "assets/strings");
    if (!strings) return std::fprintf(stderr, "%s\n", strings.error().key.c_str()), 1;

    bool is_good = true;
    for (const auto& size : {window::Size{1280, 800}, window::Size{1024, 768}, window::Size{1920, 1080}}) {
        auto window = window::Window::open({.title = "gallery", .size = size, .visible = false});
        if (!window) return std::fprintf(stderr, "%s\n", window.error().key.c_str()), 1;
        for (const auto& look : looks) {
            if (!(look.size == size)) continue;
            for (auto language : all_languages) {
                auto states = sample::way_in(language);
                for (auto& state : sample::learning(language)) states.push_back(std::move(state));
                for (auto& state : sample::items(language)) states.push_back(std::move(state));
                for (const auto& state : states)
                    if (file_name(state, language, look).find(part) != std::string::npos)
                        is_good = draw_one(window.value(), strings.value(), state, language, look, folder) && is_good;
            }
        }
    }
    return is_good ? 0 : 1;
}
