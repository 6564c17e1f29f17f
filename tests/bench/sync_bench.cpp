// Acts of a terminal for measure_sync.py: `record FOLDER FACTS` fills its journal as busy people do; `exchange FOLDER URL` speaks with HQ until it has
// everything, and prints how that went as one JSON line. `round_trip URL` is the same road with nothing to do at its end.
#include "sync/link/terminal_link.hpp"
#include "tests/bench/fact_mix.hpp"
#include <fmt/format.h>
#include <iostream>

namespace {
using namespace adal;
using namespace adal::sync;
using Milliseconds = std::chrono::duration<double, std::milli>;

Milliseconds since(std::chrono::steady_clock::time_point start) { return std::chrono::steady_clock::now() - start; }

int told(const Error& error)
{
    std::cerr << error.message() << '\n';
    return 1;
}

int record(const TerminalFolder& folder, std::uint64_t facts)
{
    const auto key = KeyPair::open(folder.key());
    if (!key) return told(key.error());
    bench::WorkingClock clock;
    auto journal = Journal::open(folder.journal(), *key, clock);
    if (!journal) return told(journal.error());
    const auto beside = Beside::open(folder.beside());
    if (!beside) return told(beside.error());
    const auto enrolment = read_enrolment(*beside);
    if (!enrolment) return told(enrolment.error());
    const auto roster = read_roster(*beside, *key, *enrolment);
    if (!roster) return told(roster.error());
    std::vector<PersonId> people;
    for (const auto& person : roster->people) people.push_back(person.id);
    const auto before = journal->head().seq;
    const auto written = bench::FactMix{*journal, clock, people, SystemClock{}.now().at}.write(facts);
    if (!written) return told(written.error());
    fmt::print("{{\"facts\":{}}}\n", journal->head().seq - before);
    return 0;
}

/// HQ answers this one from memory: what it takes is the road.
int round_trip(const std::string& url)
{
    const auto road = http_road(url);
    constexpr int times = 100;
    if (const auto keys = road->keys(); !keys) return told(keys.error()); // the connection is made
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < times; ++i)
        if (const auto keys = road->keys(); !keys) return told(keys.error());
    fmt::print("{{\"ms\":{:.3f}}}\n", since(start).count() / times);
    return 0;
}

int exchange(const TerminalFolder& folder, const std::string& url)
{
    const auto key = KeyPair::open(folder.key());
    if (!key) return told(key.error());
    const auto journal = Journal::read_only(folder.journal());
    if (!journal) return told(journal.error());
    auto beside = Beside::open(folder.beside());
    if (!beside) return told(beside.error());
    const auto enrolment = read_enrolment(*beside);
    if (!enrolment) return told(enrolment.error());
    const SystemClock clock;
    const auto road = http_road(url);
    const auto start = std::chrono::steady_clock::now();
    const auto exchanged = sync::exchange(folder, *journal, *beside, *key, *enrolment, *road, clock);
    const auto took = since(start);
    if (!exchanged) return told(exchanged.error());
    fmt::print(R"({{"sent":{},"requests":{},"bytes_up":{},"bytes_down":{},"ms":{:.2f}}})" "\n", exchanged->sent, exchanged->requests,
               exchanged->bytes_up, exchanged->bytes_down, took.count());
    return 0;
}
} // namespace

int main(int count, char** arguments)
{
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.size() == 3 && words[0] == "record") return record({words[1]}, std::stoull(words[2]));
    if (words.size() == 3 && words[0] == "exchange") return exchange({words[1]}, words[2]);
    if (words.size() == 2 && words[0] == "round_trip") return round_trip(words[1]);
    std::cerr << "usage: sync_bench record FOLDER FACTS | exchange FOLDER URL | round_trip URL\n";
    return 2;
}
