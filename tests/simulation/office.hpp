#pragma once
#include "sync/hq/courier.hpp"
#include "sync/hq/dead_disk.hpp"
#include "sync/hq/key_ceremony.hpp"
#include "sync/hq/withdrawal.hpp"
#include "tests/simulation/machine.hpp"
#include "tests/support/seeded_random.hpp"

namespace adal::simulation {

/// HQ: one machine and one database, one or two nodes, each a program of its own over it.
class Office {
public:
    Office(const std::filesystem::path& folder, std::uint64_t seed, std::size_t nodes);
    ~Office();

    Machine machine;
    std::size_t nodes() const { return node_count_; }
    bool is_on() const { return !nodes_.empty(); }
    bool start();              // false: its disk did not let it
    void stop();               // cleanly, or because the power went
    void restart(std::size_t node);
    void replace(const std::filesystem::path& copy); // the disk by an older one; the program is off then
    sync::Road& node(std::size_t number);

    /// Every row of every journal: what a receipt may speak of.
    struct Row {
        std::string journal, kind, body;
        std::uint64_t seq = 0;
    };
    const std::map<Hash, Row>& rows();
    std::string digest(); // of all that endures
    int forgotten() const { return forgotten_; } // how often `rows` began anew: HQ was off, and its disk may have lost something
    /// Nothing that the nodes hold open: a connection beside them.
    sync::hq::Store& reader();

    void begin_incarnation(); // restored in place; the program is off then
    Expected<Done> change_roster();

    /// New keys, signed by the root and installed; a list that could not be installed is tried again first. The nodes start again with them.
    Expected<Done> change_keys(const sync::hq::KeyWishes&, bool hand_over_root = false);
    bool has_keys_to_install() const { return new_keys_.has_value(); }
    std::int64_t key_list() const { return served_list_; } // the number of the newest list that anybody may have heard of

    // --- what its clerks do, each in a program of its own beside the nodes
    Expected<sync::hq::StickTaken> take_in(const sync::Stick&);
    Expected<sync::hq::StickWritten> write_out(sync::Stick&, const std::vector<TerminalId>& named);
    Expected<sync::hq::DeadDisk> take_disk(const std::filesystem::path&);
    Expected<sync::hq::Withdrawal> withdraw(const TerminalId&, bool stolen);
    Expected<sync::hq::Accepted> accept(const TerminalId&);

private:
    struct Node;
    std::unique_ptr<Node> new_node();
    std::size_t node_count_;
    support::SeededRandom random_;
    sync::hq::HqFolder folder_;
    std::vector<std::unique_ptr<Node>> nodes_;
    std::optional<sync::hq::Store> reader_;
    std::map<Hash, Row> rows_;
    std::int64_t rows_upto_ = 0;
    int forgotten_ = 0;
    std::optional<sync::SignedKeys> new_keys_;
    std::vector<sync::KeyPair> roots_; // where the root keys lie; the last is the one in use
    std::int64_t served_list_ = 0;
};

} // namespace adal::simulation
