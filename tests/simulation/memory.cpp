#include "tests/simulation/memory.hpp"
#include <array>
#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <sqlite3.h>

namespace adal::simulation {
namespace {

/// Pieces of so many times 64 bytes, given back to their own list; what is larger is malloc's. One thread.
struct Piece {
    Piece* next;
};
constexpr int grain = 64, sizes = 200, head = 16, slab = 1 << 20;
std::array<Piece*, sizes> free_pieces{};
char* fresh = nullptr;
int left = 0;

std::int64_t& size_before(void* memory) { return *reinterpret_cast<std::int64_t*>(static_cast<char*>(memory) - head); }

void* piece_of(int number)
{
    if (auto* piece = free_pieces[static_cast<std::size_t>(number)]) {
        free_pieces[static_cast<std::size_t>(number)] = piece->next;
        return piece;
    }
    const int size = number * grain;
    if (left < size) fresh = static_cast<char*>(std::malloc(slab)), left = slab;
    auto* piece = fresh;
    fresh += size, left -= size;
    return piece;
}

void* take(int count)
{
    const int number = (count + head + grain - 1) / grain;
    auto* start = static_cast<char*>(number < sizes ? piece_of(number) : std::malloc(static_cast<std::size_t>(count + head)));
    if (!start) return nullptr;
    size_before(start + head) = number < sizes ? std::int64_t{number} * grain - head : count;
    return start + head;
}

void give_back(void* memory)
{
    if (!memory) return;
    auto* start = static_cast<char*>(memory) - head;
    const auto number = (size_before(memory) + head) / grain;
    if (number >= sizes) return std::free(start);
    auto* piece = reinterpret_cast<Piece*>(start);
    piece->next = free_pieces[static_cast<std::size_t>(number)];
    free_pieces[static_cast<std::size_t>(number)] = piece;
}

int size_of(void* memory) { return memory ? static_cast<int>(size_before(memory)) : 0; }

void* take_again(void* memory, int count)
{
    if (count <= size_of(memory)) return memory;
    auto* other = take(count);
    if (!other) return nullptr;
    std::memcpy(other, memory, static_cast<std::size_t>(size_of(memory)));
    give_back(memory);
    return other;
}

} // namespace

void make_sqlite_fast_and_repeatable()
{
    static sqlite3_mem_methods ours{take, give_back, take_again, size_of, [](int count) { return (count + 7) & ~7; }, [](void*) { return SQLITE_OK; }, [](void*) {}, nullptr};
    const bool is_in_time = sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK;
    assert(is_in_time);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

void seed_sqlite(unsigned long long seed)
{
    constexpr int by_chance = 0;
    const auto number = static_cast<int>(seed % 1'000'000'007);
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, number == by_chance ? 1 : number, nullptr);
}

} // namespace adal::simulation
