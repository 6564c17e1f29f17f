#include "tests/simulation/road.hpp"
#include "tests/simulation/world.hpp"

namespace adal::simulation {

using namespace sync;

namespace {

Error lost() { return fail(ErrorKind::Unavailable, "link.unreachable"); }

} // namespace

Expected<Bytes> CrookedRoad::travel(const std::function<Expected<Bytes>(Road&)>& at_hq)
{
    const auto fate = world_.fate_of_letter(terminal_);
    world_.something_else_happens();
    world_.the_way_takes_time();

    if (fate == LetterFate::RequestLost) return world_.tell("  the request is lost"), lost();
    auto reply = world_.at_hq(at_hq);
    if (fate == LetterFate::RequestDoubled) world_.tell("  the request comes twice"), reply = world_.at_hq(at_hq);
    world_.something_else_happens();
    world_.the_way_takes_time();

    if (fate == LetterFate::ReplyLost) return world_.tell("  the reply is lost"), lost();
    if (!reply) return world_.tell("  HQ: " + reply.error().message()), reply;
    if (fate == LetterFate::OldReply) return world_.tell("  an old reply comes"), world_.old_reply(*reply);
    if (fate == LetterFate::ReplySpoilt) return world_.tell("  the reply is spoilt"), world_.spoilt(*reply);
    return reply;
}

Expected<Bytes> CrookedRoad::exchange(BytesView request)
{
    const auto& letter = world_.keep_letter({request.begin(), request.end()});
    auto reply = travel([&](Road& road) {
        auto given = road.exchange(letter);
        if (given) world_.note_reply(*given);
        return given;
    });
    if (reply) world_.keep_reply(*reply);
    return reply;
}

Expected<Bytes> CrookedRoad::keys()
{
    return travel([](Road& road) { return road.keys(); });
}
Expected<Bytes> CrookedRoad::enrol(BytesView request)
{
    return travel([&](Road& road) { return road.enrol(request); });
}
Expected<Bytes> CrookedRoad::bundle(BytesView envelope)
{
    return travel([&](Road& road) {
        auto given = road.bundle(envelope);
        if (given) world_.note_bundle(*given);
        return given;
    });
}

Expected<Done> CrookedRoad::put_blob(const Hash& hash, BytesView content, const Bytes& authorisation)
{
    const auto done = travel([&](Road& road) -> Expected<Bytes> {
        const auto put = road.put_blob(hash, content, authorisation);
        return put ? Expected<Bytes>{Bytes{}} : put.error();
    });
    return done ? Expected<Done>{Done{}} : done.error();
}

/// The road breaks in the middle, too.
Expected<Done> CrookedRoad::fetch(const BlobQuestion& question, const Sink& sink)
{
    const bool breaks = world_.fate_of_letter(terminal_) != LetterFate::Good;
    int pieces = 0;
    const Sink listening = [&](const BlobAnswer& answer, BytesView piece) { return !(breaks && pieces++ > 0) && sink(answer, piece); };
    if (!world_.office_is_on()) return lost();
    const auto done = world_.some_node().fetch(question, listening);
    return breaks ? Expected<Done>{lost()} : done;
}

} // namespace adal::simulation
