#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/samples.hpp"

namespace adal::fuzz {

using namespace sync;

void run(BytesView foreign)
{
    const auto reply = round_trip(text_of(foreign), decode_exchange_reply, [](const ExchangeReply& value) { return encode(value); });
    if (!reply) return;
    const std::vector<PublicKey> hq{hq_key.public_key()};
    must(!is_signed_by_one_of(reply->receipt, hq) || reply->receipt == receipt(), "HQ signed one receipt");
    static const auto trusted = sign_keys(key_list(), root_key);
    must(newest_of(trusted, reply->keys).text == trusted.text, "no foreign list follows from a trusted one");
    for (const auto& entry : reply->feed.people) must(!unlock_feed(entry, {{2, SecretKey{}}}), "nobody locked this");
    must(!unlock_roster(reply->roster, {{2, SecretKey{}}}), "nobody locked this");
}

} // namespace adal::fuzz
