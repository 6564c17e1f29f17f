#pragma once
#include "app/screens/intents.hpp"
#include "app/screens/states.hpp"
#include "app/screens/words.hpp"
#include "content/base/clock.hpp"
#include "content/base/random.hpp"
#include "sync/link/terminal_link.hpp"
#include <memory>

namespace adal {

/// The terminal without a window: takes intents, writes facts, prepares what is shown. Every rule is tested here.
///
/// First the disk, then the screen: an intent becomes facts, the facts are durable, then the fold and the screen
/// change; if the disk refuses, the screen stays and a notice says so. Starting is replaying: who is signed in, an
/// attempt under way, pages read are folds of the journal.
class Kiosk {
public:
    /// Opens a terminal's folder: lock, key, journal, roster, packs. Conflict if another program holds it; Corrupt
    /// names the first bad fact. `usual` is the language of the signed-out screen.
    static Expected<Kiosk> open(const sync::TerminalFolder&, const language::Strings&, const Clock&, Random&,
                                Language usual = Language::kk);

    const screens::State& screen() const;
    const screens::Surround& surround() const;

    /// What a person wants. Whatever does not fit the screen of the moment (a late tap) is ignored.
    void handle(const screens::Intent&);

    /// Time passes: countdown, auto-submit, delays after wrong PINs, the heartbeat, the header's clock. True if what is
    /// shown has changed.
    bool tick();
    /// How long nothing will change by itself.
    Elapsed wait_time() const;

    /// After an exchange in the background: reads receipt, roster and release anew, records what was installed. True if
    /// what is shown has changed.
    bool synced();
    /// Something was written since the last exchange.
    bool has_news() const;
    std::uint64_t unsent() const;
    /// HQ has withdrawn this terminal, or its journal cannot be gone on with before the next start: nothing more is accepted, and the
    /// screen says why.
    const std::optional<Error>& stopped() const;

    const sync::Journal& journal() const;

    Kiosk(Kiosk&&) noexcept;
    Kiosk& operator=(Kiosk&&) noexcept;
    ~Kiosk();

private:
    class Impl;
    explicit Kiosk(std::unique_ptr<Impl>);
    std::unique_ptr<Impl> impl_;
};

} // namespace adal
