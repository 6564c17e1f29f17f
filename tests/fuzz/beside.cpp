#include "sync/journal/beside.hpp"
#include "tests/fuzz/database_mutator.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace adal::fuzz {

using namespace sync;

void run(BytesView foreign)
{
    const ScratchFile file{foreign};
    auto beside = Beside::open(file.path());
    if (!beside) return;
    static_cast<void>(beside->last_beat());
    for (const auto& pin : beside->pins()) static_cast<void>(beside->pin_of(pin.person));
    for (const auto* name : {"certificate", "receipt", "roster"}) {
        static_cast<void>(beside->get(name));
        if (const auto kept = beside->put(name, bytes_of("new"))) must(beside->get(name) == Bytes{'n', 'e', 'w'}, "what is put is there");
    }
    static_cast<void>(beside->put(Beside::PinVerifier{{"p-000117"}, 9, 9, "$argon2id$"}));
    static_cast<void>(beside->beat({"boot", Elapsed{5}}));
}

} // namespace adal::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    return adal::fuzz::mutate_database(data, size, most, seed);
}
