#include "app/commands.hpp"
#include "sync/journal/folder_lock.hpp"
#include "sync/keys/private_file.hpp"
#include <nlohmann/json.hpp>
#include <ostream>

/// `adal-terminal enrol`: over the network with a code, or by stick: the request first, later HQ's reply.
namespace adal::app {
namespace {
using nlohmann::ordered_json;

constexpr std::size_t largest_reply = std::size_t{1} << 20;

Expected<Done> make(const std::filesystem::path& folder)
{
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) return fail(ErrorKind::Unavailable, "link.folder", {{"path", folder.string()}});
    return Done{};
}

Expected<Done> tell_enrolled(const Command& command, const Expected<sync::Enrolment>& enrolled)
{
    if (!enrolled) return enrolled.error();
    const auto& certificate = enrolled->certificate;
    if (command.json)
        command.out << ordered_json{{"terminal", certificate.terminal.text}, {"site", certificate.site.text}}.dump() << '\n';
    else
        command.out << command.say("enrolled", {{"terminal", certificate.terminal.text}, {"site", certificate.site_name.in(command.language)}}) << '\n';
    return Done{};
}

Expected<Done> write_request(const Command& command, const EnrolWish& wish)
{
    const auto request = sync::ask_by_stick(command.folder, wish.code, wish.hq_url, command.random);
    if (!request) return request.error();
    if (const auto written = sync::write_carried_file(wish.request_out, *request); !written) return written;
    if (command.json)
        command.out << ordered_json{{"file", wish.request_out.string()}}.dump() << '\n';
    else
        command.out << command.say("requested", {{"path", wish.request_out.string()}}) << '\n';
    return Done{};
}

Expected<Done> take_reply(const Command& command, const EnrolWish& wish)
{
    const auto reply = sync::read_private_file(wish.reply, largest_reply);
    if (!reply && reply.error().kind == ErrorKind::Corrupt) return fail(ErrorKind::Corrupt, "link.stick.reply");
    if (!reply) return reply.error();
    return tell_enrolled(command, sync::enrol_by_stick(command.folder, *reply, wish.hq_url, command.clock, command.random));
}

Expected<Done> over_the_network(const Command& command, const EnrolWish& wish)
{
    const auto road = sync::enrolment_road(wish.hq_url);
    return tell_enrolled(command, sync::enrol(command.folder, wish.code, wish.hq_url, *road, command.clock, command.random));
}

} // namespace

Expected<Done> enrol_command(const Command& command, const EnrolWish& wish)
{
    if (wish.reply.empty() && !sync::enrolment_code_from(wish.code)) return fail(ErrorKind::InvalidInput, "link.code");
    if (const auto made = make(command.folder.root); !made) return made;
    const auto lock = sync::lock_folder(command.folder.root);
    if (!lock) return lock.error();
    if (!wish.reply.empty()) return take_reply(command, wish);
    return wish.request_out.empty() ? over_the_network(command, wish) : write_request(command, wish);
}

} // namespace adal::app
