#pragma once
#include "sync/hq/intake.hpp"
#include "sync/hq/people.hpp"
#include "sync/hq/setup.hpp"
#include "sync/link/terminal_link.hpp"
#include "tests/support/counted_random.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/sync/database/postgres_cluster.hpp"
#include <doctest/doctest.h>

namespace adal::tests {

namespace hq = sync::hq;

inline const PersonId aigerim{"p-000001"}; // of the demo roster

/// A whole HQ in a temporary folder, with the demo roster: one site of it is `balkhash`, one person of it p-000001,
/// number 204117.
struct Headquarters {
    support::TemporaryFolder root;
    support::ManualClock clock;
    support::SeededRandom random{20261122};
    hq::HqFolder folder{root.path() / "hq"};
    hq::Founded founded;
    std::optional<hq::HqKeys> keys;
    hq::StorePool stores{[this] { return hq::open_store(folder); }};
    std::unique_ptr<hq::Intake> intake;

    explicit Headquarters(const std::string& postgres = "");

    std::string invite(const std::string& site = "balkhash");
    std::int64_t count(const std::string& table); // rows
    std::string pages();                          // every projection as text
    /// Three duties without packs: "code" (10 days), "speak-up" (21 days), "probation-test" (14 days before probation
    /// ends, three attempts).
    void teach();
    hq::Teaching teaching;
};

/// The same story on both stores; PostgreSQL only where it is installed.
template <class Story> void on_both_stores(Story story)
{
    SUBCASE("SQLite")
    {
        Headquarters headquarters;
        story(headquarters);
    }
    SUBCASE("PostgreSQL")
    {
        auto* cluster = PostgresCluster::shared();
        if (!cluster) {
            MESSAGE("PostgreSQL is not installed");
            return;
        }
        auto connection = sync::connect_postgres(cluster->url()).value();
        REQUIRE(connection->script("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
        Headquarters headquarters{cluster->url()};
        story(headquarters);
    }
}

/// A real terminal's folder, enrolled over a road that may lose things.
struct Terminal {
    Headquarters& headquarters;
    support::TemporaryFolder root;
    sync::TerminalFolder folder{root.path()};
    sync::Enrolment enrolment;
    std::unique_ptr<sync::KeyPair> key;
    std::unique_ptr<sync::Journal> journal;
    std::unique_ptr<sync::Beside> beside;

    explicit Terminal(Headquarters&);
    Terminal(Terminal& cloned_disk, int); // the same folder, copied

    void open();
    void record(const PersonId&, const std::vector<sync::Fact>&);
    void finish_module(const PersonId&, int pages = 3);
    void pass_test(const PersonId&, int points, bool passed);
    Expected<sync::Exchanged> exchange(sync::Road&, std::size_t batch_limit = 500);
    Expected<sync::Exchanged> exchange() { return exchange(*headquarters.intake); }
    sync::ExchangeRequest request() const; // everything after the last receipt
    Bytes envelope(const sync::ExchangeRequest&) const;
};

/// Loses the next so many replies after HQ has done its work, and keeps the last request that went up.
class LossyRoad final : public sync::Road {
public:
    explicit LossyRoad(sync::Road& road) : road_(road) {}
    int replies_to_lose = 0;
    Bytes last_request;

    Expected<Bytes> keys() override { return road_.keys(); }
    Expected<Bytes> enrol(BytesView request) override { return lose(road_.enrol(request)); }
    Expected<Bytes> exchange(BytesView request) override
    {
        last_request.assign(request.begin(), request.end());
        return lose(road_.exchange(request));
    }
    Expected<Done> fetch(const BlobQuestion& question, const Sink& sink) override { return road_.fetch(question, sink); }
    Expected<Done> put_blob(const Hash& hash, BytesView bytes, const Bytes& authorisation) override
    {
        return lose(road_.put_blob(hash, bytes, authorisation));
    }
    Expected<Bytes> bundle(BytesView bytes) override { return lose(road_.bundle(bytes)); }

private:
    template <class T> Expected<T> lose(Expected<T> reply)
    {
        if (replies_to_lose-- > 0) return fail(ErrorKind::Unavailable, "link.unreachable");
        return reply;
    }
    sync::Road& road_;
};

/// Publishes the small library of tests/support; `extra` is added to its module.
void publish(Headquarters&, const char* extra = "");

} // namespace adal::tests
