#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/samples.hpp"
#include <algorithm>
#include <cstring>
#include <random>

namespace adal::fuzz {

using namespace sync;

namespace {

std::string spelled(const JournalRow& row) { return encode(Batch{{}, {}, {row}, {}}); }

bool is_part_of_the_sample(const Batch& batch)
{
    const auto& all = journal_rows();
    return batch.journal == journal_id() && std::ranges::all_of(batch.rows, [&](const JournalRow& row) {
               return row.seq >= 1 && row.seq <= all.size() && spelled(row) == spelled(all[row.seq - 1]);
           });
}

} // namespace

void run(BytesView foreign)
{
    const auto batch = round_trip(text_of(foreign), decode_batch, [](const Batch& value) { return encode(value); });
    if (!batch) return;
    for (const auto& row : batch->rows) {
        const auto event = to_event(row);
        must(encode(event.fact) == row.body && kind_of(event.fact) == row.kind, "a fact is passed on as it came");
    }
    const auto judged = checked(*batch, terminal_key.public_key());
    if (!judged) return must(judged.error().kind == ErrorKind::Corrupt, "a bad batch is Corrupt");
    must(judged->rows.empty() || is_part_of_the_sample(*judged), "only signed rows are taken");
    must(judged->rows.empty() || judged->after == head_before(judged->rows.front().seq), "only at their place in the chain");
}

namespace {

using Dice = std::minstd_rand;
std::size_t pick(Dice& dice, std::size_t below) { return below == 0 ? 0 : dice() % below; }

/// What a forger without the key can do: cut and join what was signed, and put true hashes where they help him.
void forge(Batch& batch, Dice& dice)
{
    const auto& all = journal_rows();
    auto& rows = batch.rows;
    switch (pick(dice, 8)) {
    case 0: // begins later
        if (!rows.empty()) rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(pick(dice, rows.size())));
        if (!rows.empty()) batch.after = head_before(std::clamp<std::uint64_t>(rows.front().seq, 1, all.size()));
        break;
    case 1: // ends earlier, with some decision's own signature
        rows.resize(pick(dice, rows.size() + 1));
        batch.signature = all[rows.empty() ? 0 : std::min<std::size_t>(rows.back().seq, all.size()) - 1].signature.value_or(Signature{});
        break;
    case 2: rows.push_back(all[pick(dice, all.size())]); break;
    case 3:
        if (rows.size() > 1) std::swap(rows[pick(dice, rows.size())], rows[pick(dice, rows.size())]);
        break;
    case 4:
        if (!rows.empty()) rows[pick(dice, rows.size())].decision_end = pick(dice, all.size() + 2);
        break;
    case 5:
        if (!rows.empty()) rows[pick(dice, rows.size())].body = all[pick(dice, all.size())].body;
        break;
    case 6: batch.after = head_before(1 + pick(dice, all.size())); break;
    default: batch = batch_of(1 + pick(dice, all.size()), 1 + pick(dice, all.size()));
    }
}

} // namespace

} // namespace adal::fuzz

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t*, std::size_t, std::size_t);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    using namespace adal;
    fuzz::Dice dice{seed};
    auto batch = sync::decode_batch({reinterpret_cast<const char*>(data), size});
    if (!batch || dice() % 2 == 0) return LLVMFuzzerMutate(data, size, most);
    fuzz::forge(*batch, dice);
    const auto text = sync::encode(*batch);
    if (text.size() > most) return LLVMFuzzerMutate(data, size, most);
    std::memcpy(data, text.data(), text.size());
    return text.size();
}
