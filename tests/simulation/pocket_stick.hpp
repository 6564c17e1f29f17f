#pragma once
#include "sync/link/stick.hpp"
#include "tests/support/seeded_random.hpp"
#include <map>
#include <set>

namespace adal::simulation {

/// A stick that people carry about, in memory: it is pulled out in the middle, is full, rots, is copied to another one, and lies about what it has kept.
class PocketStick final : public sync::Medium {
public:
    PocketStick(std::string called, std::uint64_t seed) : name(std::move(called)), random_(seed) {}
    std::string name;

    sync::Stick plugged_in(); // it answers again
    bool had_trouble() const { return trouble_; } // since it was plugged in

    // --- what becomes of it
    void is_pulled_out_after(int steps) { pulled_after_ = steps; } // a step is what changes something
    void leave_room(std::optional<std::int64_t> bytes) { room_ = bytes; }
    bool rot();                          // a bit, an end, a whole content: false if there is nothing on it
    void shout();                        // another system writes all names in capitals
    void litter();                       // other people's files
    void lose_everything() { files_.clear(), folders_.clear(); }
    void become(const PocketStick& other) { files_ = other.files_, folders_ = other.folders_; }

    const std::map<std::string, Bytes>& files() const { return files_; }

    // --- as the programs see it
    Expected<Done> make_folder(const std::filesystem::path&) override;
    Expected<std::vector<std::string>> names(const std::filesystem::path&) override;
    Expected<Bytes> read(const std::filesystem::path&, std::size_t limit) override;
    Expected<Done> write(const std::filesystem::path&, BytesView) override;
    Expected<Done> rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
    Expected<Done> remove(const std::filesystem::path&) override;

private:
    enum class Fate { Good, Undone, Half, Unheard };
    Fate fate();
    Error gone(const std::filesystem::path&, const char* sentence = "stick.gone");
    Expected<Done> told(Fate, const std::filesystem::path&);
    void forget_what_was_not_kept();

    support::SeededRandom random_;
    std::map<std::string, Bytes> files_;
    std::set<std::string> folders_;
    std::vector<std::string> recent_; // names of what was written since it was plugged in
    std::optional<int> pulled_after_;
    std::optional<std::int64_t> room_;
    bool is_out_ = false, trouble_ = false;
};

} // namespace adal::simulation
