#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/samples.hpp"

namespace adal::fuzz {

using namespace sync;

void run(BytesView foreign)
{
    const auto text = text_of(foreign);
    const auto write = [](const auto& value) { return encode(value); };
    round_trip(text, decode_key_list, write);
    const auto keys = round_trip(text, decode_signed_keys, write);
    if (!keys) return;
    static const auto trusted = sign_keys(key_list(), root_key);
    if (keys->root == root_key.public_key()) must(!is_signed(*keys) || keys->text == trusted.text, "the root signed one list");
    must(newest_of(trusted, {*keys}).text == trusted.text, "no foreign list follows from a trusted one");
}

} // namespace adal::fuzz
