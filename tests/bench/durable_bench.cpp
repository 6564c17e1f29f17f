// From the tap on an option to the answer being durable, beside the disk's own fdatasync in the same run and the same folder.
// Prints one JSON line. Never a test: a disk's figures swing with the hour, so only the ratio says something about us.
#include "app/kiosk.hpp"
#include "sync/keys/keys.hpp"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <functional>
#include <iostream>
#include <unistd.h>

namespace {
using namespace adal;
using namespace adal::screens;
using Microseconds = std::chrono::duration<double, std::micro>;

double timed(const std::function<void()>& act)
{
    const auto start = std::chrono::steady_clock::now();
    act();
    return Microseconds(std::chrono::steady_clock::now() - start).count();
}

struct Spread {
    double median, p99;
};
Spread spread(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

/// One page of 4 KiB and an fdatasync: the least that any durable answer can cost on this disk.
double bare_write(int file)
{
    static const std::string page(4096, 'x');
    return timed([&] {
        if (::write(file, page.data(), page.size()) < 0 || ::fdatasync(file) != 0) std::perror("fdatasync");
    });
}

double tap(Kiosk& kiosk, int turn)
{
    const auto& screen = std::get<ItemScreen>(kiosk.screen());
    const SelectChoice choice{screen.item, screen.options[static_cast<std::size_t>(turn) % screen.options.size()].choice};
    return timed([&] { kiosk.handle(choice); });
}

/// An enrolled folder with a signed-in person in an open test is handed in: tests/bench/run prepares it through `drive`.
int measure(const std::filesystem::path& folder, const std::string& number, const std::string& pin)
{
    const auto strings = language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets/strings");
    if (!strings) return 1;
    SystemClock clock;
    sync::SystemRandom random;
    auto kiosk = Kiosk::open({folder}, *strings, clock, random);
    if (!kiosk) {
        std::cerr << kiosk.error().message() << '\n';
        return 1;
    }
    const auto type = [&](const std::string& digits) {
        for (char digit : digits) kiosk->handle(TypeDigit{digit - '0'});
        kiosk->handle(Confirm{});
    };
    kiosk->handle(BeginSignIn{});
    type(number);
    type(pin);
    if (!std::holds_alternative<ItemScreen>(kiosk->screen())) {
        std::cerr << "no test is open; on the screen: " << name_of(kiosk->screen()) << '\n';
        return 1;
    }
    const auto path = folder / "bare";
    const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
    std::vector<double> taps, bare;
    for (int turn = 0; turn < 300; ++turn) { // in turns, so that both see the same disk
        taps.push_back(tap(*kiosk, turn));
        bare.push_back(bare_write(file));
    }
    ::close(file);
    ::unlink(path.c_str());
    const auto ours = spread(taps), disk = spread(bare);
    std::printf(R"({"tap_median_us":%.0f,"tap_p99_us":%.0f,"fdatasync_median_us":%.0f,"fdatasync_p99_us":%.0f,"ratio":%.2f})" "\n",
                ours.median, ours.p99, disk.median, disk.p99, ours.median / disk.median);
    return 0;
}
} // namespace

int main(int count, char** arguments)
{
    if (count != 4) {
        std::cerr << "usage: durable_bench FOLDER NUMBER PIN\n";
        return 2;
    }
    return measure(arguments[1], arguments[2], arguments[3]);
}
