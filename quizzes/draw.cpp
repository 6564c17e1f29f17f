#include "quizzes/draw.hpp"
#include <algorithm>

namespace adal::quizzes {
namespace {

/// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
class SplitMix64 {
public:
    explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        auto z = state_ += 0x9E3779B97F4A7C15U;
        z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9U;
        z = (z ^ z >> 27U) * 0x94D049BB133111EBU;
        return z ^ z >> 31U;
    }
    /// 0 to bound - 1, evenly: values over the last whole multiple of the bound are thrown again.
    std::size_t below(std::size_t bound)
    {
        const std::uint64_t thrown_again = (0 - std::uint64_t{bound}) % bound;
        auto value = next();
        while (value < thrown_again) value = next();
        return static_cast<std::size_t>(value % bound);
    }

private:
    std::uint64_t state_;
};

/// Fisher-Yates, from the last place down.
template <class T> void shuffle(std::vector<T>& list, SplitMix64& random)
{
    for (auto i = list.size(); i > 1; --i) std::swap(list[i - 1], list[random.below(i)]);
}

/// One line of the blueprint: so many of these candidates, the unseen ones first.
struct Cell {
    TopicId topic;
    Difficulty difficulty{};
    std::size_t wanted = 0, unseen = 0;
    std::vector<const Item*> candidates;

    std::size_t seen_at_least() const { return wanted > unseen ? wanted - unseen : 0; }
};

std::vector<Cell> cells_of(const AssessmentTest& test, const Bank& bank, const std::set<ItemId>& seen,
                           SplitMix64& random)
{
    std::vector<Cell> cells;
    for (const auto& topic : test.topics)
        for (const auto& [difficulty, wanted] : topic.draw) {
            Cell cell{topic.topic, difficulty, static_cast<std::size_t>(wanted), 0, {}};
            for (const auto& [id, item] : bank.items)
                if (item.topic == topic.topic && item.difficulty == difficulty) cell.candidates.push_back(&item);
            shuffle(cell.candidates, random);
            const auto is_unseen = [&](const Item* item) { return !seen.contains(item->id); };
            const auto border = std::stable_partition(cell.candidates.begin(), cell.candidates.end(), is_unseen);
            cell.unseen = static_cast<std::size_t>(border - cell.candidates.begin());
            cells.push_back(std::move(cell));
        }
    return cells;
}

/// Fills all cells, first candidates first, and takes a choice back where enemies leave no other way.
class Filler {
public:
    Filler(const std::vector<Cell>& cells, const Bank& bank) : cells_(cells)
    {
        for (const auto& group : bank.enemies)
            for (const auto& one : group)
                for (const auto& other : group)
                    if (one != other) enemies_[one].insert(other);
    }

    /// With at most so many items seen before.
    bool fill(std::size_t seen_allowed)
    {
        steps_ = 0;
        furthest_ = 0;
        chosen_.clear();
        return fill(0, 0, 0, seen_allowed);
    }
    const std::vector<const Item*>& chosen() const { return chosen_; }
    const Cell& stuck_at() const { return cells_[furthest_]; }

private:
    // A bank nobody can draw from must not keep a person waiting; real ones need a few dozen steps.
    static constexpr int most_steps = 20'000;

    const std::vector<Cell>& cells_;
    std::map<ItemId, std::set<ItemId>> enemies_;
    std::vector<const Item*> chosen_;
    std::size_t furthest_ = 0;
    int steps_ = 0;

    bool fill(std::size_t at, std::size_t from, std::size_t taken, std::size_t seen_allowed)
    {
        if (at == cells_.size()) return true;
        const auto& cell = cells_[at];
        if (taken == cell.wanted) return fill(at + 1, 0, 0, seen_allowed);
        furthest_ = std::max(furthest_, at);
        for (auto i = from; i + (cell.wanted - taken) <= cell.candidates.size() && ++steps_ <= most_steps; ++i) {
            const std::size_t seen = i < cell.unseen ? 0 : 1;
            if (seen > seen_allowed) return false;
            if (has_enemy_among_chosen(*cell.candidates[i])) continue;
            chosen_.push_back(cell.candidates[i]);
            if (fill(at, i + 1, taken + 1, seen_allowed - seen)) return true;
            chosen_.pop_back();
        }
        return false;
    }

    bool has_enemy_among_chosen(const Item& item) const
    {
        const auto enemies = enemies_.find(item.id);
        return enemies != enemies_.end() && std::any_of(chosen_.begin(), chosen_.end(), [&](const Item* other) {
                   return enemies->second.contains(other->id);
               });
    }
};

Error cannot_fill(const Cell& cell)
{
    constexpr const char* names[]{"easy", "medium", "hard"};
    return fail(ErrorKind::NotFound, "check.test.cannot_draw",
                {{"topic", cell.topic.text},
                 {"difficulty", names[static_cast<std::size_t>(cell.difficulty)]},
                 {"wanted", std::to_string(cell.wanted)},
                 {"there", std::to_string(cell.candidates.size())}});
}

DrawnItem drawn(const Item& item, bool shuffles_choices, SplitMix64& random)
{
    DrawnItem result{item.id, item.revision, {}};
    for (const auto& choice : item.choices) result.choices.push_back(choice.id);
    if (shuffles_choices && item.kind != ItemKind::TrueFalse) shuffle(result.choices, random);
    return result;
}
} // namespace

Expected<std::vector<DrawnItem>> draw(const AssessmentTest& test, const Bank& bank, std::uint32_t seed,
                                      const std::set<ItemId>& seen)
{
    SplitMix64 random{seed};
    const auto cells = cells_of(test, bank, seen, random);
    std::size_t fewest_seen = 0, wanted = 0;
    for (const auto& cell : cells) {
        if (cell.candidates.size() < cell.wanted) return cannot_fill(cell);
        fewest_seen += cell.seen_at_least();
        wanted += cell.wanted;
    }
    Filler filler{cells, bank};
    auto seen_allowed = fewest_seen;
    while (!filler.fill(seen_allowed))
        if (++seen_allowed > wanted) return cannot_fill(filler.stuck_at());
    auto chosen = filler.chosen();
    shuffle(chosen, random);
    std::vector<DrawnItem> form;
    for (const auto* item : chosen) form.push_back(drawn(*item, test.shuffles_choices, random));
    return form;
}

} // namespace adal::quizzes
