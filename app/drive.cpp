#include "app/drive.hpp"
#include <istream>
#include <ostream>

namespace adal::app {

bool drive(Kiosk& kiosk, std::istream& script, std::ostream& states, const screens::Words& words)
{
    bool all_read = true;
    for (std::string line; std::getline(script, line);) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const auto wish = read_script_line(line);
        if (!wish) {
            all_read = false;
            states << to_json(wish.error(), words) << std::endl;
            continue;
        }
        kiosk.tick();
        for (const auto& intent : wish->intents) kiosk.handle(intent);
        kiosk.tick();
        states << to_json(kiosk.surround(), kiosk.screen()) << std::endl; // flushed: a script may answer what it reads
    }
    return all_read;
}

} // namespace adal::app
