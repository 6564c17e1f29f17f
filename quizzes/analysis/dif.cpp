#include "quizzes/analysis/dif.hpp"
#include <algorithm>
#include <cmath>
#include <vector>

namespace adal::quizzes::analysis {
namespace {

struct Band {
    double a = 0, b = 0, c = 0, d = 0;
    double people() const { return a + b + c + d; }
    void add(const Matched& one) { ++(one.is_focal ? (one.is_right ? c : d) : (one.is_right ? a : b)); }
};

struct Sums {
    double r = 0, s = 0, pr = 0, mixed = 0, qs = 0; // of Robins, Breslow and Greenland
    double excess = 0, variance = 0;

    void add(const Band& band)
    {
        const double t = band.people();
        if (t < 2) return;
        const double rk = band.a * band.d / t, sk = band.b * band.c / t, pk = (band.a + band.d) / t, qk = (band.b + band.c) / t;
        r += rk, s += sk;
        pr += pk * rk, mixed += pk * sk + qk * rk, qs += qk * sk;
        const double reference = band.a + band.b, focal = band.c + band.d, right = band.a + band.c, wrong = band.b + band.d;
        excess += band.a - reference * right / t;
        variance += reference * focal * right * wrong / (t * t * (t - 1));
    }
};

DifClass letter_of(const Dif::Measure& measure)
{
    constexpr double significant_chi_square = 3.841, one_sided = 1.645;
    const double size = std::abs(measure.delta);
    if (size < 1 || measure.chi_square < significant_chi_square) return DifClass::A;
    return size >= 1.5 && size - 1 > one_sided * measure.delta_error ? DifClass::C : DifClass::B;
}

std::optional<Dif::Measure> measure_of(const Sums& sums)
{
    if (sums.r <= 0 || sums.s <= 0 || sums.variance <= 0) return std::nullopt;
    Dif::Measure measure;
    measure.alpha = sums.r / sums.s;
    measure.delta = -2.35 * std::log(measure.alpha);
    const double log_variance = sums.pr / (2 * sums.r * sums.r) + sums.mixed / (2 * sums.r * sums.s) + sums.qs / (2 * sums.s * sums.s);
    measure.delta_error = 2.35 * std::sqrt(log_variance);
    const double difference = std::max(0.0, std::abs(sums.excess) - 0.5);
    measure.chi_square = difference * difference / sums.variance;
    measure.letter = letter_of(measure);
    return measure;
}

} // namespace

Dif mantel_haenszel(std::span<const Matched> people, const Settings& settings)
{
    std::vector<Band> bands(static_cast<std::size_t>(std::max(settings.dif_bands, 1)));
    Dif dif;
    for (const auto& one : people) {
        ++(one.is_focal ? dif.n_focal : dif.n_reference);
        bands[static_cast<std::size_t>(std::clamp(one.band, 0, static_cast<int>(bands.size()) - 1))].add(one);
    }
    if (std::min(dif.n_reference, dif.n_focal) < settings.least_of_dif) return dif;
    Sums sums;
    for (const auto& band : bands) sums.add(band);
    dif.value = measure_of(sums);
    return dif;
}

} // namespace adal::quizzes::analysis
