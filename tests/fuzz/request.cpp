#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/samples.hpp"

namespace adal::fuzz {

using namespace sync;

void run(BytesView foreign)
{
    const auto request = round_trip(text_of(foreign), decode_exchange_request, [](const ExchangeRequest& value) { return encode(value); });
    if (!request) return;
    const std::vector<PublicKey> hq{hq_key.public_key()};
    if (request->known && is_signed_by_one_of(*request->known, hq)) must(*request->known == receipt(), "HQ signed one receipt");
    if (request->succession && is_succession(*request->succession, request->first_row) && request->succession->key == stranger.public_key())
        must(request->first_row == journal_rows().front().body, "a key names its successor once");
    static_cast<void>(open_verifiers(request->verifiers, hq_key));
}

} // namespace adal::fuzz
