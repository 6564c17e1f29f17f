#include "app/kiosk.hpp"
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
          sittings_(terminal_, clock), journey_(desk_)
    {}

    Expected<Done> begin();
    void handle(const screens::Intent&);
    bool tick();
    Elapsed wait_time() const;
    bool synced();

    const Terminal& terminal() const { return terminal_; }
    const screens::State& screen() const { return screen_; }
    const screens::Surround& surround() const { return surround_; }
    bool has_news() const { return terminal_.place() > seen_by_exchange_; }
    const std::optional<Error>& stopped() const { return stopped_; }

private:
    Terminal terminal_;
    Desk desk_;
    Sittings sittings_;
    Journey journey_;
    screens::State screen_;
    screens::Surround surround_;
    std::string pulse_;
    std::uint64_t seen_by_exchange_ = 0;
    bool may_be_renewed_ = false; // a newer release may be here
    std::optional<Error> stopped_;

    void present();
    void renew_if_possible();
    void succeed_if_needed();
    void withdraw();
    void stop(Error);
    bool tick_stopped();
};

// What the last life of the program left open is closed before anybody touches the screen.
Expected<Done> Kiosk::Impl::begin()
{
    terminal_.watch_clock();
    if (const auto person = terminal_.history().signed_in())
        if (const auto out = terminal_.append(*person, {sync::SignedOut{sync::SignOutReason::Restart}}); !out)
            return out;
    if (terminal_.is_withdrawn()) {
        withdraw();
        return Done{};
    }
    if (const auto started = terminal_.append(terminal_.id(), {sync::TerminalStarted{ADAL_VERSION}}); !started)
        return started;
    if (const auto compared = terminal_.compare_clocks(); !compared) return compared;
    if (const auto begun = sittings_.begin(); !begun) return begun;
    if (const auto closed = sittings_.close_expired(); !closed) return closed.error();
    present();
    return Done{};
}

void Kiosk::Impl::handle(const screens::Intent& intent)
{
    journey_.handle(intent);
    if (!stopped_) renew_if_possible();
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
    if (stopped_) return tick_stopped();
    const auto place = terminal_.place();
    terminal_.watch_clock();
    succeed_if_needed();
    if (stopped_) return true;
    journey_.tick();
    static_cast<void>(sittings_.close_expired()); // a disk that refuses is asked again at the next tick
    sittings_.beat();
    const bool has_changed = terminal_.place() != place || journey_.pulse() != pulse_ ||
                             language::clock_text(desk_.time()) != surround_.clock;
    if (has_changed) present();
    return has_changed;
}

bool Kiosk::Impl::tick_stopped()
{
    const bool has_changed = language::clock_text(desk_.time()) != surround_.clock;
    if (has_changed) present();
    return has_changed;
}

// Between two appends of the one thread that writes. While an exchange is reading the journal it is tried again a little later.
void Kiosk::Impl::succeed_if_needed()
{
    if (!terminal_.must_succeed()) return;
    const auto done = terminal_.succeed(desk_.random);
    if (!done && done.error().kind != ErrorKind::Unavailable) stop(done.error());
}

// She is signed out, and nothing more is accepted: what was recorded stays, people and materials are gone from the disk.
void Kiosk::Impl::withdraw()
{
    if (stopped_) return;
    if (desk_.visit.person) static_cast<void>(desk_.record({sync::SignedOut{sync::SignOutReason::Restart}}));
    stop(fail(ErrorKind::Denied, "link.revoked"));
}

void Kiosk::Impl::stop(Error error)
{
    stopped_ = error;
    terminal_.close_for_good(error);
    desk_.visit = Visit{desk_.usual};
    journey_.stop(std::move(error));
    present();
}

Elapsed Kiosk::Impl::wait_time() const
{
    const auto ms = to_ms(desk_.time());
    Elapsed wait{60'000 - (ms % 60'000 + 60'000) % 60'000}; // the header's next minute
    if (stopped_) return wait;
    if (terminal_.must_succeed()) wait = std::min(wait, Elapsed{1000});
    if (sittings_.is_running()) wait = std::min(wait, Sittings::beat_every);
    if (journey_.is_counting()) wait = std::min(wait, journey_.to_next_second());
    return wait;
}

bool Kiosk::Impl::synced()
{
    static_cast<void>(terminal_.reload()); // what cannot be read leaves what was there before
    if (terminal_.is_withdrawn()) withdraw();
    if (stopped_) return true;
    seen_by_exchange_ = terminal_.place();
    may_be_renewed_ = true;
    succeed_if_needed();
    if (stopped_) return true;
    static_cast<void>(terminal_.compare_clocks()); // refused: with the next exchange
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
const std::optional<Error>& Kiosk::stopped() const { return impl_->stopped(); }
std::uint64_t Kiosk::unsent() const { return impl_->terminal().unsent(); }
const sync::Journal& Kiosk::journal() const { return impl_->terminal().journal(); }

Kiosk::Kiosk(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Kiosk::Kiosk(Kiosk&&) noexcept = default;
Kiosk& Kiosk::operator=(Kiosk&&) noexcept = default;
Kiosk::~Kiosk() = default;

} // namespace adal
