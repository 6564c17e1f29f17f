#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/samples.hpp"

namespace adal::fuzz {

using namespace sync;

/// The small messages: whichever it is, it is not taken for another by accident of the reader.
void run(BytesView foreign)
{
    const auto text = text_of(foreign);
    const auto write = [](const auto& value) { return encode(value); };
    round_trip(text, decode_receipt, write);
    round_trip(text, decode_enrolment_reply, write);
    round_trip(text, decode_revocation_notice, write);
    round_trip(
        text, [](std::string_view json) { return decode_feed(aigerim, json); },
        [](const std::vector<FeedFact>& facts) { return encode_feed(aigerim, facts); });
}

} // namespace adal::fuzz
