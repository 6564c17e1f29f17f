#include "sync/packs/release.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace adal::fuzz {

void run(BytesView foreign)
{
    const auto release = round_trip(text_of(foreign), sync::decode_release, [](const sync::Release& value) { return encode(value); });
    if (!release) return;
    for (const auto& pack : release->packs) must(release->find(pack.kind), "every pack in it is found");
}

} // namespace adal::fuzz
