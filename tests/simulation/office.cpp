#include "tests/simulation/office.hpp"
#include "sync/hq/backup.hpp"
#include "sync/hq/journals.hpp"
#include "tests/simulation/demand.hpp"

namespace adal::simulation {

using namespace sync;

struct Office::Node {
    Node(const hq::HqFolder& folder, hq::HqKeys opened, const Clock& clock, Random& random)
        : keys(std::move(opened)), stores([&folder] { return hq::open_store(folder); }), intake(stores, folder, keys, clock, random)
    {}
    hq::HqKeys keys;
    hq::StorePool stores;
    hq::Intake intake;
};

Office::Office(const std::filesystem::path& folder, std::uint64_t seed, std::size_t nodes)
    : machine("hq", folder, seed), node_count_(nodes), random_(seed + 1), folder_{folder}
{}
Office::~Office() = default;

std::unique_ptr<Office::Node> Office::new_node()
{
    auto keys = need(hq::open_keys(folder_), "HQ's keys");
    served_list_ = std::max(served_list_, keys.list.list.number);
    return std::make_unique<Node>(folder_, std::move(keys), machine.clock, random_);
}

bool Office::start()
{
    if (machine.disk.is_dead()) {
        machine.disk.power_on();
        machine.reboot();
    }
    for (std::size_t i = 0; i < node_count_; ++i) nodes_.push_back(new_node());
    const auto faults = machine.disk.faults();
    for (auto& node : nodes_) {
        const auto store = node->stores.borrow();
        if (store) continue;
        demand(machine.disk.faults() > faults, "HQ does not start: " + store.error().message());
        stop();
        return false;
    }
    return true;
}

void Office::stop()
{
    reader_.reset();
    nodes_.clear();
    rows_.clear();
    rows_upto_ = 0;
    ++forgotten_;
}

void Office::restart(std::size_t number)
{
    nodes_.at(number).reset();
    nodes_.at(number) = new_node();
}

void Office::replace(const std::filesystem::path& copy)
{
    stop();
    new_keys_.reset();
    machine.disk.power_on(); // forgets what the old disk had not synced
    machine.reboot();
    std::filesystem::remove_all(machine.folder);
    copy_folder(copy, machine.folder);
}

Road& Office::node(std::size_t number) { return nodes_.at(number)->intake; }

hq::Store& Office::reader()
{
    if (!reader_) reader_.emplace(need(open_sqlite(folder_.database(), OpenMode::MustExist), "HQ's database"));
    return *reader_;
}

const std::map<Hash, Office::Row>& Office::rows()
{
    const auto upto = need(reader().position(), "HQ's position");
    if (upto == rows_upto_) return rows_;
    for (const auto& row : need(reader().db().query("SELECT hash, journal, kind, body, seq FROM fact WHERE position > $1", {rows_upto_}), "HQ's facts")) {
        Hash hash{};
        std::copy(row.bytes(0).begin(), row.bytes(0).end(), hash.begin());
        rows_[hash] = {row.text(1), row.text(2), row.text(3), static_cast<std::uint64_t>(row.integer(4))};
    }
    rows_upto_ = upto;
    return rows_;
}

std::string Office::digest()
{
    Bytes all;
    for (const auto& row : need(reader().db().query("SELECT hash, position, branch, quarantined FROM fact ORDER BY position, hash", {}), "HQ's facts")) {
        const auto text = std::to_string(row.integer(1)) + " " + std::to_string(row.integer(2)) + " " + std::to_string(row.integer(3)) + ";";
        all.insert(all.end(), row.bytes(0).begin(), row.bytes(0).end());
        all.insert(all.end(), text.begin(), text.end());
    }
    const auto pages = need(hq::projected(reader()), "pages");
    all.insert(all.end(), pages.begin(), pages.end());
    return to_hex(sha256(all));
}

void Office::begin_incarnation() { need(hq::restore_in_place(folder_, Nobody{}, machine.clock, random_), "restore --in-place"); }

/// The request says which root is to sign; it is one of those that there ever were.
Expected<Done> Office::change_keys(const hq::KeyWishes& wishes, bool hand_over_root)
{
    if (roots_.empty()) roots_.push_back(need(KeyPair::open(folder_.keys() / "root.key"), "the root key"));
    if (!new_keys_) {
        const auto request = hq::request_keys(folder_, wishes, random_);
        if (!request) return request.error();
        std::optional<PublicKey> next;
        if (hand_over_root) {
            std::array<std::uint8_t, 32> seed{};
            for (auto& byte : seed) byte = static_cast<std::uint8_t>(random_.number());
            roots_.push_back(KeyPair::from_seed(seed));
            next = roots_.back().public_key();
        }
        for (const auto& root : roots_)
            if (auto keys = hq::sign_request(*request, root, next)) new_keys_ = std::move(*keys);
        demand(new_keys_.has_value(), "no root key signs what HQ asks for");
    }
    const auto installed = hq::install_keys(reader(), folder_, *new_keys_, Nobody{}, machine.clock, random_);
    if (!installed) return installed.error();
    new_keys_.reset();
    for (std::size_t node = 0; node < node_count_; ++node) restart(node);
    return Done{};
}

Expected<hq::StickTaken> Office::take_in(const Stick& stick)
{
    const auto& node = nodes_[random_.below(node_count_)];
    auto store = node->stores.borrow();
    if (!store) return store.error();
    return hq::take_stick(node->intake, **store, node->keys, stick, machine.clock.now().at);
}

Expected<hq::StickWritten> Office::write_out(Stick& stick, const std::vector<TerminalId>& named)
{
    const auto& node = nodes_[random_.below(node_count_)];
    auto store = node->stores.borrow();
    if (!store) return store.error();
    return hq::write_stick({**store, {folder_, node->keys, machine.clock, random_}}, stick, named);
}

Expected<hq::DeadDisk> Office::take_disk(const std::filesystem::path& disk)
{
    const auto& node = nodes_[random_.below(node_count_)];
    auto store = node->stores.borrow();
    if (!store) return store.error();
    return hq::take_dead_disk(node->intake, **store, disk, machine.clock);
}

Expected<hq::Withdrawal> Office::withdraw(const TerminalId& terminal, bool stolen)
{
    return hq::withdraw(reader(), folder_, nodes_.front()->keys, terminal, stolen, Nobody{}, machine.clock, random_);
}

Expected<hq::Accepted> Office::accept(const TerminalId& terminal)
{
    return hq::accept_waiting(reader(), nodes_.front()->keys, terminal, Nobody{}, machine.clock, random_);
}

Expected<Done> Office::change_roster()
{
    auto store = nodes_.front()->stores.borrow();
    if (!store) return store.error();
    return (*store)->write([&](std::int64_t) { return hq::bump_roster(**store, machine.clock.now().at); });
}

} // namespace adal::simulation
