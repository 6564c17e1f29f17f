#pragma once
#include "app/kiosk.hpp"
#include "tests/support/terminal_folder.hpp"
#include <doctest/doctest.h>

namespace adal::support {

using namespace adal::screens;

/// Somebody's hands at a terminal: what they touch, and what is then on the screen.
class Hands {
public:
    Hands() : words_(language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets/strings"))
    {
        REQUIRE(words_);
        start();
    }

    TerminalFolder terminal;

    /// The program starts; `kiosk()` is then a new one that has replayed the journal.
    void start()
    {
        auto opened = try_start();
        REQUIRE_MESSAGE(opened, opened.error().message());
        kiosk_ = std::move(*opened);
    }
    Expected<Kiosk> try_start()
    {
        kiosk_.reset();
        return Kiosk::open(terminal.folder(), *words_, terminal.clock, terminal.random, Language::en);
    }
    void stop() { kiosk_.reset(); }
    void power_cut(Elapsed off = std::chrono::hours{2})
    {
        kiosk_.reset();
        terminal.clock.advance(off);
        terminal.clock.reboot();
        start();
    }
    void wait(Elapsed time)
    {
        for (; time > Elapsed{0}; time -= std::chrono::seconds{1}) {
            terminal.clock.advance(std::min<Elapsed>(time, std::chrono::seconds{1}));
            kiosk().tick();
        }
    }

    Kiosk& kiosk() { return *kiosk_; }
    template <class Intent> void want(Intent intent) { kiosk().handle(intent); }
    std::string shown() { return name_of(kiosk().screen()); }
    template <class Screen> const Screen& see()
    {
        const auto* screen = std::get_if<Screen>(&kiosk().screen());
        REQUIRE_MESSAGE(screen, "on the screen: " << shown());
        return *screen;
    }

    void type(const std::string& digits)
    {
        for (const char digit : digits) want(TypeDigit{digit - '0'});
    }
    void enter(const std::string& digits)
    {
        type(digits);
        want(Confirm{});
    }

    void give_number(const std::string& number)
    {
        want(BeginSignIn{});
        enter(number);
    }
    void first_sign_in()
    {
        give_number("204117");
        enter("11223344");
        enter("284617");
        enter("284617");
    }
    void sign_in(const std::string& number = "204117", const std::string& pin = "284617")
    {
        give_number(number);
        enter(pin);
    }
    void read_the_code()
    {
        want(OpenDuty{{"code"}});
        want(GoToSection{2});
        want(GoToSection{3});
        want(ShowAcknowledgement{});
    }
    void begin_test()
    {
        want(OpenDuty{{"probation-test"}});
        want(StartTest{{"probation-test"}});
    }
    /// Answers the item on the screen; the sources' first choice is the right one, of gifts-02 the first two.
    void answer(bool rightly = true)
    {
        const auto item = see<ItemScreen>().item;
        const bool is_statement = item.text == "conflict-01";
        want(SelectChoice{item, {is_statement ? (rightly ? "T" : "F") : rightly ? "A" : "B"}});
        if (item.text == "gifts-02" && rightly) want(SelectChoice{item, {"B"}});
    }
    void answer_all(int right)
    {
        for (int number = 1; number <= 4; ++number) {
            want(GoToItem{number});
            answer(number <= right);
        }
    }
    void submit()
    {
        want(AskToSubmit{});
        want(SubmitTest{});
    }

    /// Kinds of the facts after `seq`.
    std::vector<std::string> facts_after(std::uint64_t seq)
    {
        std::vector<std::string> kinds;
        for (const auto& event : events_after(seq)) kinds.push_back(sync::kind_of(event.fact));
        return kinds;
    }
    std::vector<sync::Event> events_after(std::uint64_t seq)
    {
        auto events = kiosk().journal().read_after(seq, 100000);
        REQUIRE(events);
        return *events;
    }
    std::uint64_t head() { return kiosk().journal().head().seq; }
    template <class Fact> std::vector<Fact> all()
    {
        std::vector<Fact> found;
        for (const auto& event : events_after(0))
            if (const auto* fact = std::get_if<Fact>(&event.fact)) found.push_back(*fact);
        return found;
    }

private:
    Expected<language::Strings> words_;
    std::optional<Kiosk> kiosk_;
};

inline std::string title(const std::optional<Notice>& notice) { return notice ? notice->title : ""; }

} // namespace adal::support
