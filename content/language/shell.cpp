#include "content/language/shell.hpp"
#include "content/language/dates.hpp"
#include <cstdlib>

namespace adal::language {

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

Language language_of_shell()
{
    for (const auto* name : {"ADAL_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"})
        if (const auto value = environment(name); !value.empty())
            return language_from(value.substr(0, 2)).value_or(Language::en);
    return Language::en;
}

void set_time_zone_of_shell()
{
    const auto zone = environment("ADAL_TIME_ZONE");
    set_time_zone(zone.empty() ? "Asia/Almaty" : zone);
}

std::filesystem::path data_folder(const std::string& given, const char* usual)
{
    if (!given.empty()) return given;
    const auto named = environment("ADAL_DATA");
    return named.empty() ? usual : named;
}

} // namespace adal::language
