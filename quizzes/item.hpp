#pragma once
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include "quizzes/decimal.hpp"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace adal::quizzes {

enum class ItemKind { SingleChoice, MultipleChoice, TrueFalse, Match, Order, Numeric, TextEntry };
enum class Difficulty { Easy, Medium, Hard };

/// What an answer is worth, in hundred-thousandths of a percent: "33.33333" of GIFT and Moodle is 3'333'333. Negative: it takes so much away.
using Weight = std::int32_t;
inline constexpr Weight whole_weight = 10'000'000;

/// AllOrNothing: every right answer and no wrong one, or no point. Partial: the weights of what she chose, never less than nothing.
enum class Credit { AllOrNothing, Partial };

/// A picture beside the stem; its file stands in the bank's folder pictures/.
struct Picture {
    std::string file;
    Text alternative; // said instead, and read aloud
    bool operator==(const Picture&) const = default;
};

/// QTI simpleChoice. TrueFalse items have the choices "T" and "F" and no text: the screen says them. Of an order they stand in the right order,
/// of a match they are the sources.
struct Choice {
    ChoiceId id;
    Text text;
    Text feedback;          // module checks and practice only
    bool is_right = false;  // choice items
    Weight weight = 0;      // choice items with Credit::Partial
    ChoiceId target = {};   // match: the one it belongs to
    bool operator==(const Choice&) const = default;
};

/// What a match is made with (QTI simpleAssociableChoice of the second set); more than there are sources: the rest belongs to none.
struct Target {
    ChoiceId id;
    Text text;
    bool operator==(const Target&) const = default;
};

/// A number counts when it lies no further than `tolerance` from `value`.
struct NumericKey {
    Decimal value, tolerance;
    Weight weight = whole_weight;
    Text feedback = {};
    bool operator==(const NumericKey&) const = default;
};

/// An accepted spelling. Each language has its own list; an answer may be spelt as in any of them.
struct Spelling {
    std::string text;
    Weight weight = whole_weight;
    std::string feedback = {};
    bool operator==(const Spelling&) const = default;
};
/// What makes no difference; each includes the one before. Case: "Қазақмыс" and "қазақмыс". Letters: also "казакмыс" (language::folded).
enum class Folding { Nothing, Case, Letters };
struct TextKey {
    std::map<Language, std::vector<Spelling>> spellings;
    Folding folding = Folding::Case;
    bool operator==(const TextKey&) const = default;
};

/// QTI assessmentItem, in three languages at once: parity is a matter of reading, not of use.
struct Item {
    ItemId id;
    std::string revision; // first 8 hex digits of the SHA-256 of its canonical text; set when packed
    ItemKind kind{};
    TopicId topic;
    Difficulty difficulty{};
    Text stem;
    std::vector<Choice> choices;
    std::string reference; // "anti-corruption-code#4.2"

    Credit credit = Credit::AllOrNothing;
    int points = 1; // the most it gives
    std::vector<Target> targets = {};
    std::vector<NumericKey> numbers = {};
    TextKey words = {};
    Text feedback = {}; // practice only, whatever was answered
    std::optional<Picture> picture = {};
    ScenarioId scenario = {}; // empty: it stands alone
};

/// A story that several items ask about; they are drawn and shown together, in this order.
struct Scenario {
    ScenarioId id;
    TopicId topic;
    Text text;
    std::vector<ItemId> items;
    std::optional<Picture> picture = {};
};

/// Everything that makes the item what it is, in one stable form, over which the packer takes the revision. The revision itself is left out.
std::string canonical_text(const Item&);

/// All items by identifier, and the pairs that give each other away.
struct Bank {
    std::map<ItemId, Item> items;
    std::vector<std::vector<ItemId>> enemies;
    std::map<Language, std::vector<ItemId>> reviewed;
    std::map<ScenarioId, Scenario> scenarios = {};
    std::map<ItemId, std::string> withdrawn = {}; // never drawn again; why
};

/// The same with the story it asks about.
std::string canonical_text(const Item&, const Bank&);

} // namespace adal::quizzes
