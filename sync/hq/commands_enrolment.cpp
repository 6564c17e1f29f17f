#include "sync/hq/commands.hpp"
#include "sync/hq/terminals.hpp"
#include "sync/keys/private_file.hpp"
#include <iostream>
#include <nlohmann/json.hpp>

/// `adal-hq terminal enrol`: a terminal that no network reaches asks by stick, and is answered by stick.
namespace adal::sync::hq {
namespace {

constexpr std::size_t largest_request = 65536;

Expected<StickRequest> read_request(const std::filesystem::path& path)
{
    const auto bytes = read_private_file(path, largest_request);
    if (!bytes && bytes.error().kind == ErrorKind::Corrupt) return fail(ErrorKind::Corrupt, "link.stick.request");
    if (!bytes) return bytes.error();
    return decode_stick_request(*bytes);
}

Expected<Enrolled> answer(const Desk& desk, Store& store, const HqKeys& keys, const StickRequest& stick)
{
    const auto now = desk.clock.now().at;
    const auto request = request_of(store, keys, stick, now);
    if (!request) return request.error();
    std::optional<Enrolled> enrolled;
    auto done = store.write([&](std::int64_t) -> Expected<Done> {
        auto given = enrol(store, desk.folder, keys, *request, now, desk.random);
        if (!given) return given.error();
        enrolled = std::move(*given);
        return Done{};
    });
    if (!done) return done.error();
    return std::move(*enrolled);
}

} // namespace

// The reply is no secret: what it seals only this terminal opens.
Expected<Done> enrol_by_stick_command(const Desk& desk, const std::filesystem::path& request, const std::filesystem::path& reply)
{
    const auto stick = read_request(request);
    if (!stick) return stick.error();
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    const auto enrolled = answer(desk, *store, *keys, *stick);
    if (!enrolled) return enrolled.error();
    const auto written = write_carried_file(reply, encode(StickReply{.certificate = enrolled->envelope, .keys = keys->list}));
    if (!written) return written;
    const auto& terminal = enrolled->reply.terminal.text;
    if (desk.json)
        std::cout << nlohmann::json{{"terminal", terminal}, {"site", enrolled->reply.site.text}, {"file", reply.string()}}.dump() << '\n';
    else
        std::cout << desk.say("hq.enrolment.answered", {{"terminal", terminal}, {"path", reply.string()}}) << '\n';
    return Done{};
}

} // namespace adal::sync::hq
