#include "quizzes/analysis/analysis.hpp"
#include <algorithm>
#include <array>
#include <numeric>

namespace adal::quizzes::analysis {
namespace {

enum Circle : std::size_t { Everybody, SameLanguage, SameSite, circles };

using Indices = std::vector<std::uint32_t>;

/// Who belongs together, as indices of forms.
struct Members {
    Indices all;
    std::map<Language, Indices> languages;
    std::map<SiteId, Indices> sites;
};

Members members_of(const Attempts& attempts)
{
    Members members;
    members.all.resize(attempts.forms().size());
    std::iota(members.all.begin(), members.all.end(), 0U);
    for (const auto index : members.all) {
        const auto& form = attempts.forms()[index];
        members.languages[form.language].push_back(index);
        members.sites[attempts.sites()[form.site]].push_back(index);
    }
    return members;
}

/// For every form the third it is in: among all, in its language, at its site.
class Thirds {
public:
    Thirds(const Attempts& attempts, const Members& members) : attempts_(attempts)
    {
        for (auto& circle : thirds_) circle.resize(attempts.forms().size());
        rank(members.all, Everybody);
        for (const auto& [language, forms] : members.languages) rank(forms, SameLanguage);
        for (const auto& [site, forms] : members.sites) rank(forms, SameSite);
    }
    Third of(std::uint32_t form, Circle circle) const { return thirds_[circle][form]; }

private:
    bool is_less(std::uint32_t one, std::uint32_t other) const
    {
        const auto &a = attempts_.forms()[one], &b = attempts_.forms()[other];
        return std::int64_t{a.points} * b.maximum < std::int64_t{b.points} * a.maximum;
    }
    void rank(Indices forms, Circle circle)
    {
        std::sort(forms.begin(), forms.end(), [&](auto a, auto b) { return is_less(a, b); });
        const auto n = forms.size();
        for (std::size_t from = 0, to = 0; from < n; from = to) {
            while (to < n && !is_less(forms[from], forms[to])) ++to; // [from, to) have the same score
            const auto third = 3 * (from + to) <= 2 * n ? Third::Lower : 3 * (from + to) >= 4 * n ? Third::Upper : Third::Middle;
            for (auto i = from; i < to; ++i) thirds_[circle][forms[i]] = third;
        }
    }
    const Attempts& attempts_;
    std::array<std::vector<Third>, circles> thirds_;
};

/// Where each item's answers stand: a counting sort.
struct ByItem {
    std::vector<std::size_t> starts; // one more than there are items
    Indices forms;
    std::vector<const Attempts::Answer*> answers;

    explicit ByItem(const Attempts& attempts) : starts(attempts.items().size() + 1), forms(attempts.answers().size()), answers(forms.size())
    {
        for (const auto& answer : attempts.answers()) ++starts[answer.item + 1];
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        auto next = starts;
        for (std::uint32_t form = 0; form < attempts.forms().size(); ++form)
            for (const auto& answer : attempts.answers_of(attempts.forms()[form])) {
                const auto at = next[answer.item]++;
                forms[at] = form;
                answers[at] = &answer;
            }
    }
};

/// Looks at one item after the other.
class Items {
public:
    Items(const Attempts& attempts, const Members& members, const Settings& settings)
        : attempts_(attempts), settings_(settings), by_item_(attempts), thirds_(attempts, members)
    {
    }
    void add_to(Analysis& analysis) const
    {
        Indices order(attempts_.items().size());
        std::iota(order.begin(), order.end(), 0U);
        std::sort(order.begin(), order.end(), [&](auto a, auto b) { return attempts_.items()[a] < attempts_.items()[b]; });
        for (const auto item : order) {
            analysis.all.items.push_back(of(item, Everybody, [](const auto&) { return true; }));
            for (auto& [language, group] : analysis.languages)
                keep(group, of(item, SameLanguage, [&](const auto& form) { return form.language == language; }));
            for (std::size_t site = 0; site < attempts_.sites().size(); ++site)
                keep(analysis.sites[attempts_.sites()[site]], of(item, SameSite, [&](const auto& form) { return form.site == site; }));
            analysis.dif.emplace(attempts_.items()[item], dif_of(item));
        }
    }

private:
    void keep(Group& group, ItemFigures figures) const
    {
        if (figures.drawn >= settings_.least_of_item) group.items.push_back(std::move(figures));
    }

    template <class Belongs> ItemFigures of(std::uint32_t item, Circle circle, Belongs belongs) const
    {
        std::vector<Observation> observed;
        for (auto at = by_item_.starts[item]; at < by_item_.starts[item + 1]; ++at)
            if (belongs(attempts_.forms()[by_item_.forms[at]])) observed.push_back(observation(at, circle));
        return figures_of(attempts_.items()[item], observed, attempts_, settings_);
    }

    Observation observation(std::size_t at, Circle circle) const
    {
        const auto& answer = *by_item_.answers[at];
        const auto& form = attempts_.forms()[by_item_.forms[at]];
        Observation one{.score = static_cast<double>(answer.points) / answer.maximum,
                        .rest = {},
                        .milliseconds = answer.milliseconds,
                        .response = answer.response,
                        .reach = answer.reach,
                        .third = thirds_.of(by_item_.forms[at], circle)};
        if (form.maximum > answer.maximum) one.rest = static_cast<double>(form.points - answer.points) / (form.maximum - answer.maximum);
        return one;
    }

    Dif dif_of(std::uint32_t item) const
    {
        std::vector<Matched> people;
        for (auto at = by_item_.starts[item]; at < by_item_.starts[item + 1]; ++at) {
            const auto& answer = *by_item_.answers[at];
            const auto& form = attempts_.forms()[by_item_.forms[at]];
            const auto rest = form.maximum - answer.maximum;
            if (answer.reach == Reach::NotReached || rest <= 0 || form.language == Language::en) continue;
            const auto band = std::int64_t{form.points - answer.points} * settings_.dif_bands / rest;
            people.push_back({form.language == Language::kk, answer.points == answer.maximum, static_cast<int>(band)});
        }
        return mantel_haenszel(people, settings_);
    }

    const Attempts& attempts_;
    const Settings& settings_;
    ByItem by_item_;
    Thirds thirds_;
};

} // namespace

Analysis analyse(const Attempts& attempts, const Settings& settings)
{
    const auto members = members_of(attempts);
    Analysis analysis;
    analysis.all.form = figures_of(attempts, members.all, settings);
    for (const auto& [language, forms] : members.languages) analysis.languages[language].form = figures_of(attempts, forms, settings);
    for (const auto& [site, forms] : members.sites) analysis.sites[site].form = figures_of(attempts, forms, settings);
    Items{attempts, members, settings}.add_to(analysis);
    return analysis;
}

std::vector<Mark> marks_of(const ItemFigures& figures, const Dif* dif, const Settings& settings)
{
    std::vector<Mark> marks;
    const auto check = [&](const Figure& figure, Mark mark, auto is_so) {
        if (figure.value && is_so(*figure.value)) marks.push_back(mark);
    };
    check(figures.facility, Mark::TooEasy, [&](double value) { return value > settings.too_easy; });
    check(figures.facility, Mark::TooHard, [&](double value) { return value < settings.too_hard; });
    check(figures.discrimination, Mark::NegativeDiscrimination, [](double value) { return value < 0; });
    check(figures.discrimination, Mark::WeakDiscrimination, [&](double value) { return value >= 0 && value < settings.weak_discrimination; });
    check(figures.not_reached, Mark::OftenNotReached, [&](double value) { return value > settings.often_not_reached; });
    if (dif && dif->value && dif->value->letter != DifClass::A) marks.push_back(dif->value->letter == DifClass::B ? Mark::DifB : Mark::DifC);
    return marks;
}

} // namespace adal::quizzes::analysis
