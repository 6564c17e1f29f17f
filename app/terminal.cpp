#include "app/terminal.hpp"

namespace adal::app {

Expected<Terminal> Terminal::open(const sync::TerminalFolder& folder, const Clock& clock)
{
    if (!std::filesystem::exists(folder.journal()))
        return fail(ErrorKind::NotFound, "trouble.not_enrolled", {{"path", folder.root.string()}});
    auto lock = sync::lock_folder(folder.root);
    if (!lock) return lock.error();
    auto key = sync::KeyPair::open(folder.key());
    if (!key) return key.error();
    auto kept_key = std::make_unique<sync::KeyPair>(std::move(*key));
    auto journal = sync::Journal::open(folder.journal(), *kept_key, clock);
    if (!journal) return journal.error();
    auto beside = sync::Beside::open(folder.beside());
    if (!beside) return beside.error();
    auto enrolment = sync::read_enrolment(*beside);
    if (!enrolment) return enrolment.error();
    Terminal terminal{
        folder, std::move(*lock), std::move(kept_key), std::move(*journal), std::move(*beside), std::move(*enrolment)};
    if (const auto replayed = terminal.replay(); !replayed) return replayed.error();
    if (const auto loaded = terminal.reload(); !loaded) return loaded.error();
    if (const auto loaded = terminal.renew_library(); !loaded) return loaded.error();
    return terminal;
}

Terminal::Terminal(sync::TerminalFolder folder, sync::FolderLock lock, std::unique_ptr<sync::KeyPair> key,
                   sync::Journal journal, sync::Beside beside, sync::Enrolment enrolment)
    : folder_(std::move(folder)), lock_(std::move(lock)), key_(std::move(key)), journal_(std::move(journal)),
      beside_(std::move(beside)), enrolment_(std::move(enrolment))
{}

Expected<Done> Terminal::replay()
{
    constexpr std::size_t page = 1000;
    for (std::uint64_t seq = 0; seq < journal_.head().seq;) {
        const auto events = journal_.read_after(seq, page);
        if (!events) return events.error();
        for (const auto& event : *events) history_.apply(event);
        if (events->empty()) break;
        seq = events->back().seq;
    }
    return Done{};
}

Expected<Done> Terminal::append(const Actor& actor, const std::vector<sync::Fact>& facts)
{
    const auto recorded = journal_.append(actor, facts);
    if (!recorded) return recorded.error();
    for (const auto& event : *recorded) history_.apply(event);
    return Done{};
}

Expected<Done> Terminal::reload()
{
    if (auto enrolment = sync::read_enrolment(beside_)) enrolment_ = std::move(*enrolment); // HQ's keys may be newer by now
    receipts_ = Receipts::read(beside_, journal_.id());
    return load_roster();
}

Expected<Done> Terminal::load_roster()
{
    auto roster = sync::read_roster(beside_, *key_, enrolment_);
    if (!roster && roster.error().kind == ErrorKind::NotFound) return Done{}; // before the first exchange
    if (!roster) return roster.error();
    roster_ = std::move(*roster);
    is_demo_ = enrolment_.certificate.is_demo || roster_.is_demo;
    return Done{};
}

Expected<Done> Terminal::renew_library()
{
    const auto release = sync::read_release(beside_, enrolment_);
    if (!release && release.error().kind == ErrorKind::NotFound) return Done{}; // before the first exchange
    if (!release) {
        if (!release_) library_ = Library::broken(release.error());
        return Done{};
    }
    const bool is_whole = !library_.trouble() && !library_.bank_trouble();
    if (is_whole && release_ == std::pair{release->incarnation, release->number}) return Done{};
    take(Library::open(*release, folder_.packs()), *release);
    mend();
    if (library_.trouble() || is_installed(*release)) return Done{};
    return append(id(), {sync::ReleaseInstalled{release->incarnation, release->number,
                                                sync::sha256(bytes_of(encode(*release)))}});
}

void Terminal::take(Library opened, const sync::Release& release)
{
    const bool has_a_whole_one = release_ && !library_.trouble();
    if (opened.trouble() && has_a_whole_one) return;
    library_ = std::move(opened);
    release_ = std::pair{release.incarnation, release.number};
}

// A damaged pack comes again with the next exchange. Until then the release before it serves, if its texts are whole.
void Terminal::mend()
{
    const auto is_damaged = [](const std::optional<Error>& trouble) {
        return trouble && trouble->key.starts_with("pack.");
    };
    if (!is_damaged(library_.trouble()) && !is_damaged(library_.bank_trouble())) return;
    static_cast<void>(sync::ask_release_again(beside_)); // refused: asked again at the next start
    const auto before = library_.trouble() ? sync::read_release_before(beside_, enrolment_)
                                           : fail(ErrorKind::NotFound, "link.no_release");
    if (!before) return;
    auto earlier = Library::open(*before, folder_.packs());
    if (!earlier.trouble()) take(std::move(earlier), *before);
}

// The newest fact names it, or the packs in use are of an older one.
bool Terminal::is_installed(const sync::Release& release) const
{
    const auto& installed = history_.release();
    const bool is_in_use = release_ == std::pair{release.incarnation, release.number};
    return !is_in_use ||
           (installed && installed->incarnation == release.incarnation && installed->number == release.number);
}

std::uint64_t Terminal::unsent() const
{
    const auto head = journal_.head().seq;
    return head > receipts_.head() ? head - receipts_.head() : 0;
}

} // namespace adal::app
