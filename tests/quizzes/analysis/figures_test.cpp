#include "tests/quizzes/analysis/people.hpp"
#include <cmath>

using namespace adal;
using namespace adal::quizzes::analysis;
using namespace adal::quizzes::analysis::small_groups;
using doctest::Approx;

namespace {
/// Four people, three items; each knows one thing less than the one before.
const std::vector<FirstAttempt> four{answers("111"), answers("110"), answers("100"), answers("000")};
const Settings all = nobody_is_too_few();
} // namespace

TEST_CASE("facility is the share of points, and a person who never saw the item is left out of it")
{
    auto people = four;
    people.push_back(answers("000"));
    people.back().answers[2].reach = Reach::NotReached;
    people.back().answers[1].reach = Reach::Omitted;
    const auto analysis = analyse(table(people), all);
    CHECK(item(analysis.all, "a").facility == Figure{5, 3.0 / 5});
    CHECK(item(analysis.all, "b").facility == Figure{5, 2.0 / 5}); // left out counts
    CHECK(item(analysis.all, "c").facility == Figure{4, 1.0 / 4});
    CHECK(item(analysis.all, "c").not_reached == Figure{5, 1.0 / 5});
    CHECK(item(analysis.all, "b").omitted == Figure{5, 1.0 / 5});
}

TEST_CASE("discrimination is the correlation of the item with the rest of the form")
{
    // item b: x = 1 1 0 0, rest = 2/2 1/2 1/2 0/2. Deviations: .5 .5 -.5 -.5 and .5 0 0 -.5
    // sum of products .5, of squares 1 and .5: r = .5 / sqrt(1 x .5) = .7071
    const auto analysis = analyse(table(four), all);
    CHECK(item(analysis.all, "b").discrimination.n == 4);
    CHECK(*item(analysis.all, "b").discrimination.value == Approx(std::sqrt(0.5)).epsilon(1e-12));
}

TEST_CASE("where nobody differs there is no correlation, and none is made up")
{
    const auto analysis = analyse(table({answers("111"), answers("110"), answers("100")}), all);
    CHECK(item(analysis.all, "a").facility.value == 1.0);
    CHECK_FALSE(item(analysis.all, "a").discrimination.value);
    const auto alone = analyse(table({answers("1"), answers("0")}), all); // no rest
    CHECK(item(alone.all, "a").discrimination == Figure{0, {}});
    CHECK_FALSE(alone.all.form.reliability.value);
}

TEST_CASE("with one form for everybody reliability is Cronbach's alpha")
{
    // variances of the items 3/16, 4/16, 3/16, together .625; of the total (3 2 1 0) 1.25
    // alpha = 3/2 x (1 - .625 / 1.25) = .75; error of measurement = sqrt(1.25 x .25) = .5590
    const auto form = analyse(table(four), all).all.form;
    CHECK(form.items == 3);
    CHECK(*form.reliability.value == Approx(0.75).epsilon(1e-12));
    CHECK(*form.measurement_error.value == Approx(std::sqrt(0.3125)).epsilon(1e-12));
}

TEST_CASE("consistency at the cut follows Subkoviak")
{
    // mean .5, alpha .75: true shares .875 .625 .375 .125. At least 2 of 3: t t (3 - 2 t) = .95703125 .68359375 .31640625 .04296875
    // 1 - 2 P (1 - P) = .917755127 .567413330 .567413330 .917755127, mean .742584229; mean P = .5, so chance is .5 and kappa .485168457
    const auto form = analyse(table(four), all).all.form;
    CHECK(*form.consistency.value == Approx(0.7425842285).epsilon(1e-9));
    CHECK(*form.kappa.value == Approx(0.485168457).epsilon(1e-9));
    CHECK(*form.passed.value == 0.5);
    CHECK(*form.score.value == Approx(0.5));
}

TEST_CASE("the chance to reach a mark is binomial")
{
    CHECK(binomial_tail(3, 2, 0.5) == Approx(0.5));
    CHECK(binomial_tail(20, 14, 0.7) == Approx(0.6080098122).epsilon(1e-9)); // a table of the binomial distribution: 1 - .3920
    CHECK(binomial_tail(20, 0, 0.1) == 1);
    CHECK(binomial_tail(20, 21, 0.9) == 0);
    CHECK(binomial_tail(20, 20, 1) == 1);
}

TEST_CASE("quartiles lie between the people where they must")
{
    auto people = four;
    for (std::size_t i = 0; i < 4; ++i) people[i].answers[0].milliseconds = static_cast<int>(1000 * (i + 1) * (i + 1)); // 1 4 9 16 s
    people.push_back(answers("000"));
    people.back().answers[0].milliseconds = -1; // not known
    // h = 3 x .25 = .75: 1 + .75 x 3 = 3.25; h = 1.5: 4 + .5 x 5 = 6.5; h = 2.25: 9 + .25 x 7 = 10.75
    const auto times = item(analyse(table(people), all).all, "a").time;
    CHECK(times.n == 4);
    CHECK(times.value == Times::Quartiles{3250, 6500, 10750});
}

TEST_CASE("each wrong choice is counted among those who know most and those who know least")
{
    std::vector<FirstAttempt> people{answers("111"), answers("110"), answers("110"), answers("010"), answers("000"), answers("000")};
    people[3].answers[0].chosen = {"C"};
    people[4].answers[0].chosen = {};
    people[4].answers[0].reach = Reach::Omitted;
    const auto figures = item(analyse(table(people), all).all, "a");
    // scores 3 2 2 1 0 0: mid-ranks from below 1 1 2.5 4 4 5.5 of 6; up to 2 is the lower third, from 4 on the upper
    CHECK(figures.lower_third == 2);
    CHECK(figures.upper_third == 3);
    CHECK(figures.chosen == std::vector<Chosen>{{"A", 3, 0, 3}, {"B", 1, 1, 0}, {"C", 1, 0, 0}});
}

TEST_CASE("every language and every site has its own figures")
{
    auto people = four;
    people[0].language = people[1].language = Language::ru;
    people[3].site = {"karaganda"};
    const auto analysis = analyse(table(people), all);
    CHECK(item(analysis.languages.at(Language::ru), "b").facility == Figure{2, 1.0});
    CHECK(item(analysis.languages.at(Language::kk), "b").facility == Figure{2, 0.0});
    CHECK(analysis.sites.at({"karaganda"}).form.people == 1);
    CHECK(item(analysis.sites.at({"balkhash"}), "a").facility == Figure{3, 1.0});
}

TEST_CASE("below the least nothing is shown but how many there were")
{
    std::vector<FirstAttempt> people;
    for (int i = 0; i < 29; ++i) people.push_back(answers(i % 2 ? "110" : "010"));
    const auto few = analyse(table(people));
    const auto& figures = item(few.all, "a");
    CHECK(figures.facility == Figure{29, {}});
    CHECK(figures.discrimination == Figure{29, {}});
    CHECK(figures.not_reached == Figure{29, {}});
    CHECK(figures.time == Times{29, {}});
    CHECK(figures.chosen.empty());
    CHECK(few.all.form.score == Figure{29, {}});
    CHECK(few.languages.at(Language::kk).items.empty());
    CHECK(marks_of(figures, nullptr).empty());

    people.push_back(answers("110"));
    const auto enough = analyse(table(people));
    CHECK(item(enough.all, "a").facility.value);
    CHECK(enough.all.form.score.value);
    CHECK(enough.all.form.reliability == Figure{30, {}}); // this one needs a hundred
    CHECK_FALSE(enough.all.form.consistency.value);
}

TEST_CASE("what an author should look at is said")
{
    const auto marks = [](double facility, double discrimination, double not_reached) {
        ItemFigures figures;
        figures.facility.value = facility, figures.discrimination.value = discrimination, figures.not_reached.value = not_reached;
        return marks_of(figures, nullptr);
    };
    CHECK(marks(0.7, 0.3, 0).empty());
    CHECK(marks(0.97, 0.05, 0) == std::vector{Mark::TooEasy, Mark::WeakDiscrimination});
    CHECK(marks(0.2, -0.05, 0.2) == std::vector{Mark::TooHard, Mark::NegativeDiscrimination, Mark::OftenNotReached});
    Dif dif{.n_reference = 200, .n_focal = 200, .value = Dif::Measure{.letter = DifClass::C}};
    CHECK(marks_of({}, &dif) == std::vector{Mark::DifC});
}

TEST_CASE("an impossible attempt is refused and leaves nothing behind")
{
    Attempts attempts;
    auto wrong = answers("11");
    wrong.answers[1].points = 2;
    CHECK(attempts.add(wrong).error().kind == ErrorKind::InvalidInput);
    wrong = answers("11");
    wrong.answers[1].item = wrong.answers[0].item;
    CHECK_FALSE(attempts.add(wrong));
    CHECK_FALSE(attempts.add(answers("")));
    CHECK(attempts.forms().empty());
    CHECK(analyse(attempts).all.items.empty());
}
