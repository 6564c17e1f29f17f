#include "app/doorkeeper.hpp"
#include "app/refusals.hpp"
#include <sstream>

namespace adal::app {
namespace {

/// Wrong ones before a new code do not count against it. Which code they were typed under is noted beside the journal;
/// without the note all count.
struct Mark {
    std::int64_t reset = 0;
    int before = 0;
};
std::string name_of(const PersonId& person) { return "kiosk.refusals." + person.text; }

std::optional<Mark> read_mark(const sync::Beside& beside, const PersonId& person)
{
    const auto stored = beside.get(name_of(person));
    if (!stored) return std::nullopt;
    Mark mark;
    std::istringstream in{text_of(*stored)};
    if (!(in >> mark.reset >> mark.before)) return std::nullopt;
    return mark;
}

Expected<Done> write_mark(sync::Beside& beside, const PersonId& person, const Mark& mark)
{
    return beside.put(name_of(person), bytes_of(std::to_string(mark.reset) + " " + std::to_string(mark.before)));
}
} // namespace

sync::Verifier Doorkeeper::verifier_of(const sync::Person& person) const
{
    auto verifier = person.verifier;
    const auto here = terminal_->beside().pin_of(person.id);
    if (!here || std::pair{here->reset, here->counter} < std::pair{verifier.reset, verifier.counter}) return verifier;
    return {here->verifier, here->reset, here->counter, {}, {}};
}

Proof Doorkeeper::proof_of(const sync::Person& person) const
{
    const auto verifier = verifier_of(person);
    if (!verifier.one_time_code.empty() && (verifier.counter == 0 || verifier.pin.empty())) {
        const bool is_over = verifier.code_expires && *verifier.code_expires <= terminal_->time();
        return is_over ? Proof::ExpiredCode : Proof::OneTimeCode;
    }
    return verifier.pin.empty() ? Proof::Nothing : Proof::Pin;
}

bool Doorkeeper::accepts(const sync::Person& person, std::string_view digits) const
{
    const auto verifier = verifier_of(person);
    switch (proof_of(person)) {
    case Proof::Pin:
        return sync::password_matches(verifier.pin, digits);
    case Proof::OneTimeCode:
        return sync::password_matches(verifier.one_time_code, digits);
    default:
        return false;
    }
}

int Doorkeeper::refusals_of(const sync::Person& person) const
{
    const int all = terminal_->history().of(person.id).refusals.count();
    const auto mark = read_mark(terminal_->beside(), person.id);
    if (!mark || all == 0) return all;
    const auto reset = verifier_of(person).reset;
    if (reset > mark->reset) return 0;
    return std::max(0, all - mark->before);
}

Patience Doorkeeper::patience(const sync::Person& person) const
{
    const int count = refusals_of(person);
    Patience patience;
    patience.is_locked = count >= Refusals::most;
    patience.tries_left = std::max(0, Refusals::most - count);
    const auto& last = terminal_->history().of(person.id).refusals.last();
    if (patience.is_locked || !last) return patience;
    const auto left = left_of_pause(count, *last, clock_->now());
    patience.wait_seconds = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
    return patience;
}

Expected<Done> Doorkeeper::refuse(const sync::Person& person)
{
    const auto reset = verifier_of(person).reset;
    const auto mark = read_mark(terminal_->beside(), person.id);
    const int all = terminal_->history().of(person.id).refusals.count();
    if (!mark || mark->reset < reset || all == 0)
        if (const auto written = write_mark(terminal_->beside(), person.id, {reset, mark ? all : 0}); !written)
            return written;
    return terminal_->append(terminal_->id(), {sync::SignInRefused{person.id}});
}

// The verifier first: were the fact first, a power cut between the two would leave her with a PIN that nobody knows.
Expected<Done> Doorkeeper::set_pin(const sync::Person& person, std::string_view pin, const sync::SignedIn& sign_in)
{
    const auto verifier = verifier_of(person);
    const sync::PinSet set{verifier.reset, verifier.counter + 1};
    const auto kept =
        terminal_->beside().put(sync::Beside::PinVerifier{person.id, set.reset, set.counter, sync::password_hash(pin)});
    if (!kept) return kept;
    return terminal_->append(person.id, {set, sign_in});
}

} // namespace adal::app
