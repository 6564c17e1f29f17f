#include "app/kiosk.hpp"
#include "app/clock_watch.hpp"
#include "app/header.hpp"
#include "app/journey.hpp"
#include "content/language/dates.hpp"

namespace adal {

using namespace app;

/// Joins the pieces: memory (Terminal), the way of a person (Journey), attempts under way (Sittings), the header.
class Kiosk::Impl {
public:
    Impl(Terminal terminal, const language::Strings& strings, const Clock& clock, Random& random, Language usual)
        : terminal_(std::move(terminal)), desk_{terminal_, strings, clock, random, usual, Visit{usual}},
          sittings_(terminal_, clock), watch_(terminal_.history().last()), journey_(desk_)
    {}

    Expected<Done> begin();
    void handle(const screens::Intent&);
    bool tick();
    Elapsed wait_time() const;
    bool synced();

    const Terminal& terminal() const { return terminal_; }
    const screens::State& screen() const { return screen_; }
    const screens::Surround& surround() const { return surround_; }
    bool has_news() const { return terminal_.journal().head().seq > seen_by_exchange_; }

private:
    Terminal terminal_;
    Desk desk_;
    Sittings sittings_;
    ClockWatch watch_;
    Journey journey_;
    screens::State screen_;
    screens::Surround surround_;
    std::string pulse_;
    std::uint64_t seen_by_exchange_ = 0;
    bool may_be_renewed_ = false; // a newer release may be here

    void present();
    void renew_if_possible();
    bool watch_clock();
};

// What the last life of the program left open is closed before anybody touches the screen.
Expected<Done> Kiosk::Impl::begin()
{
    watch_clock();
    if (const auto person = terminal_.history().signed_in())
        if (const auto out = terminal_.append(*person, {sync::SignedOut{sync::SignOutReason::Restart}}); !out)
            return out;
    if (const auto started = terminal_.append(terminal_.id(), {sync::TerminalStarted{ADAL_VERSION}}); !started)
        return started;
    if (const auto begun = sittings_.begin(); !begun) return begun;
    if (const auto closed = sittings_.close_expired(); !closed) return closed.error();
    present();
    return Done{};
}

void Kiosk::Impl::handle(const screens::Intent& intent)
{
    journey_.handle(intent);
    renew_if_possible();
    present();
}

void Kiosk::Impl::present()
{
    screen_ = journey_.screen();
    surround_ = app::surround(desk_);
    pulse_ = journey_.pulse();
}

bool Kiosk::Impl::tick()
{
    const auto head = terminal_.journal().head().seq;
    watch_clock();
    journey_.tick();
    static_cast<void>(sittings_.close_expired()); // a disk that refuses is asked again at the next tick
    sittings_.beat();
    const bool has_changed = terminal_.journal().head().seq != head || journey_.pulse() != pulse_ ||
                             language::clock_text(desk_.now().at) != surround_.clock;
    if (has_changed) present();
    return has_changed;
}

// A jump of the wall clock becomes a fact; if the disk refuses it, the next fact's two times still show it.
bool Kiosk::Impl::watch_clock()
{
    const auto jump = watch_.look(desk_.now());
    return jump && terminal_.append(terminal_.id(), {sync::ClockStepped{jump->count()}});
}

Elapsed Kiosk::Impl::wait_time() const
{
    const auto ms = to_ms(desk_.now().at);
    Elapsed wait{60'000 - (ms % 60'000 + 60'000) % 60'000}; // the header's next minute
    if (sittings_.is_running()) wait = std::min(wait, Sittings::beat_every);
    if (journey_.is_counting()) wait = std::min(wait, journey_.to_next_second());
    return wait;
}

bool Kiosk::Impl::synced()
{
    static_cast<void>(terminal_.reload()); // what cannot be read leaves what was there before
    seen_by_exchange_ = terminal_.journal().head().seq;
    may_be_renewed_ = true;
    journey_.person_changed();
    renew_if_possible();
    present();
    return true;
}

// Never under somebody's eyes: a text keeps its version, and an attempt its items, until she is through with it.
void Kiosk::Impl::renew_if_possible()
{
    if (!may_be_renewed_ || !journey_.is_between()) return;
    static_cast<void>(terminal_.renew_library());
    journey_.library_changed();
    may_be_renewed_ = false;
}

Expected<Kiosk> Kiosk::open(const sync::TerminalFolder& folder, const language::Strings& strings, const Clock& clock,
                            Random& random, Language usual)
{
    auto terminal = Terminal::open(folder, clock);
    if (!terminal) return terminal.error();
    auto impl = std::make_unique<Impl>(std::move(*terminal), strings, clock, random, usual);
    if (const auto begun = impl->begin(); !begun) return begun.error();
    return Kiosk{std::move(impl)};
}

const screens::State& Kiosk::screen() const { return impl_->screen(); }
const screens::Surround& Kiosk::surround() const { return impl_->surround(); }
void Kiosk::handle(const screens::Intent& intent) { impl_->handle(intent); }
bool Kiosk::tick() { return impl_->tick(); }
Elapsed Kiosk::wait_time() const { return impl_->wait_time(); }
bool Kiosk::synced() { return impl_->synced(); }
bool Kiosk::has_news() const { return impl_->has_news(); }
std::uint64_t Kiosk::unsent() const { return impl_->terminal().unsent(); }
const sync::Journal& Kiosk::journal() const { return impl_->terminal().journal(); }

Kiosk::Kiosk(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Kiosk::Kiosk(Kiosk&&) noexcept = default;
Kiosk& Kiosk::operator=(Kiosk&&) noexcept = default;
Kiosk::~Kiosk() = default;

} // namespace adal
