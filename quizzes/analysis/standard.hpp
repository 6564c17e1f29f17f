#pragma once
#include "quizzes/analysis/ratings.hpp"
#include "quizzes/assessment_test.hpp"

/// How many points should be needed to pass? Judges say it, not the results: the modified Angoff method (Angoff 1971, p. 515; two rounds with talk between
/// them: Hambleton and Pitoniak 2006; Cizek and Bunch 2007, ch. 6).
///
/// Each judge thinks of people who just deserve to pass and says of every item which share of them gets it right. After the first round the judges see each
/// other's figures and talk; the second round counts. The cut of a form is the sum, over its items, of the mean share times the item's maximum. Forms
/// are drawn, so every form has its own cut; the cut of a test is what a form's is on average over the blueprint: an item counts with the chance
/// with which it is drawn. That chance is taken as equal within a line of the blueprint; enemies and items seen before shift it a little.
namespace adal::quizzes::analysis {

inline constexpr std::size_t least_judges = 5;

/// What the judges said, complete: every judge every item, in both rounds.
class Panel {
public:
    /// InvalidInput: fewer than five judges, or a judgement that is missing, which is named.
    static Expected<Panel> from(const std::vector<Rating>&);

    struct Judgement {
        double first = 0, second = 0; // the rounds
    };
    const std::vector<std::string>& judges() const { return judges_; }               // sorted
    const std::map<ItemId, std::vector<Judgement>>& items() const { return items_; } // by judge

private:
    std::vector<std::string> judges_;
    std::map<ItemId, std::vector<Judgement>> items_;
};

struct Cut {
    double points = 0, maximum = 0; // what a form needs, of how many points; round two
    std::vector<double> by_judge;   // each one's own cut, in the order of `judges`
    double spread = 0;              // their standard deviation (n - 1)
    double standard_error = 0;      // spread / sqrt(judges)
    double first_round = 0;         // the cut before they talked
    double first_spread = 0;
    double change = 0;              // how far a share moved between the rounds: mean over judges and items, without sign
};

struct FormItem {
    ItemId item;
    int maximum = 1;
};
/// NotFound if an item was not judged.
Expected<Cut> cut_of_form(const Panel&, const std::vector<FormItem>&);

/// NotFound if an item that can be drawn was not judged, or a line of the blueprint has nothing to draw.
Expected<Cut> expected_cut(const Panel&, const AssessmentTest&, const Bank&);

} // namespace adal::quizzes::analysis
