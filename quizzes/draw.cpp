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

/// One line of the blueprint: so many of these candidates, the fresh ones first, then the tired, then the seen.
struct Cell {
    TopicId topic;
    Difficulty difficulty{};
    std::size_t wanted = 0, unseen = 0;
    std::vector<const Item*> candidates;

    std::size_t seen_at_least() const { return wanted > unseen ? wanted - unseen : 0; }
};

bool may_be_drawn(const Item& item, const Bank& bank) { return item.scenario.empty() && !bank.withdrawn.contains(item.id); }

bool is_anchor(const TopicDraw& topic, const Item& item)
{
    return std::find(topic.anchors.begin(), topic.anchors.end(), item.id) != topic.anchors.end();
}

Cell cell_of(const TopicDraw& topic, Difficulty difficulty, std::size_t wanted, const Bank& bank, const ToAvoid& avoid, SplitMix64& random)
{
    Cell cell{topic.topic, difficulty, wanted, 0, {}};
    for (const auto& [id, item] : bank.items) {
        if (item.topic != topic.topic || item.difficulty != difficulty || !may_be_drawn(item, bank)) continue;
        if (!is_anchor(topic, item))
            cell.candidates.push_back(&item);
        else if (cell.wanted > 0)
            --cell.wanted;
    }
    shuffle(cell.candidates, random);
    const auto is_unseen = [&](const Item* item) { return !avoid.seen.contains(item->id); };
    const auto is_fresh = [&](const Item* item) { return !avoid.tired.contains(item->id); };
    const auto border = std::stable_partition(cell.candidates.begin(), cell.candidates.end(), is_unseen);
    std::stable_partition(cell.candidates.begin(), border, is_fresh);
    cell.unseen = static_cast<std::size_t>(border - cell.candidates.begin());
    return cell;
}

std::vector<Cell> cells_of(const AssessmentTest& test, const Bank& bank, const ToAvoid& avoid, SplitMix64& random)
{
    std::vector<Cell> cells;
    for (const auto& topic : test.topics)
        for (const auto& [difficulty, wanted] : topic.draw)
            cells.push_back(cell_of(topic, difficulty, static_cast<std::size_t>(wanted), bank, avoid, random));
    return cells;
}

using Enemies = std::map<ItemId, std::set<ItemId>>;
Enemies enemies_in(const Bank& bank)
{
    Enemies enemies;
    for (const auto& group : bank.enemies)
        for (const auto& one : group)
            for (const auto& other : group)
                if (one != other) enemies[one].insert(other);
    return enemies;
}

bool has_enemy_among(const Enemies& enemies, const Item& item, const std::vector<const Item*>& chosen)
{
    const auto mine = enemies.find(item.id);
    return mine != enemies.end() && std::any_of(chosen.begin(), chosen.end(), [&](const Item* other) { return mine->second.contains(other->id); });
}

/// Fills all cells, first candidates first, and takes a choice back where enemies leave no other way.
class Filler {
public:
    Filler(const std::vector<Cell>& cells, const Enemies& enemies, std::vector<const Item*> settled)
        : cells_(cells), enemies_(enemies), settled_(std::move(settled))
    {}

    /// With at most so many items seen before.
    bool fill(std::size_t seen_allowed)
    {
        steps_ = 0;
        furthest_ = 0;
        chosen_ = settled_;
        return fill(0, 0, 0, seen_allowed);
    }
    const std::vector<const Item*>& chosen() const { return chosen_; }
    const Cell& stuck_at() const { return cells_[furthest_]; }

private:
    // A bank nobody can draw from must not keep a person waiting; real ones need a few dozen steps.
    static constexpr int most_steps = 20'000;

    const std::vector<Cell>& cells_;
    const Enemies& enemies_;
    std::vector<const Item*> settled_, chosen_; // settled: anchors and scenarios
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
            if (has_enemy_among(enemies_, *cell.candidates[i], chosen_)) continue;
            chosen_.push_back(cell.candidates[i]);
            if (fill(at, i + 1, taken + 1, seen_allowed - seen)) return true;
            chosen_.pop_back();
        }
        return false;
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

Error cannot_fill(const TopicDraw& topic, std::size_t there)
{
    return fail(ErrorKind::NotFound, "check.test.cannot_draw_scenarios",
                {{"topic", topic.topic.text}, {"wanted", std::to_string(topic.scenarios)}, {"there", std::to_string(there)}});
}

/// Items that are drawn and shown together: one, or those of a scenario.
using Block = std::vector<const Item*>;

Expected<std::vector<const Item*>> anchors_of(const AssessmentTest& test, const Bank& bank)
{
    std::vector<const Item*> anchors;
    for (const auto& topic : test.topics)
        for (const auto& id : topic.anchors) {
            const auto item = bank.items.find(id);
            if (item == bank.items.end() || item->second.topic != topic.topic || !may_be_drawn(item->second, bank) || !topic.draw.contains(item->second.difficulty))
                return fail(ErrorKind::NotFound, "check.test.anchor", {{"item", id.text}, {"topic", topic.topic.text}});
            anchors.push_back(&item->second);
        }
    return anchors;
}

std::optional<Block> block_of(const Scenario& scenario, const Bank& bank)
{
    Block block;
    for (const auto& id : scenario.items) {
        const auto item = bank.items.find(id);
        if (item == bank.items.end() || bank.withdrawn.contains(id)) return std::nullopt;
        block.push_back(&item->second);
    }
    return block.empty() ? std::nullopt : std::optional{block};
}

/// So many stories of the topic, unseen ones first, none an enemy of what is chosen already.
Expected<std::vector<Block>> scenarios_of(const TopicDraw& topic, const Bank& bank, const Enemies& enemies, const ToAvoid& avoid,
                                          std::vector<const Item*>& chosen, SplitMix64& random)
{
    std::vector<Block> candidates, taken;
    for (const auto& [id, scenario] : bank.scenarios)
        if (const auto block = scenario.topic == topic.topic ? block_of(scenario, bank) : std::nullopt) candidates.push_back(*block);
    shuffle(candidates, random);
    std::stable_partition(candidates.begin(), candidates.end(), [&](const Block& block) {
        return std::none_of(block.begin(), block.end(), [&](const Item* item) { return avoid.seen.contains(item->id); });
    });
    for (const auto& block : candidates) {
        if (taken.size() == static_cast<std::size_t>(topic.scenarios)) break;
        if (std::any_of(block.begin(), block.end(), [&](const Item* item) { return has_enemy_among(enemies, *item, chosen); })) continue;
        chosen.insert(chosen.end(), block.begin(), block.end());
        taken.push_back(block);
    }
    if (taken.size() < static_cast<std::size_t>(topic.scenarios)) return cannot_fill(topic, taken.size());
    return taken;
}

bool is_in_right_order(const DrawnItem& drawn, const Item& item)
{
    return std::equal(drawn.choices.begin(), drawn.choices.end(), item.choices.begin(), item.choices.end(),
                      [](const ChoiceId& id, const Choice& choice) { return id == choice.id; });
}

DrawnItem drawn(const Item& item, bool shuffles_choices, SplitMix64& random)
{
    DrawnItem result{.item = item.id, .revision = item.revision, .choices = {}};
    for (const auto& choice : item.choices) result.choices.push_back(choice.id);
    for (const auto& target : item.targets) result.targets.push_back(target.id);
    const bool is_order = item.kind == ItemKind::Order;
    if (is_order || (shuffles_choices && item.kind != ItemKind::TrueFalse)) shuffle(result.choices, random);
    if (is_order && result.choices.size() > 1 && is_in_right_order(result, item)) std::rotate(result.choices.begin(), result.choices.begin() + 1, result.choices.end());
    if (!result.targets.empty()) shuffle(result.targets, random);
    return result;
}

/// Fills the cells beside what is settled already, with as few items seen before as can be.
Expected<std::vector<const Item*>> filled(const std::vector<Cell>& cells, const Enemies& enemies, const std::vector<const Item*>& settled)
{
    std::size_t fewest_seen = 0, wanted = 0;
    for (const auto& cell : cells) {
        if (cell.candidates.size() < cell.wanted) return cannot_fill(cell);
        fewest_seen += cell.seen_at_least();
        wanted += cell.wanted;
    }
    Filler filler{cells, enemies, settled};
    for (auto seen_allowed = fewest_seen; !filler.fill(seen_allowed);)
        if (++seen_allowed > wanted) return cannot_fill(filler.stuck_at());
    return std::vector<const Item*>{filler.chosen().begin() + static_cast<std::ptrdiff_t>(settled.size()), filler.chosen().end()};
}

} // namespace

Expected<std::vector<DrawnItem>> draw(const AssessmentTest& test, const Bank& bank, std::uint32_t seed, const ToAvoid& avoid)
{
    SplitMix64 random{seed};
    const auto enemies = enemies_in(bank);
    auto settled = anchors_of(test, bank);
    if (!settled) return settled.error();
    std::vector<Block> blocks, stories;
    for (const auto* anchor : *settled) blocks.push_back({anchor});
    for (const auto& topic : test.topics) {
        if (topic.scenarios == 0) continue;
        auto drawn_stories = scenarios_of(topic, bank, enemies, avoid, *settled, random);
        if (!drawn_stories) return drawn_stories.error();
        stories.insert(stories.end(), drawn_stories->begin(), drawn_stories->end());
    }
    const auto cells = cells_of(test, bank, avoid, random);
    const auto items = filled(cells, enemies, *settled);
    if (!items) return items.error();
    for (const auto* item : *items) blocks.push_back({item});
    blocks.insert(blocks.end(), stories.begin(), stories.end());
    if (test.shuffles_items) shuffle(blocks, random);
    std::vector<DrawnItem> form;
    for (const auto& block : blocks)
        for (const auto* item : block) form.push_back(drawn(*item, test.shuffles_choices, random));
    return form;
}

} // namespace adal::quizzes
