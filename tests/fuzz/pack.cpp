#include "sync/packs/pack.hpp"
#include "sync/keys/keys.hpp"
#include "tests/fuzz/database_mutator.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace adal::fuzz {

using namespace sync;

namespace {

void read_texts(const Pack& pack)
{
    for (const auto language : all_languages) {
        static_cast<void>(pack.document({"speak-up-code"}, language));
        static_cast<void>(pack.text_hash("speak-up-code", language));
        static_cast<void>(pack.module({"speak-up"}, language));
    }
    static_cast<void>(pack.curriculum());
}

void read_items(const Pack& pack)
{
    for (int page = -1; page < 3; ++page) {
        const auto check = pack.check({"speak-up"}, page);
        must(!check || check->choices.size() >= 2, "a check has choices");
    }
    static_cast<void>(pack.test({"probation"}));
    if (const auto bank = pack.bank())
        for (const auto& [id, item] : bank->items) must(item.id == id && !item.choices.empty(), "an item of the bank is whole");
}

} // namespace

/// Everything the corpus's packs hold is asked for; a file that is not a pack, or was changed, answers with errors.
void run(BytesView foreign)
{
    const ScratchFile file{foreign};
    must(!Pack::open(file.path(), Hash{}), "a pack of another name is not opened");
    const auto pack = Pack::open(file.path(), sha256(foreign));
    if (!pack) return;
    read_texts(*pack);
    read_items(*pack);
    const auto picture = pack->picture("speak-up", "mark.svg");
    must(!picture || picture->rgba.size() == std::size_t(picture->width) * std::size_t(picture->height) * 4, "a picture has its pixels");
}

} // namespace adal::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    return adal::fuzz::mutate_database(data, size, most, seed);
}
