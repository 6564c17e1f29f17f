#include "quizzes/session.hpp"
#include "content/base/overloaded.hpp"
#include "quizzes/response.hpp"
#include "quizzes/scoring.hpp"
#include <algorithm>

namespace adal::quizzes {
namespace {
const DrawnItem* find(const std::vector<DrawnItem>& form, const ItemId& id)
{
    const auto found = std::find_if(form.begin(), form.end(), [&](const DrawnItem& drawn) { return drawn.item == id; });
    return found == form.end() ? nullptr : &*found;
}

Error corrupt(const char* key, const AttemptStarted& started, const ItemId& item = {})
{
    return fail(ErrorKind::Corrupt, key, {{"attempt", started.attempt.text}, {"item", item.text}});
}
} // namespace

Expected<TestSession> TestSession::replay(const AssessmentTest& test, const Bank& bank, std::span<const Fact> facts)
{
    const auto* started = facts.empty() ? nullptr : std::get_if<AttemptStarted>(&facts.front());
    if (!started || started->test != test.id || started->items.empty())
        return corrupt("session.no_start", started ? *started : AttemptStarted{});
    std::set<ItemId> different;
    for (const auto& drawn : started->items) {
        const auto item = bank.items.find(drawn.item);
        if (item == bank.items.end() || item->second.revision != drawn.revision || !different.insert(drawn.item).second)
            return corrupt("session.unknown_item", *started, drawn.item);
    }
    TestSession session;
    session.bank_ = &bank;
    session.test_ = test;
    session.started_ = *started;
    session.time_left_ = started->time_limit;
    for (const auto& fact : facts.subspan(1)) {
        if (!session.accepts(fact)) return corrupt("session.foreign_fact", *started);
        session.apply(fact);
    }
    return session;
}

/// Could this fact have come from this attempt in this state?
bool TestSession::accepts(const Fact& fact) const
{
    const auto mine = [&](const auto& each) { return !closed_ && each.attempt == started_.attempt; };
    const auto in_form = [&](const auto& each) { return mine(each) && find(started_.items, each.item) != nullptr; };
    const auto answers = [&](const ResponseGiven& given) {
        const auto* drawn = find(started_.items, given.item);
        if (!drawn || drawn->revision != given.revision) return false;
        const auto response = normalised(bank_->items.at(given.item), *drawn, given.response);
        return response && *response == given.response;
    };
    return std::visit(overloaded{
                          [](const AttemptStarted&) { return false; },
                          [&](const ItemPresented& presented) { return in_form(presented); },
                          [&](const ResponseGiven& given) { return mine(given) && answers(given); },
                          [&](const ItemFlagged& flagged) { return in_form(flagged); },
                          [&](const AttemptResumed& resumed) {
                              return mine(resumed) && resumed.time_left >= Elapsed{0} &&
                                     resumed.time_left <= started_.time_limit;
                          },
                          [&](const AttemptClosed& closed) { return mine(closed); },
                      },
                      fact);
}

const Item& TestSession::item(std::size_t index) const
{
    assert(index < started_.items.size());
    return bank_->items.at(started_.items[index].item);
}

std::size_t TestSession::index_of(const ItemId& item) const { return static_cast<std::size_t>(find(started_.items, item) - started_.items.data()); }

std::size_t TestSession::current() const { return current_ ? index_of(*current_) : 0; }

bool TestSession::may_come_next(const ItemId& item) const
{
    if (test_.navigation == Navigation::Free) return true;
    const auto index = index_of(item);
    return index == current() || (current_ && index == current() + 1);
}

Response TestSession::response_to(const ItemId& item) const
{
    const auto found = responses_.find(item);
    return found == responses_.end() ? Response{} : found->second;
}

bool TestSession::is_flagged(const ItemId& item) const { return flagged_.contains(item); }

int TestSession::answered() const { return static_cast<int>(responses_.size()); }

Expected<const DrawnItem*> TestSession::open_for(const ItemId& item) const
{
    if (closed_) return fail(ErrorKind::Conflict, "session.closed", {{"attempt", started_.attempt.text}});
    if (const auto* drawn = find(started_.items, item)) return drawn;
    return fail(ErrorKind::InvalidInput, "session.not_in_form", {{"item", item.text}});
}

Expected<std::vector<Fact>> TestSession::present(const ItemId& item) const
{
    if (const auto open = open_for(item); !open) return open.error();
    if (current_ == item) return std::vector<Fact>{};
    if (!may_come_next(item)) return fail(ErrorKind::InvalidInput, "session.only_forward", {{"item", item.text}});
    return std::vector<Fact>{ItemPresented{started_.attempt, item}};
}

Expected<std::vector<Fact>> TestSession::respond(const ItemId& item, Response given, Language language) const
{
    const auto open = open_for(item);
    if (!open) return open.error();
    if (test_.navigation == Navigation::Linear && index_of(item) != current()) return fail(ErrorKind::InvalidInput, "session.only_forward", {{"item", item.text}});
    auto response = normalised(bank_->items.at(item), **open, std::move(given));
    if (!response) return response.error();
    if (*response == response_to(item)) return std::vector<Fact>{};
    return std::vector<Fact>{ResponseGiven{started_.attempt, item, (*open)->revision, std::move(*response), language}};
}

Expected<std::vector<Fact>> TestSession::flag(const ItemId& item, bool flagged) const
{
    if (const auto open = open_for(item); !open) return open.error();
    if (flagged == is_flagged(item)) return std::vector<Fact>{};
    return std::vector<Fact>{ItemFlagged{started_.attempt, item, flagged}};
}

// Whoever submits or leaves after the time ran out has let it run out: leaving must not save an attempt.
Expected<std::vector<Fact>> TestSession::submit(Elapsed used) const
{
    if (closed_) return fail(ErrorKind::Conflict, "session.closed", {{"attempt", started_.attempt.text}});
    return std::vector<Fact>{close(is_over(used) ? CloseReason::TimeExpired : CloseReason::Submitted, used)};
}

Expected<std::vector<Fact>> TestSession::interrupt(Elapsed used) const
{
    if (closed_) return fail(ErrorKind::Conflict, "session.closed", {{"attempt", started_.attempt.text}});
    return std::vector<Fact>{close(is_over(used) ? CloseReason::TimeExpired : CloseReason::Interrupted, used)};
}

std::vector<Fact> TestSession::expire(Elapsed used) const
{
    if (closed_ || !is_over(used)) return {};
    return {close(CloseReason::TimeExpired, used)};
}

AttemptClosed TestSession::close(CloseReason reason, Elapsed used) const
{
    auto verdict = score(test_, *bank_, started_.items, responses_, started_.pass_mark, started_.topic_marks);
    const bool passed = verdict.passed && reason != CloseReason::Interrupted;
    return {started_.attempt,
            started_.test,
            reason,
            verdict.score,
            passed,
            std::move(verdict.topics),
            std::min(used, started_.time_limit)};
}

void TestSession::apply(const Fact& fact)
{
    assert(accepts(fact));
    std::visit(overloaded{
                   [](const AttemptStarted&) {},
                   [this](const ItemPresented& presented) { current_ = presented.item; },
                   [this](const ResponseGiven& given) {
                       if (given.response.empty())
                           responses_.erase(given.item);
                       else
                           responses_[given.item] = given.response;
                   },
                   [this](const ItemFlagged& flagged) {
                       if (flagged.flagged)
                           flagged_.insert(flagged.item);
                       else
                           flagged_.erase(flagged.item);
                   },
                   [this](const AttemptResumed& resumed) { time_left_ = resumed.time_left; },
                   [this](const AttemptClosed& closed) { closed_ = closed; },
               },
               fact);
}

} // namespace adal::quizzes
