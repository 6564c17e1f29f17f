#pragma once
#include "app/doorkeeper.hpp"
#include "app/message.hpp"
#include "app/screens/surround.hpp"
#include "app/screens/words.hpp"
#include "app/terminal.hpp"

namespace adal::app {

/// Who stands before the terminal, and how she wants it shown. Forgotten when she leaves.
struct Visit {
    explicit Visit(Language usual) : language(usual) {}

    std::optional<sync::Person> person; // once signed in
    sync::Identification identified{};
    Language language;
    bool has_chosen_language = false;
    int text_size = 1;
    bool is_dark = false;
};

/// What every step of the journey stands on: the terminal's memory, who is there, words, clock and chance.
struct Desk {
    Terminal& terminal;
    const language::Strings& strings;
    const Clock& clock;
    Random& random;
    Language usual{}; // the language of the signed-out terminal
    Visit visit{usual};

    Moment now() const { return clock.now(); }
    UtcTime time() const { return terminal.time(); } // for dates and the clock on the wall; facts keep `now`
    Date today() const;
    screens::Words words() const { return {strings, visit.language}; }
    const std::string& say(const std::string& key) const { return strings.say(visit.language, key); }
    std::string say(const std::string& key, const Arguments& arguments) const
    {
        return strings.say(visit.language, key, arguments);
    }

    const Library& library() const { return terminal.library(); }
    const sync::Person& person() const { return *visit.person; } // signed in only
    const PersonHistory& history() const { return terminal.history().of(person().id); }
    Doorkeeper doorkeeper() const { return {terminal, clock}; }

    /// Her facts, as one decision.
    Expected<Done> record(const std::vector<sync::Fact>&);

    std::optional<screens::Notice> in_words(const std::optional<Message>&) const;
};

/// "204 117": digits in groups of three from the right, as people say them.
std::string grouped(const std::string& digits);

} // namespace adal::app
