#pragma once
#include "app/kiosk.hpp"
#include <filesystem>
#include <iosfwd>

namespace adal::app {

inline std::string number(auto n) { return std::to_string(n); }

/// What every command of `adal-terminal` is given.
struct Command {
    sync::TerminalFolder folder;
    const language::Strings& strings;
    Language language{}; // of messages on the command line
    Language usual{};    // of the signed-out screen
    bool json = false;
    const Clock& clock;
    Random& random;
    std::ostream& out;

    std::string say(const std::string& key, const Arguments& arguments = {}) const
    {
        return strings.say(language, "kiosk.command." + key, arguments);
    }
};

/// By code over the network; by code into a request for HQ, on a stick; or with HQ's reply to one.
struct EnrolWish {
    std::string hq_url, code;
    std::filesystem::path request_out, reply;
};
Expected<Done> enrol_command(const Command&, const EnrolWish&); // takes the folder's lock
Expected<Done> sync_command(const Command&);                    // takes the folder's lock
Expected<Done> courier_out_command(const Command&, const std::filesystem::path& stick); // takes the folder's lock
Expected<Done> courier_in_command(const Command&, const std::filesystem::path& stick);  // takes the folder's lock
Expected<Done> status_command(const Command&);
Expected<Done> journal_command(const Command&, std::uint64_t after);
Expected<Done> verify_command(const Command&);
Expected<Done> drive_command(const Command&, const std::filesystem::path& script); // empty: standard input

} // namespace adal::app
