#include "app/terminal.hpp"
#include "sync/link/succession.hpp"

namespace adal::app {
namespace {

struct Opened {
    std::unique_ptr<sync::KeyPair> key;
    sync::Journal journal;
};

Expected<Opened> open_journal(const sync::TerminalFolder& folder, const Clock& clock)
{
    if (const auto completed = sync::complete_succession(folder); !completed) return completed.error();
    auto key = sync::KeyPair::open(folder.key());
    if (!key) return key.error();
    auto kept_key = std::make_unique<sync::KeyPair>(std::move(*key));
    auto journal = sync::Journal::open(folder.journal(), *kept_key, clock);
    if (!journal) return journal.error();
    return Opened{std::move(kept_key), std::move(*journal)};
}

} // namespace

bool is_enrolled(const sync::TerminalFolder& folder)
{
    return std::filesystem::exists(folder.journal()) || std::filesystem::exists(folder.journals());
}

Expected<Terminal> Terminal::open(const sync::TerminalFolder& folder, const Clock& clock)
{
    if (!is_enrolled(folder)) return fail(ErrorKind::NotFound, "trouble.not_enrolled", {{"path", folder.root.string()}});
    auto lock = sync::lock_folder(folder.root);
    if (!lock) return lock.error();
    auto opened = open_journal(folder, clock);
    if (!opened) return opened.error();
    auto beside = sync::Beside::open(folder.beside());
    if (!beside) return beside.error();
    auto enrolment = sync::read_enrolment(*beside);
    if (!enrolment) return enrolment.error();
    Terminal terminal{folder, clock, std::move(*lock), std::move(opened->key), std::move(opened->journal), std::move(*beside), std::move(*enrolment)};
    if (const auto replayed = terminal.replay(); !replayed) return replayed.error();
    if (const auto loaded = terminal.reload(); !loaded) return loaded.error();
    if (const auto loaded = terminal.renew_library(); !loaded) return loaded.error();
    return terminal;
}

Terminal::Terminal(sync::TerminalFolder folder, const Clock& clock, sync::FolderLock lock, std::unique_ptr<sync::KeyPair> key,
                   sync::Journal journal, sync::Beside beside, sync::Enrolment enrolment)
    : folder_(std::move(folder)), clock_(&clock), lock_(std::move(lock)), key_(std::move(key)), journal_(std::move(journal)),
      beside_(std::move(beside)), enrolment_(std::move(enrolment))
{}

// The journals before the present one first: an attempt that began in one goes on in the next.
Expected<Done> Terminal::replay()
{
    const auto before = sync::predecessors(folder_, journal_);
    if (!before) return before.error();
    history_ = {};
    closed_.clear();
    united_.clear();
    for (const auto& journal : *before) {
        if (const auto replayed = replay(journal, this->before()); !replayed) return replayed;
        closed_.push_back({journal.id(), this->before(), journal.head().seq});
    }
    if (const auto replayed = replay(journal_, this->before()); !replayed) return replayed;
    watch_ = ClockWatch{history_.last()};
    succeeded_at_.reset();
    if (!journal_.continues()) return Done{};
    const auto first = journal_.read_after(0, 1);
    if (!first) return first.error();
    succeeded_at_ = first->front().moment.at;
    return Done{};
}

Expected<Done> Terminal::replay(const sync::Journal& journal, std::uint64_t before)
{
    constexpr std::size_t page = 1000;
    for (std::uint64_t seq = 0; seq < journal.head().seq;) {
        const auto rows = journal.rows_after(seq, page);
        if (!rows) return rows.error();
        for (const auto& row : *rows) {
            auto event = sync::to_event(row);
            event.seq += before;
            history_.apply(event, row.hash);
        }
        if (rows->empty()) break;
        seq = rows->back().seq;
    }
    return Done{};
}

std::uint64_t Terminal::before() const { return closed_.empty() ? 0 : closed_.back().before + closed_.back().rows; }

Expected<Done> Terminal::append(const Actor& actor, const std::vector<sync::Fact>& facts)
{
    if (closed_for_good_) return *closed_for_good_;
    watch_clock();
    const auto recorded = journal_.append(actor, facts);
    if (!recorded) return recorded.error();
    fold(*recorded);
    return Done{};
}

// Their hashes tell them from what HQ tells of her. Should the disk not read back what it has just written, only the next start knows them.
void Terminal::fold(const std::vector<sync::Event>& recorded)
{
    if (recorded.empty()) return;
    const auto rows = journal_.rows_after(recorded.front().seq - 1, recorded.size());
    for (std::size_t i = 0; i < recorded.size(); ++i) {
        auto event = recorded[i];
        event.seq += before();
        history_.apply(event, rows && i < rows->size() ? (*rows)[i].hash : Hash{});
    }
}

// A jump that the disk refuses to note still shows in the two times of the next fact.
bool Terminal::watch_clock()
{
    const auto now = clock_->now();
    const auto jump = watch_.look(now);
    if (!jump || closed_for_good_) return false;
    const auto recorded = journal_.append(id(), {sync::ClockStepped{jump->count()}});
    if (!recorded) return false;
    watch_.noted(now);
    fold(*recorded);
    return true;
}

Expected<Done> Terminal::reload()
{
    std::vector<Receipts::Part> parts;
    for (const auto& each : closed_) parts.push_back({each.id, each.before});
    parts.push_back({journal_.id(), before()});
    receipts_ = Receipts::read(beside_, parts);
    const auto state = sync::read_sync_state(beside_);
    hq_clock_ = state.clock;
    must_succeed_ = state.forked && state.forked->journal == journal_.id();
    is_withdrawn_ = sync::read_revocation(beside_).has_value();
    if (auto enrolment = sync::read_enrolment(beside_)) enrolment_ = std::move(*enrolment); // HQ's keys may be new
    if (is_withdrawn_) {
        roster_ = {};
        library_ = {};
        return Done{};
    }
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

std::uint64_t Terminal::place() const { return before() + journal_.head().seq; }

std::uint64_t Terminal::unsent() const
{
    std::uint64_t sum = 0;
    const auto add = [&](std::uint64_t rows, std::size_t part) { sum += rows > receipts_.head(part) ? rows - receipts_.head(part) : 0; };
    for (std::size_t i = 0; i < closed_.size(); ++i) add(closed_[i].rows, i);
    add(journal_.head().seq, closed_.size());
    return sum;
}

UtcTime Terminal::time() const
{
    const auto now = clock_->now();
    if (hq_clock_ && hq_clock_->boot == now.boot) return from_ms(hq_clock_->hq_ms) + (now.uptime - Elapsed{hq_clock_->uptime_ms});
    return std::max(now.at, roster_.as_of);
}

namespace {

/// HQ's clock minus this machine's, in the boot of `recorded`.
Elapsed offset(std::int64_t hq_ms, std::int64_t uptime_ms, const Moment& recorded)
{
    return from_ms(hq_ms) - (recorded.at - (recorded.uptime - Elapsed{uptime_ms}));
}

} // namespace

Expected<Done> Terminal::compare_clocks()
{
    const auto now = clock_->now();
    if (!hq_clock_ || hq_clock_->boot != now.boot) return Done{};
    const auto& reading = *hq_clock_;
    if (const auto& known = history_.comparison(); known && known->recorded.boot == now.boot) {
        const auto moved = offset(reading.hq_ms, reading.uptime_ms, now) - offset(known->fact.hq_ms, known->fact.uptime_ms, known->recorded);
        const Elapsed doubt{2000 + reading.uncertainty_ms + known->fact.uncertainty_ms};
        if (std::chrono::abs(moved) <= doubt) return Done{};
    }
    return append(id(), {sync::ClockCompared{reading.hq_ms, reading.uptime_ms, reading.uncertainty_ms}});
}

void Terminal::unite(const PersonId& person)
{
    const auto stored = beside_.feed_of(person);
    if (!stored || !*stored) return;
    const auto as_it_came = sync::sha256(**stored);
    if (const auto known = united_.find(person); known != united_.end() && known->second == as_it_came) return;
    const auto keys = sync::site_keys(*key_, enrolment_, beside_);
    if (!keys) return;
    const auto told = sync::read_feed(beside_, person, *keys);
    if (!told) return; // what cannot be read comes again; until then what she did here counts
    history_.unite(person, *told);
    united_.insert_or_assign(person, as_it_came);
}

Expected<Done> Terminal::succeed(Random& random)
{
    const auto begun = sync::begin_successor(folder_, journal_, *key_, beside_, *clock_, random);
    if (const auto there = sync::Journal::read_only(folder_.journal()); !begun && there && there->id() == journal_.id())
        return begun; // as before
    if (const auto opened = reopen(); !opened) {
        close_for_good(opened.error());
        return opened;
    }
    static_cast<void>(sync::clear_forked(beside_)); // it names a journal that is closed: nobody minds it any more
    return reload();
}

Expected<Done> Terminal::reopen()
{
    auto opened = open_journal(folder_, *clock_);
    if (!opened) return opened.error();
    journal_ = std::move(opened->journal);
    key_ = std::move(opened->key);
    std::vector<PersonId> people;
    for (const auto& [person, entry] : united_) people.push_back(person);
    if (const auto replayed = replay(); !replayed) return replayed;
    for (const auto& person : people) unite(person);
    return Done{};
}

} // namespace adal::app
