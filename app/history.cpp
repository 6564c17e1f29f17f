#include "app/history.hpp"

namespace adal::app {

int ReadingTime::total() const
{
    int sum = 0;
    for (const auto& [section, languages] : seconds)
        for (const auto& [language, n] : languages) sum += n;
    return sum;
}

std::map<Language, std::set<int>> ReadingTime::sections_by_language() const
{
    std::map<Language, std::set<int>> sections;
    for (const auto& [section, languages] : seconds)
        for (const auto& [language, n] : languages) sections[language].insert(section);
    return sections;
}

/// Folds one event; the person is the actor, or whom the fact names.
struct History::Folder {
    History& history;
    const sync::Event& event;

    const PersonId* actor() const { return std::get_if<PersonId>(&event.actor); }
    PersonHistory* person() const { return actor() ? &history.people_[*actor()] : nullptr; }

    void operator()(const sync::ReleaseInstalled& fact) const { history.release_ = fact; }
    void operator()(const sync::ClockCompared& fact) const { history.comparison_ = Comparison{fact, event.moment}; }
    void operator()(const sync::SignedIn& fact) const
    {
        if (!actor()) return;
        history.signed_in_ = *actor();
        person()->last_sign_in = fact;
        person()->refusals.accepted();
    }
    void operator()(const sync::SignedOut&) const
    {
        history.signed_in_.reset();
        if (actor()) person()->unseen_result.reset();
    }
    void operator()(const sync::SignInRefused& fact) const
    {
        history.people_[fact.person].refusals.refused(event.moment);
    }

    void operator()(const content::SectionRead& fact) const
    {
        if (actor())
            person()->reading[{fact.document, fact.version}].seconds[fact.section][fact.language] += fact.seconds;
    }
    void operator()(const content::DocumentAcknowledged&) const
    {
        if (actor()) person()->refusals.accepted(); // with her PIN
    }
    void operator()(const content::CheckAnswered& fact) const
    {
        if (actor()) person()->checks[{fact.module, fact.version}].insert_or_assign(fact.item, fact);
    }

    void operator()(const quizzes::AttemptStarted& fact) const
    {
        if (!actor() || history.attempts_.contains(fact.attempt)) return;
        auto& attempt = history.attempts_[fact.attempt];
        attempt.id = fact.attempt;
        attempt.person = *actor();
        attempt.test = fact.test;
        attempt.test_version = fact.test_version;
        attempt.time_limit = fact.time_limit;
        attempt.clock.start(event.moment);
        if (const auto& sign_in = person()->last_sign_in) attempt.identified = sign_in->how;
        person()->attempts.push_back(fact.attempt);
        history.open_.insert(fact.attempt);
    }
    void operator()(const quizzes::ItemPresented& fact) const
    {
        if (actor()) person()->seen_items.insert(fact.item);
    }
    // The terminal's own stops the clock in a boot where she is not back yet; hers starts it.
    void operator()(const quizzes::AttemptResumed& fact) const
    {
        const auto found = history.attempts_.find(fact.attempt);
        if (found == history.attempts_.end()) return;
        auto& attempt = found->second;
        const Elapsed used = attempt.time_limit - fact.time_left;
        actor() ? attempt.clock.run(event.moment, used) : attempt.clock.stand(used);
    }
    void operator()(const quizzes::AttemptClosed& fact) const
    {
        const auto found = history.attempts_.find(fact.attempt);
        if (found == history.attempts_.end()) return;
        auto& attempt = found->second;
        attempt.closed = fact;
        attempt.closed_seq = event.seq;
        history.open_.erase(fact.attempt);
        if (history.signed_in_ != attempt.person) history.people_[attempt.person].unseen_result = fact.attempt;
    }
    template <class Other> void operator()(const Other&) const {}

    template <class Fact> void keep_with_attempt(const Fact& fact) const
    {
        if constexpr (std::is_constructible_v<quizzes::Fact, const Fact&>)
            if (const auto found = history.attempts_.find(fact.attempt); found != history.attempts_.end()) {
                found->second.facts.push_back(fact);
                found->second.clock.saw(event.moment);
            }
    }
};

void History::apply(const sync::Event& event, const Hash& hash)
{
    last_ = event.moment;
    const Folder folder{*this, event};
    std::visit(
        [&](const auto& fact) {
            folder(fact);
            folder.keep_with_attempt(fact);
        },
        event.fact);
    auto* person = folder.person();
    if (!person) return;
    person->achievements.apply(event);
    if (sync::concerns_duties(event.fact)) person->own.push_back({hash, event});
}

void History::unite(const PersonId& id, const std::vector<sync::FeedFact>& told)
{
    auto& person = people_[id];
    person.achievements = {};
    person.reading.clear();
    person.attempts.clear();
    person.open_elsewhere.clear();
    std::erase_if(attempts_, [&](const auto& each) { return each.second.is_elsewhere && each.second.person == id; });
    for (const auto& fact : united(person.own, told)) fold_again(person, id, fact);
}

void History::fold_again(PersonHistory& person, const PersonId& id, const UnitedFact& fact)
{
    person.achievements.apply(fact.event);
    if (const auto* read = std::get_if<content::SectionRead>(&fact.event.fact))
        person.reading[{read->document, read->version}].seconds[read->section][read->language] += read->seconds;
    if (const auto* started = std::get_if<quizzes::AttemptStarted>(&fact.event.fact)) person.attempts.push_back(started->attempt);
    if (fact.is_elsewhere) fold_elsewhere(person, id, fact.event.fact);
}

// The items of an attempt elsewhere count as seen: which of them came onto the screen HQ does not tell.
void History::fold_elsewhere(PersonHistory& person, const PersonId& id, const sync::Fact& fact)
{
    if (const auto* started = std::get_if<quizzes::AttemptStarted>(&fact)) {
        for (const auto& each : started->items) person.seen_items.insert(each.item);
        const auto [found, is_new] = attempts_.try_emplace(started->attempt);
        if (!is_new) return; // a copied disk: it began here, too
        auto& attempt = found->second;
        attempt.id = started->attempt;
        attempt.person = id;
        attempt.test = started->test;
        attempt.test_version = started->test_version;
        attempt.time_limit = started->time_limit;
        attempt.facts = {*started};
        attempt.is_elsewhere = true;
        person.open_elsewhere.insert(started->attempt);
    }
    if (const auto* closed = std::get_if<quizzes::AttemptClosed>(&fact)) {
        person.open_elsewhere.erase(closed->attempt);
        const auto found = attempts_.find(closed->attempt);
        if (found == attempts_.end() || !found->second.is_elsewhere) return;
        found->second.facts.emplace_back(*closed);
        found->second.closed = *closed;
    }
}

const PersonHistory& History::of(const PersonId& person) const
{
    static const PersonHistory nothing;
    const auto found = people_.find(person);
    return found == people_.end() ? nothing : found->second;
}

const AttemptRecord* History::attempt(const AttemptId& id) const
{
    const auto found = attempts_.find(id);
    return found == attempts_.end() ? nullptr : &found->second;
}

std::vector<const AttemptRecord*> History::open_attempts() const
{
    std::vector<const AttemptRecord*> open;
    for (const auto& id : open_) open.push_back(&attempts_.at(id));
    return open;
}

std::set<ItemId> History::tired_items(const TestId& test, int percent) const
{
    constexpr int least_forms = 10;
    int forms = 0;
    std::map<ItemId, int> shown;
    for (const auto& [id, attempt] : attempts_) {
        const auto* started = attempt.test == test && !attempt.facts.empty() ? std::get_if<quizzes::AttemptStarted>(&attempt.facts.front()) : nullptr;
        if (!started) continue;
        ++forms;
        for (const auto& each : started->items) ++shown[each.item];
    }
    std::set<ItemId> tired;
    if (percent <= 0 || forms < least_forms) return tired;
    for (const auto& [item, times] : shown)
        if (times * 100 > forms * percent) tired.insert(item);
    return tired;
}

const AttemptRecord* History::open_attempt_of(const PersonId& person) const
{
    for (const auto* attempt : open_attempts())
        if (attempt->person == person) return attempt;
    return nullptr;
}

} // namespace adal::app
