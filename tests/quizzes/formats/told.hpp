#pragma once
#include "quizzes/formats/formats.hpp"
#include "quizzes/gift.hpp"
#include <algorithm>
#include <doctest/doctest.h>

namespace adal::quizzes::formats::told {

inline Bytes bytes(const std::string& text) { return {text.begin(), text.end()}; }

/// "3 gifts-01 formats.loss.media", one a line.
inline std::string lines(const content::Findings& losses)
{
    std::string text;
    for (const auto& loss : losses) {
        std::string item;
        for (const auto& [name, value] : loss.arguments)
            if (name == "item") item = value;
        text += std::to_string(loss.line) + " " + item + " " + loss.key + "\n";
    }
    return text;
}

/// What our bank's own reader says of what was imported: nothing, or the import promised too much.
inline std::string faults_in_our_bank(const Imported& imported)
{
    const auto files = bank_files(imported.content, Language::en);
    const auto& gift = files.at("en.gift");
    return lines(read_gift(text_of(gift), "en.gift").findings);
}

inline Imported read(Expected<Imported> imported)
{
    REQUIRE_MESSAGE(imported, (imported ? "" : imported.error().message()));
    CHECK(faults_in_our_bank(*imported) == "");
    return *imported;
}

inline AuthoredItem only(const Imported& imported)
{
    REQUIRE(imported.content.items.size() == 1);
    return imported.content.items[0];
}

} // namespace adal::quizzes::formats::told
