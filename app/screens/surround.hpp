#pragma once
#include "content/base/text.hpp"
#include <optional>
#include <string>

namespace adal::screens {

/// What the header of every screen shows, in words ready to draw.
struct Surround {
    Language language{};
    bool is_demo = false;
    std::string place;       // "Балқаш · механика цехы · T-07"
    std::string place_short; // "T-07"
    std::string person;      // "Айгерім С."; empty when nobody is signed in
    std::string saved;       // "Saved here"
    std::string at_hq;       // "At HQ: 09:40" or "Goes to HQ later"
    bool is_waiting = false; // something is not at HQ yet
    std::string clock;       // "14:05"
    int text_size = 1;       // 1, 2, 3
    bool is_dark = false;
};

/// A sentence that tells what went wrong or what to know, drawn as a banner. Grave ones are alarm, the others copper.
struct Notice {
    std::string title, text;
    bool is_grave = false;
    bool operator==(const Notice&) const = default;
};

} // namespace adal::screens
