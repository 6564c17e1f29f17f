#pragma once
#include "content/base/text.hpp"
#include <filesystem>
#include <string>

/// What the shell that started a program says; both programs read it alike.
namespace adal::language {

std::string environment(const char* name); // empty if it is not set

/// Of $ADAL_LANGUAGE, $LC_ALL, $LC_MESSAGES, $LANG, the first that is set; English where that is none of ours.
Language language_of_shell();

/// $ADAL_TIME_ZONE, or the company's. Call once, at the start, before threads.
void set_time_zone_of_shell();

/// --data, or $ADAL_DATA, or the usual place.
std::filesystem::path data_folder(const std::string& given, const char* usual);

} // namespace adal::language
