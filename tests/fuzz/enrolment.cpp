#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/samples.hpp"

namespace adal::fuzz {

using namespace sync;

namespace {

/// Anybody may seal anything to HQ: a bare envelope, or one that was signed.
void open_sealed(BytesView inner)
{
    const auto opened = open_enrolment(seal(hq_key.sealing_key(), inner), hq_key);
    if (opened) must(read_envelope(inner)->is_signed_by(opened->key), "nobody enrols a key that is not hers");
}

} // namespace

void run(BytesView foreign)
{
    const auto text = text_of(foreign);
    round_trip(text, decode_enrolment_request, [](const EnrolmentRequest& request) { return encode(request); });
    open_sealed(foreign);
    open_sealed(signed_message(Purpose::Enrolment, "", "", text, terminal_key));
    static_cast<void>(open_enrolment(foreign, hq_key));
    static_cast<void>(open_verifiers(seal(hq_key.sealing_key(), pack(foreign)), hq_key));
    if (const auto code = enrolment_code_from(text)) {
        const auto again = enrolment_code_from(to_text(*code));
        must(again && to_text(*again) == to_text(*code), "a code has one spelling");
    }
}

} // namespace adal::fuzz
