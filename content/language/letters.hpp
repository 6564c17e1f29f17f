#pragma once
#include "content/base/bytes.hpp"
#include "content/base/expected.hpp"
#include "content/base/text.hpp"
#include <string>
#include <string_view>

namespace adal::language {

/// NFC, as every text in a pack, a journal or a database is; InvalidInput if the bytes are not UTF-8.
Expected<std::string> normalised(std::string_view);
bool is_normalised(std::string_view);

/// A sort key of ICU's collation, comparable as bytes, for columns that are ordered by SQL.
Bytes sort_key(std::string_view, Language);

/// As in `normalised`, every run of blanks and line ends one space, none at the ends, nothing that cannot be seen.
Expected<std::string> single_spaced(std::string_view);

std::string lowered(std::string_view); // NFC

/// Lower case, and Kazakh letters beside their Russian stand-ins (ә/а, қ/к, і/и, ң/н, ө/о, ұ ү/у, ғ/г, һ/х, ё/е): for finding, never for showing.
std::string folded(std::string_view);

} // namespace adal::language
