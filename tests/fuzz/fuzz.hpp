#pragma once
#include "content/base/bytes.hpp"
#include "content/base/expected.hpp"
#include <filesystem>

/// What the fuzzers share. Each of them defines `run`: it feeds foreign bytes to one reader and stops where a promise is broken.
namespace adal::fuzz {

void run(BytesView foreign);

/// Stops with the sentence, so that libFuzzer keeps the input.
void must(bool holds, const char* sentence);

/// JSON with sorted keys, no spaces, integers only.
bool is_canonical(std::string_view json);

/// Whatever stands under one name in both says the same in both: nothing was taken for something else. A list of one may stand for its element, as
/// newer messages write what older ones wrote alone.
bool says_the_same(std::string_view given, std::string_view written);

/// A message that is read is written canonically, says the same and is read again as itself; one that is not read is Corrupt.
template <class Decode, class Encode> auto round_trip(std::string_view given, Decode decode, Encode encode)
{
    auto value = decode(given);
    if (!value) {
        must(value.error().kind == ErrorKind::Corrupt, "what cannot be read is Corrupt");
        return value;
    }
    const std::string written = encode(*value);
    must(is_canonical(written), "what is written is canonical");
    must(says_the_same(given, written), "what is written says what was read");
    const auto again = decode(written);
    must(bool(again), "what is written can be read");
    must(encode(*again) == written, "what is read again is written again as it was");
    return value;
}

/// A file in memory with these bytes; goes away, with what SQLite puts beside it.
class ScratchFile {
public:
    explicit ScratchFile(BytesView);
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    ~ScratchFile();
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace adal::fuzz
