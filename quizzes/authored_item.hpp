#pragma once
#include "content/base/bytes.hpp"
#include "quizzes/item.hpp"

/// An item in one language, as a file says it: of ours, of Moodle's, of QTI's. Three of them make an Item (gift.hpp).
namespace adal::quizzes {

inline constexpr std::size_t most_choices = 12; // also of sources, of targets

struct AuthoredChoice {
    std::string text, feedback;
    bool is_right = false;
    Weight weight = 0;      // with Credit::Partial
    std::size_t target = 0; // match: its place among `targets`
    bool operator==(const AuthoredChoice&) const = default;
};

struct AuthoredNumber {
    Decimal value, tolerance;
    Weight weight = whole_weight;
    std::string feedback = {};
    bool operator==(const AuthoredNumber&) const = default;
};

struct AuthoredPicture {
    std::string file;      // "scales.svg"
    std::string alternative;
    Bytes bytes = {};      // where the format carries them
    bool operator==(const AuthoredPicture&) const = default;
};

struct AuthoredItem {
    ItemId id;
    ItemKind kind{};
    Credit credit = Credit::AllOrNothing;
    int points = 1;
    TopicId topic = {};
    std::optional<Difficulty> difficulty = {};
    std::string reference = {}, stem = {}, feedback = {};
    std::vector<AuthoredChoice> choices = {}; // of an order in the right order
    std::vector<std::string> targets = {};    // more than are belonged to: the rest belongs to none
    std::vector<AuthoredNumber> numbers = {};
    std::vector<Spelling> spellings = {};
    Folding folding = Folding::Case;
    std::optional<AuthoredPicture> picture = {};
    int line = 0;
};

/// What several items ask about.
struct AuthoredScenario {
    ScenarioId id;
    TopicId topic;
    std::string text;
    std::optional<AuthoredPicture> picture = {};
    std::vector<ItemId> items = {};
    int line = 0;
};

/// GIFT and Moodle say by weights alone how an item gives credit. All or nothing: one choice of many that is whole, or rights that share a hundred evenly
/// (33 is a third, too) while each wrong one takes a hundred away. Sets `credit`, `is_right` and `weight` of the choices from what stands in `weight`.
void settle_credit(AuthoredItem&);
/// What else has a part to give: pairs and places always (of one point nobody gets half), numbers and words if one of them weighs less than the whole.
void settle_keys(AuthoredItem&);
/// The other way: what a choice weighs in such a file.
Weight written_weight(const AuthoredItem&, const AuthoredChoice&);

/// Why our bank cannot hold it, a key of assets/strings with the argument "item"; null if it can.
const char* fault_of(const AuthoredItem&);

std::size_t letters_in(std::string_view); // code points

/// "scales.svg": letters, digits, hyphens, underscores and dots, the end one of a picture's.
bool is_picture_name(std::string_view);

} // namespace adal::quizzes
