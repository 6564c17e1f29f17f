#include "quizzes/formats/formats.hpp"

namespace adal::quizzes::formats {

std::optional<Format> format_from(std::string_view word)
{
    if (word == "gift") return Format::Gift;
    if (word == "moodle-xml") return Format::MoodleXml;
    if (word == "qti") return Format::Qti;
    if (word == "aiken") return Format::Aiken;
    return std::nullopt;
}

std::optional<QtiVersion> qti_version_from(std::string_view word)
{
    if (word == "2.1") return QtiVersion::v2_1;
    if (word == "2.2") return QtiVersion::v2_2;
    if (word == "3.0") return QtiVersion::v3_0;
    return std::nullopt;
}

} // namespace adal::quizzes::formats
