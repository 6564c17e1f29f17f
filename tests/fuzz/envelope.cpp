#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/samples.hpp"
#include <algorithm>

namespace adal::fuzz {

using namespace sync;

namespace {

constexpr std::size_t limit = std::size_t{1} << 20;

bool is_ours(BytesView bytes)
{
    static const auto signed_by_us = envelopes();
    return std::any_of(signed_by_us.begin(), signed_by_us.end(), [&](const Bytes& known) { return std::ranges::equal(known, bytes); });
}

void unpack_bounded(BytesView packed)
{
    const auto plain = unpack(packed, limit);
    if (!plain) return;
    must(plain->size() <= limit, "nothing grows beyond its limit");
    must(unpack(pack(*plain), limit).value() == *plain, "what is packed comes back");
}

void check_same(const OpenedEnvelope& opened, BytesView bytes)
{
    must(opened.signed_bytes.size() + opened.signature.size() == bytes.size(), "the signature covers everything before it");
    must(std::ranges::equal(opened.signed_bytes, bytes.first(opened.signed_bytes.size())), "the signed bytes are those that came");
    const auto sealed = seal_envelope(opened.envelope, stranger);
    must(std::ranges::equal(opened.signed_bytes, BytesView{sealed}.first(opened.signed_bytes.size())), "an envelope has one spelling");
}

} // namespace

void run(BytesView foreign)
{
    unpack_bounded(foreign);
    const auto opened = read_envelope(foreign);
    if (!opened) return must(opened.error().kind == ErrorKind::Corrupt, "what is no envelope is Corrupt");
    check_same(*opened, foreign);
    unpack_bounded(opened->envelope.body);
    static_cast<void>(incarnation_from(opened->envelope.incarnation));
    const std::vector<PublicKey> keys{terminal_key.public_key(), hq_key.public_key(), root_key.public_key()};
    const bool is_signed = std::ranges::any_of(keys, [&](const auto& key) { return opened->is_signed_by(key); });
    must(!is_signed || is_ours(foreign), "only what our keys sealed is signed by them");
    for (auto purpose : {Purpose::Exchange, Purpose::Reply, Purpose::Release, Purpose::Enrolment, Purpose::Bundle})
        must(!message_in(*opened, purpose, keys) || (is_ours(foreign) && purpose == opened->envelope.purpose), "a signature serves one purpose");
}

} // namespace adal::fuzz
