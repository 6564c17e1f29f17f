#pragma once
#include "content/base/expected.hpp"
#include "content/finding.hpp"
#include "quizzes/authored_item.hpp"
#include <map>

/// Items as other systems write them: GIFT and XML of Moodle, QTI of 1EdTech, Aiken. Pure: bytes in, bytes out.
///
/// What a file holds and we cannot, or we hold and the file cannot, is a loss with its file, item and line: an error if the whole item stays behind, a
/// warning if a part of it does. Nothing is dropped without one. What is imported our own bank can hold (`fault_of`), one language, names made ours.
namespace adal::quizzes::formats {

enum class Format { Gift, MoodleXml, Qti, Aiken };
std::optional<Format> format_from(std::string_view); // "gift", "moodle-xml", "qti", "aiken"
enum class QtiVersion { v2_1, v2_2, v3_0 };
std::optional<QtiVersion> qti_version_from(std::string_view); // "2.1", "2.2", "3.0"

using Files = std::map<std::string, Bytes>; // by their path in a folder

/// QTI assessmentTest, in one language: which items, in which sections.
struct AuthoredSection {
    std::string id, title;
    std::vector<ItemId> items;
    int select = 0; // so many of them; 0: all
    bool operator==(const AuthoredSection&) const = default;
};
struct AuthoredTest {
    TestId id;
    std::string title;
    std::vector<AuthoredSection> sections;
    int time_limit_seconds = 0; // 0: none
    bool is_linear = false, shuffles_items = false;
    bool operator==(const AuthoredTest&) const = default;
};

struct Collection {
    std::vector<AuthoredItem> items;
    std::vector<AuthoredScenario> scenarios;
    std::vector<AuthoredTest> tests;
};
struct Imported {
    Collection content;
    content::Findings losses;
};
struct Exported {
    Files files; // one, named after the format, or a folder of them
    content::Findings losses;
};

/// InvalidInput if the file as a whole is none of this format. Texts may be UTF-8 or UTF-16, with CRLF and byte-order mark.
Expected<Imported> import_gift(BytesView source, const std::string& file);
Expected<Imported> import_aiken(BytesView source, const std::string& file);
Expected<Imported> import_moodle_xml(BytesView source, const std::string& file);
Expected<Imported> import_qti(const Files&); // a folder, or one file

Exported export_gift(const Collection&, const std::string& file);
Exported export_moodle_xml(const Collection&, const std::string& file);
Exported export_qti(const Collection&, QtiVersion);

/// Our own bank in one language: `<language>.gift`, items.json with what GIFT cannot say, tests/, pictures/. What came through an import comes without a loss.
Files bank_files(const Collection&, Language);

} // namespace adal::quizzes::formats
