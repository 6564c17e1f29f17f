#pragma once
#include "app/kiosk.hpp"
#include <iosfwd>

namespace adal::app {

/// One line of a script for `adal-terminal drive` (app/README.md): an intent by its name, or one of two conveniences,
/// "type digits" and "wait".
struct ScriptLine {
    std::vector<screens::Intent> intents; // none: only the clock is looked at
};
Expected<ScriptLine> read_script_line(std::string_view json);

/// What is shown, as one JSON object on one line. Codes and PINs are not in a state, so they cannot be here.
std::string to_json(const screens::Surround&, const screens::State&);
/// A line that could not be read, in the words of a person.
std::string to_json(const Error&, const screens::Words&);

/// The kiosk without a window: one line in, one line out. False if a line could not be read.
bool drive(Kiosk&, std::istream& script, std::ostream& states, const screens::Words&);

} // namespace adal::app
