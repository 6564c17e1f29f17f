#pragma once
#include "quizzes/analysis/dif.hpp"
#include "quizzes/analysis/form_figures.hpp"
#include "quizzes/analysis/item_figures.hpp"

/// The analysis of a test from first attempts: of all people, of those who read it in each language, and of each site; and for each item whether its
/// Kazakh and its Russian are equally hard. Statistics, not scoring: floating point is at home here. The same attempts give the same figures; their order
/// makes no difference beyond the last digits of a sum.
namespace adal::quizzes::analysis {

struct Group {
    FormFigures form;
    std::vector<ItemFigures> items; // by name. Of a language or a site only those that enough people drew
    bool operator==(const Group&) const = default;
};

struct Analysis {
    Group all;
    std::map<Language, Group> languages;
    std::map<SiteId, Group> sites;
    std::map<ItemId, Dif> dif;
    bool operator==(const Analysis&) const = default;
};

/// Time: attempts x items x 3 and a sort of each item's times. Memory beside the attempts: 12 bytes an answer, and the figures.
Analysis analyse(const Attempts&, const Settings& = {});

/// What an author should look at, in words of the page.
enum class Mark { TooEasy, TooHard, NegativeDiscrimination, WeakDiscrimination, OftenNotReached, DifB, DifC };
std::vector<Mark> marks_of(const ItemFigures&, const Dif*, const Settings& = {}); // of figures that are shown; dif may be null

} // namespace adal::quizzes::analysis
