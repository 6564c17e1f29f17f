#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

/// Every visible word comes from assets/strings; every key exists in all three languages and with no placeholder that English lacks.
namespace {
namespace fs = std::filesystem;
const fs::path root{ADAL_SOURCE};

nlohmann::json strings(const std::string& language)
{
    std::ifstream in(root / "assets/strings" / (language + ".json"));
    return nlohmann::json::parse(in);
}

std::set<std::string> placeholders(const std::string& text)
{
    static const std::regex name{R"(\{([a-z_]+)[,}])"};
    std::set<std::string> found;
    for (std::sregex_iterator it(text.begin(), text.end(), name), end; it != end; ++it) found.insert((*it)[1]);
    return found;
}
} // namespace

TEST_CASE("every key exists in Kazakh, Russian and English, with no placeholder that English lacks")
{
    const auto en = strings("en");
    CHECK(en.size() > 50);
    for (const std::string language : {"kk", "ru"}) {
        const auto other = strings(language);
        CHECK(other.size() == en.size());
        for (const auto& [key, text] : en.items()) {
            INFO(language, " ", key);
            REQUIRE(other.contains(key));
            CHECK_FALSE(other[key].get<std::string>().empty());
            for (const auto& name : placeholders(other[key])) CHECK_MESSAGE(placeholders(text).contains(name), name);
        }
    }
}

TEST_CASE("every key the code names exists")
{
    const auto en = strings("en");
    static const std::regex failure{R"re(fail\(ErrorKind::\w+,\s*"([^"]+)")re"};
    std::size_t named = 0;
    for (const char* top : {"content", "quizzes", "sync", "app"})
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            if (entry.path().extension() != ".cpp") continue;
            std::ifstream in(entry.path());
            const std::string text{std::istreambuf_iterator<char>(in), {}};
            for (std::sregex_iterator it(text.begin(), text.end(), failure), end; it != end; ++it, ++named) {
                INFO(entry.path().string(), " ", (*it)[1].str());
                CHECK(en.contains((*it)[1].str()));
            }
        }
    CHECK(named > 20);
}

TEST_CASE("Kazakh words are Kazakh: the file has its letters, and no text is left in English by mistake")
{
    const auto kk = strings("kk"), ru = strings("ru"), en = strings("en");
    std::string all;
    for (const auto& [key, text] : kk.items()) all += text.get<std::string>();
    for (const char* letter : {"ә", "ғ", "қ", "ң", "ө", "ұ", "ү", "і"}) CHECK_MESSAGE(all.find(letter) != std::string::npos, letter);
    for (const auto& [key, text] : en.items()) {
        const auto words = text.get<std::string>();
        if (words.size() < 24 || words.find('{') != std::string::npos) continue;
        INFO(key);
        CHECK(kk[key] != text);
        CHECK(ru[key] != text);
    }
}
