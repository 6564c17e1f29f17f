#include "sync/packs/delta.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/samples.hpp"

namespace adal::fuzz {

void run(BytesView foreign)
{
    constexpr std::size_t limit = std::size_t{1} << 20;
    static const auto text = encode(roster());
    const auto base = bytes_of(text);
    const auto grown = sync::apply_delta(base, foreign, limit);
    if (grown) must(grown->size() <= limit, "nothing grows beyond its limit");
    const auto back = sync::apply_delta(base, sync::make_delta(base, foreign), limit);
    must(back && std::ranges::equal(*back, foreign), "a delta brings the target back");
}

} // namespace adal::fuzz
