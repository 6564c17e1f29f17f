#include "app/window_program.hpp"
#include "app/background_check.hpp"
#include "app/background_exchange.hpp"
#include "app/screens/draw.hpp"
#include "app/trouble.hpp"
#include "app/widgets/frame.hpp"
#include "app/window/window.hpp"
#include "content/language/dates.hpp"

namespace adal::app {
namespace {

using window::Shot;
using window::Window;

widgets::Settings settings_of(const screens::Surround& surround)
{
    widgets::Settings settings;
    settings.dark = surround.is_dark;
    settings.text_size = surround.text_size;
    return settings;
}

/// One frame of what a kiosk, or an error, has to show; what the person wants comes back.
std::optional<screens::Intent> draw_frame(widgets::Ui& ui, const Shot& shot, const screens::Surround& surround,
                                          const screens::State& screen, const language::Strings& strings)
{
    std::optional<screens::Intent> wish;
    ui.draw(shot, settings_of(surround), name_of(screen), [&](widgets::Frame& frame) {
        wish = screens::draw(frame, surround, screen, {strings, surround.language});
    });
    return wish;
}

/// The window with a kiosk behind it. Facts are written by this thread alone.
class Program {
public:
    Program(const Command& command, Kiosk kiosk, Window& window)
        : command_(command), kiosk_(std::move(kiosk)), window_(window),
          check_(command.folder, [this] { window_.wake(); }),
          exchange_(command.folder, command.clock, [this] { window_.wake(); })
    {}

    /// Until the window is closed, or until the check of the whole journal finds a fact that is not as it was written:
    /// nobody goes on working on such a journal.
    Expected<Done> run()
    {
        do {
            if (const auto broken = check_.broken()) return *broken;
            if (exchange_.has_finished()) kiosk_.synced();
            if (kiosk_.has_news()) exchange_.news();
        } while (window_.step([this](const Shot& shot) { draw(shot); },
                              std::chrono::steady_clock::now() + kiosk_.wait_time()));
        return Done{};
    }

private:
    const Command& command_;
    Kiosk kiosk_;
    Window& window_;
    widgets::Ui ui_;
    BackgroundCheck check_;
    BackgroundExchange exchange_;

    void draw(const Shot& shot)
    {
        kiosk_.tick();
        const auto wish = draw_frame(ui_, shot, kiosk_.surround(), kiosk_.screen(), command_.strings);
        if (!wish) return;
        kiosk_.handle(*wish);
        *shot.more = true; // what it led to
    }
};

void show_trouble(const Command& command, const Error& error, Window& window)
{
    screens::Surround surround;
    surround.language = command.usual;
    surround.place = surround.place_short = command.folder.root.filename().string();
    widgets::Ui ui;
    const auto draw = [&](const Shot& shot) {
        surround.clock = language::clock_text(command.clock.now().at);
        const screens::State screen = trouble_screen(error, {command.strings, surround.language});
        const auto wish = draw_frame(ui, shot, surround, screen, command.strings);
        if (!wish) return;
        if (const auto* chosen = std::get_if<screens::ChooseLanguage>(&*wish)) surround.language = chosen->language;
        *shot.more = true;
    };
    while (window.step(draw, std::chrono::steady_clock::now() + std::chrono::minutes{1})) {
    }
}
} // namespace

Expected<Done> window_program(const Command& command, const WindowWish& wish)
{
    window::WindowOptions options;
    if (wish.size)
        options.size = window::Size{static_cast<float>(wish.size->first), static_cast<float>(wish.size->second)};
    auto window = Window::open(options);
    if (!window) return window.error();
    auto kiosk = Kiosk::open(command.folder, command.strings, command.clock, command.random, command.usual);
    if (!kiosk) {
        show_trouble(command, kiosk.error(), *window);
        return kiosk.error();
    }
    auto done = Program{command, std::move(*kiosk), *window}.run();
    if (!done) show_trouble(command, done.error(), *window);
    return done;
}

} // namespace adal::app
