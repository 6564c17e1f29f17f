#include "content/language/letters.hpp"
#include "quizzes/formats/plain_text.hpp"
#include "tests/quizzes/formats/told.hpp"
#include <rapidcheck.h>

using namespace adal;
using namespace adal::quizzes;
using namespace adal::quizzes::formats;

namespace {
/// Signs that mean something in one format or another, and letters of three languages.
rc::Gen<std::string> words()
{
    const auto piece = rc::gen::element<std::string>("a", "B", "қ", "й", "«", " ", " ", "\n", "=", "~", "#", "{", "}", ":", "\\", "%", "%50%", "->", "<b>", "</p>", "&amp;", "&", "]]>", "//", "::",
                                                     "[html]", "*", "![", "](", ")", "1", "\"", "'", "####", "$CATEGORY: x", "15\u00A0000");
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
        std::string text;
        for (std::size_t i = 0; i < std::min<std::size_t>(pieces.size(), 12); ++i) text += pieces[i];
        return tidied(text).text;
    });
}

std::string some_words(const std::string& mark) { return tidied(mark + *words()).text; }

/// GIFT has no other way to write it.
std::string without_arrow(std::string text)
{
    while (text.find("->") != std::string::npos) text.replace(text.find("->"), 2, "-");
    return text;
}

AuthoredChoice choice(std::size_t i, bool is_right) { return {some_words("c" + std::to_string(i)), *words(), is_right}; }

void fill_choices(AuthoredItem& item, std::size_t count)
{
    const auto right = *rc::gen::inRange<std::size_t>(0, count);
    for (std::size_t i = 0; i < count; ++i) item.choices.push_back(choice(i, i == right || (item.kind == ItemKind::MultipleChoice && i % 2 == 0)));
    if (*rc::gen::arbitrary<bool>()) return;
    for (auto& each : item.choices) each.weight = each.is_right ? whole_weight : *rc::gen::element<Weight>(0, -5'000'000, 2'500'000, -3'333'333);
    settle_credit(item);
}

AuthoredItem item_of(ItemKind kind, std::size_t number)
{
    AuthoredItem item{.id = {"gifts-" + std::to_string(number)}, .kind = kind, .topic = {"gifts"}};
    item.stem = some_words("?");
    if (item.stem.ends_with(')')) item.stem += '.'; // or it might look like a picture of which no file is known
    item.feedback = *words();
    if (*rc::gen::arbitrary<bool>()) item.difficulty = Difficulty::Hard;
    if (*rc::gen::arbitrary<bool>()) item.reference = "code#2.4";
    const auto count = *rc::gen::inRange<std::size_t>(2, 6);
    switch (kind) {
    case ItemKind::SingleChoice:
    case ItemKind::MultipleChoice: fill_choices(item, count); break;
    case ItemKind::TrueFalse: item.choices = {{{}, *words(), *rc::gen::arbitrary<bool>()}, {{}, *words(), false}}; item.choices[1].is_right = !item.choices[0].is_right; break;
    case ItemKind::Match:
    case ItemKind::Order:
        for (std::size_t i = 0; i < count; ++i) {
            item.choices.push_back({without_arrow(some_words("s" + std::to_string(i))), {}, false, 0, kind == ItemKind::Match ? i / 2 : 0});
            if (kind == ItemKind::Match) item.targets.push_back(some_words("t" + std::to_string(i)));
        }
        break;
    case ItemKind::Numeric:
        item.numbers = {{{*rc::gen::inRange<std::int64_t>(-9'000'000, 9'000'000)}, {*rc::gen::inRange<std::int64_t>(0, 9'000'000)}, whole_weight, *words()}};
        if (*rc::gen::arbitrary<bool>()) item.numbers.push_back({{7'500'000}, {1}, 3'333'333, {}});
        break;
    case ItemKind::TextEntry:
        for (std::size_t i = 0; i < count; ++i) {
            auto text = *language::single_spaced(without_arrow(some_words("w" + std::to_string(i))));
            if (letters_in(text) > 100) text = "w" + std::to_string(i);
            item.spellings.push_back({text, i == 0 ? whole_weight : 5'000'000, without_arrow(*words())});
        }
        break;
    }
    settle_keys(item);
    return item;
}

Collection some_items()
{
    Collection content;
    for (std::size_t kind = 0; kind < 7; ++kind) content.items.push_back(item_of(static_cast<ItemKind>(kind), kind + 1));
    return content;
}

void must_be_same(const AuthoredItem& a, const AuthoredItem& b)
{
    RC_ASSERT(a.id == b.id);
    RC_ASSERT(a.kind == b.kind);
    RC_ASSERT(a.stem == b.stem);
    RC_ASSERT(a.feedback == b.feedback);
    RC_ASSERT(a.credit == b.credit);
    RC_ASSERT(a.points == b.points);
    RC_ASSERT(a.topic == b.topic);
    RC_ASSERT(a.difficulty == b.difficulty);
    RC_ASSERT(a.reference == b.reference);
    RC_ASSERT(a.targets == b.targets);
    RC_ASSERT(a.choices.size() == b.choices.size());
    for (std::size_t i = 0; i < a.choices.size(); ++i) {
        RC_ASSERT(a.choices[i].text == b.choices[i].text);
        RC_ASSERT(a.choices[i].feedback == b.choices[i].feedback);
        RC_ASSERT(a.choices[i].is_right == b.choices[i].is_right);
        RC_ASSERT(a.choices[i].weight == b.choices[i].weight);
        RC_ASSERT(a.choices[i].target == b.choices[i].target);
    }
    RC_ASSERT(a.numbers == b.numbers);
    RC_ASSERT(a.spellings.size() == b.spellings.size());
    for (std::size_t i = 0; i < a.spellings.size(); ++i) {
        RC_ASSERT(a.spellings[i].text == b.spellings[i].text);
        RC_ASSERT(a.spellings[i].weight == b.spellings[i].weight);
        RC_ASSERT(a.spellings[i].feedback == b.spellings[i].feedback);
    }
    RC_ASSERT(a.picture == b.picture);
    RC_ASSERT(a.folding == b.folding);
}

void must_be_same(const Collection& given, const Collection& back)
{
    RC_ASSERT(given.items.size() == back.items.size());
    for (std::size_t i = 0; i < given.items.size(); ++i) must_be_same(given.items[i], back.items[i]);
}
} // namespace

TEST_CASE("what is written as GIFT is read again as it was, by the forgiving reader and by ours")
{
    CHECK(rc::check([] {
        auto content = some_items();
        std::erase_if(content.items, [](const auto& item) { return item.kind == ItemKind::Order; }); // GIFT has no word for it, which is told
        const auto exported = export_gift(content, "f.gift");
        RC_ASSERT(told::lines(exported.losses) == "");
        const auto back = import_gift(exported.files.at("f.gift"), "f.gift");
        RC_ASSERT(back);
        RC_ASSERT(told::lines(back->losses) == "");
        must_be_same(content, back->content);
        const auto ours = read_gift(text_of(exported.files.at("f.gift")), "f.gift");
        RC_ASSERT(told::lines(ours.findings) == "");
        must_be_same(content, {ours.items, {}, {}});
    }));
}

TEST_CASE("what is written as Moodle XML is read again as it was")
{
    CHECK(rc::check([] {
        auto content = some_items();
        content.items[1].points = 3;
        content.items[2].picture = AuthoredPicture{"scale.svg", some_words("alt"), told::bytes("<svg/>")};
        content.items[6].folding = Folding::Nothing;
        const auto exported = export_moodle_xml(content, "m.xml");
        RC_ASSERT(told::lines(exported.losses) == "");
        const auto back = import_moodle_xml(exported.files.at("m.xml"), "m.xml");
        RC_ASSERT(back);
        RC_ASSERT(told::lines(back->losses) == "");
        must_be_same(content, back->content);
    }));
}

TEST_CASE("what is written as QTI is read again as it was, in each version")
{
    CHECK(rc::check([] {
        auto content = some_items();
        for (auto& item : content.items) {
            for (auto& number : item.numbers) number.feedback.clear(); // QTI has no place for these, which is told
            for (auto& spelling : item.spellings) spelling.feedback.clear();
        }
        content.items[1].points = 3;
        content.items[2].picture = AuthoredPicture{"scale.svg", some_words("alt"), told::bytes("<svg/>")};
        content.items[6].folding = Folding::Nothing;
        content.tests.push_back({{"probation"}, some_words("t"), {{"s", some_words("s"), {content.items[0].id, content.items[3].id}, 1}}, 1200, true, true});
        const auto exported = export_qti(content, *rc::gen::element(QtiVersion::v2_1, QtiVersion::v2_2, QtiVersion::v3_0));
        RC_ASSERT(told::lines(exported.losses) == "");
        const auto back = import_qti(exported.files);
        RC_ASSERT(back);
        RC_ASSERT(told::lines(back->losses) == "");
        must_be_same(content, back->content);
        RC_ASSERT(back->content.tests == content.tests);
    }));
}
