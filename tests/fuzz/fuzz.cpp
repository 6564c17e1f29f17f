#include "tests/fuzz/fuzz.hpp"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace adal::fuzz {
namespace {

using nlohmann::json;

bool has_only_integers(const json& value)
{
    if (value.is_number_float()) return false;
    return !value.is_structured() || std::all_of(value.begin(), value.end(), has_only_integers);
}

bool says_the_same(const json& given, const json& written)
{
    if (given.is_string() && written.is_object()) return true; // a site key of 0.1.0, which had no generation
    if (written.is_array() && !given.is_array()) return written.size() == 1 && says_the_same(given, written.front());
    if (given.is_object() && written.is_object())
        return std::all_of(written.items().begin(), written.items().end(), [&](const auto& item) {
            return !given.contains(item.key()) || says_the_same(given.at(item.key()), item.value());
        });
    if (given.is_array() && written.is_array())
        return std::equal(given.begin(), given.end(), written.begin(), written.end(),
                          [](const json& one, const json& other) { return says_the_same(one, other); });
    return given.type() == written.type() ? given == written : given.is_number_integer() && written.is_number_integer() && given.dump() == written.dump();
}

void take_away(const std::filesystem::path& path)
{
    for (const auto* ending : {"", "-wal", "-shm", "-journal"}) ::unlink((path.string() + ending).c_str());
}

} // namespace

void must(bool holds, const char* sentence)
{
    if (holds) return;
    std::fprintf(stderr, "broken promise: %s\n", sentence);
    std::abort();
}

bool is_canonical(std::string_view text)
{
    const auto value = json::parse(text, nullptr, false);
    return !value.is_discarded() && has_only_integers(value) && value.dump() == text;
}

bool says_the_same(std::string_view given, std::string_view written)
{
    return says_the_same(json::parse(given), json::parse(written));
}

ScratchFile::ScratchFile(BytesView bytes)
{
    const std::filesystem::path memory{"/dev/shm"};
    const auto folder = ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
    path_ = folder / ("adal-fuzz-" + std::to_string(::getpid()));
    take_away(path_);
    std::ofstream{path_, std::ios::binary}.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

ScratchFile::~ScratchFile() { take_away(path_); }

} // namespace adal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    adal::fuzz::run({data, size});
    return 0;
}
