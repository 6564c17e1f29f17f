#pragma once
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include <map>
#include <string>
#include <vector>

namespace adal::quizzes {

enum class ItemKind { SingleChoice, MultipleChoice, TrueFalse };
enum class Difficulty { Easy, Medium, Hard };

/// QTI simpleChoice. TrueFalse items have the choices "T" and "F" and no text: the screen says them.
struct Choice {
    ChoiceId id;
    Text text;
    Text feedback; // module checks and practice only
    bool is_right = false;
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
};

/// Everything that makes the item what it is, in one stable form, over which the packer takes the revision. The revision itself is left out.
std::string canonical_text(const Item&);

/// All items by identifier, and the pairs that give each other away.
struct Bank {
    std::map<ItemId, Item> items;
    std::vector<std::vector<ItemId>> enemies;
    std::map<Language, std::vector<ItemId>> reviewed;
};

} // namespace adal::quizzes
