#include "tests/support/unsynced.hpp"
#include <algorithm>
#include <map>

namespace adal::support {
namespace {

std::size_t at(std::int64_t offset) { return static_cast<std::size_t>(offset); }

/// How far each sector got: it has seen the changes before this number. One cut has one manner for a whole file.
class Reach {
public:
    Reach(SeededRandom& random, std::size_t changes)
        : random_(random), all_(changes), manner_(random.below(6)), common_(random.below(changes + 1))
    {}
    std::size_t of_sector(std::int64_t number)
    {
        const auto known = sectors_.find(number);
        return known != sectors_.end() ? known->second : sectors_.emplace(number, of_length()).first->second;
    }
    std::size_t of_length()
    {
        switch (manner_) {
        case 0: return 0;
        case 1: return all_;
        case 2: return common_;
        case 3: return random_.happens(1, 2) ? all_ : 0;
        case 4: return random_.happens(1, 20) ? random_.below(all_ + 1) : all_; // nearly everything
        default: return random_.below(all_ + 1);
        }
    }

private:
    SeededRandom& random_;
    std::size_t all_, manner_, common_;
    std::map<std::int64_t, std::size_t> sectors_;
};

} // namespace

void UnsyncedChanges::note_write(std::int64_t offset, std::int64_t length, std::int64_t size_before, Bytes before)
{
    changes_.push_back({true, offset, length, size_before, std::max(size_before, offset + length), std::move(before), {}});
}

void UnsyncedChanges::note_length(std::int64_t length, std::int64_t size_before, Bytes before)
{
    changes_.push_back({false, length, std::max<std::int64_t>(size_before - length, 0), size_before, length, std::move(before), {}});
}

/// Back to what was synced, noting on the way what each change had written.
std::vector<UnsyncedChanges::Change> UnsyncedChanges::undo(std::vector<Change> changes, Bytes& content)
{
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        if (change->is_write) {
            const auto begin = content.begin() + change->offset;
            change->written.assign(begin, begin + change->length);
        } else {
            change->written.assign(at(change->length), 0);
        }
        content.resize(at(change->size_before));
        std::copy(change->before.begin(), change->before.end(), content.begin() + std::min(change->offset, change->size_before));
    }
    return changes;
}

Bytes UnsyncedChanges::after_cut(Bytes content, SeededRandom& random) const
{
    if (changes_.empty()) return content;
    const auto changes = undo(changes_, content);
    Reach reach{random, changes.size()};
    const auto lengths = reach.of_length();
    const auto length = lengths == 0 ? changes.front().size_before : changes[lengths - 1].size_after;
    for (std::size_t number = 0; number < changes.size(); ++number) {
        const auto& change = changes[number];
        const auto end = change.offset + change.length;
        content.resize(std::max(content.size(), at(end)));
        for (auto from = change.offset; from < end;) {
            const auto to = std::min(end, (from / sector + 1) * sector);
            if (number < reach.of_sector(from / sector))
                std::copy_n(change.written.begin() + (from - change.offset), to - from, content.begin() + from);
            from = to;
        }
    }
    content.resize(at(length));
    return content;
}

} // namespace adal::support
