#pragma once
#include "app/screens/draw.hpp"
#include "app/widgets/probe.hpp"
#include "tests/support/sample_states.hpp"
#include <doctest/doctest.h>

namespace adal {

inline const language::Strings& all_words()
{
    static const auto strings = language::Strings::load(ADAL_SOURCE "/assets/strings").value();
    return strings;
}

/// A screen without a display, and the last thing a person wanted of it.
struct Stage {
    explicit Stage(screens::State shown, window::Size size = {1280, 800}, widgets::Settings settings = {}, Language language = Language::ru)
        : state(std::move(shown)), surround(sample::surround(language)), words{all_words(), language},
          probe(size, [this](widgets::Frame& f) {
              if (auto intent = screens::draw(f, surround, state, words)) wanted = intent;
          }, settings)
    {
        surround.is_dark = settings.dark;
        surround.text_size = settings.text_size;
        probe.settle();
    }
    Stage(const Stage&) = delete;

    /// What was wanted after a tap on this part, if it is of this kind.
    template <class Intent> std::optional<Intent> tap(std::string_view id)
    {
        wanted.reset();
        CHECK_MESSAGE(probe.click(id), "not to be pressed: ", std::string(id));
        return as<Intent>();
    }
    template <class Intent> std::optional<Intent> press(window::Key key)
    {
        wanted.reset();
        probe.press(key);
        return as<Intent>();
    }
    template <class Intent> std::optional<Intent> as() const
    {
        if (!wanted || !std::holds_alternative<Intent>(*wanted)) return std::nullopt;
        return std::get<Intent>(*wanted);
    }

    screens::State state;
    screens::Surround surround;
    screens::Words words;
    std::optional<screens::Intent> wanted;
    widgets::Probe probe;
};

} // namespace adal
