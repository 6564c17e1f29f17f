#include "quizzes/analysis/dif.hpp"
#include <cmath>
#include <doctest/doctest.h>
#include <vector>

using namespace adal::quizzes::analysis;
using doctest::Approx;

namespace {
std::vector<Matched> people(int band, int ru_right, int ru_wrong, int kk_right, int kk_wrong)
{
    std::vector<Matched> all;
    const auto add = [&](int n, bool is_focal, bool is_right) { all.insert(all.end(), static_cast<std::size_t>(n), Matched{is_focal, is_right, band}); };
    add(ru_right, false, true), add(ru_wrong, false, false), add(kk_right, true, true), add(kk_wrong, true, false);
    return all;
}
std::vector<Matched> operator+(std::vector<Matched> one, const std::vector<Matched>& other)
{
    one.insert(one.end(), other.begin(), other.end());
    return one;
}
} // namespace

TEST_CASE("an item harder in Kazakh for people who know equally much is found")
{
    // sum(AD/T) = 20x40/100 + 40x20/100 = 16, sum(BC/T) = 30x10/100 + 10x30/100 = 6: alpha = 2.6667, delta = -2.35 ln 2.6667 = -2.30495
    // sum(A) = 60, sum(E) = 50x30/100 + 50x70/100 = 50, each V = 50x50x30x70/(100^2 x 99) = 5.30303: chi-square = 9.5^2 / 10.60606 = 8.50929
    // P = .6, Q = .4 in both: variance = 9.6/(2x16^2) + 10/(2x16x6) + 2.4/(2x6^2) = .1041667, error = 2.35 x .3227486 = .758459
    // |delta| - 1 = 1.30495 > 1.645 x .758459 = 1.24767: class C
    const auto dif = mantel_haenszel(people(3, 20, 30, 10, 40) + people(12, 40, 10, 30, 20), {});
    CHECK(dif.n_reference == 100);
    CHECK(dif.n_focal == 100);
    REQUIRE(dif.value);
    CHECK(dif.value->alpha == Approx(16.0 / 6));
    CHECK(dif.value->delta == Approx(-2.304948).epsilon(1e-6));
    CHECK(dif.value->chi_square == Approx(90.25 / 10.606060606).epsilon(1e-9));
    CHECK(dif.value->delta_error == Approx(0.758459).epsilon(1e-6));
    CHECK(dif.value->letter == DifClass::C);
}

TEST_CASE("with the languages exchanged the difference has the other sign")
{
    const auto one = mantel_haenszel(people(3, 20, 30, 10, 40) + people(12, 40, 10, 30, 20), {}).value;
    const auto other = mantel_haenszel(people(3, 10, 40, 20, 30) + people(12, 30, 20, 40, 10), {}).value;
    CHECK(one->delta == Approx(-other->delta));
    CHECK(one->chi_square == Approx(other->chi_square));
}

TEST_CASE("a difference in what people know is none of the item")
{
    // ru sits in the high bands, kk in the low ones; within each band both are right equally often
    const auto dif = mantel_haenszel(people(3, 5, 15, 20, 60) + people(15, 60, 20, 15, 5), {});
    CHECK(dif.value->alpha == Approx(1));
    CHECK(dif.value->delta == Approx(0));
    CHECK(dif.value->chi_square == 0);
    CHECK(dif.value->letter == DifClass::A);
}

TEST_CASE("a middling difference, or a large one that few people show, is a B")
{
    // alpha = 60x50/(40x50): 1.5, delta -.953: A. 70 of 100 and 55 of 100: alpha 1.909, delta -1.52, but 1 is within the error
    CHECK(mantel_haenszel(people(5, 60, 40, 50, 50), {}).value->letter == DifClass::A);
    const auto dif = mantel_haenszel(people(5, 70, 30, 55, 45), {});
    CHECK(dif.value->delta == Approx(-2.35 * std::log(70.0 * 45 / (30 * 55))));
    CHECK(dif.value->chi_square > 3.841);
    CHECK(dif.value->letter == DifClass::B);
}

TEST_CASE("fewer than a hundred people of one language, and nothing is said")
{
    const auto few = mantel_haenszel(people(5, 90, 60, 50, 49), {});
    CHECK(few.n_focal == 99);
    CHECK_FALSE(few.value);
    CHECK(mantel_haenszel(people(5, 90, 60, 50, 50), {}).value);
}

TEST_CASE("where a whole language is right no ratio exists")
{
    CHECK_FALSE(mantel_haenszel(people(5, 90, 20, 110, 0), {}).value);
    CHECK_FALSE(mantel_haenszel(people(5, 110, 0, 110, 0), {}).value);
}

TEST_CASE("people in a band where everybody answered alike change nothing")
{
    const auto some = people(3, 60, 50, 40, 70);
    CHECK(mantel_haenszel(some, {}).value == mantel_haenszel(some + people(19, 300, 0, 200, 0), {}).value);
}
