#pragma once
#include "sync/link/stick.hpp"

namespace adal::support {

/// A stick over a real folder on which the step that a test chooses goes wrong, in either manner: it did not happen, or it happened and was reported as
/// failed. Steps are what changes something: make_folder, write, rename, remove.
class FaultyMedium final : public sync::Medium {
public:
    enum class Manner { DidNotHappen, HappenedUnheard, TornInHalf };
    std::optional<int> fails_at; // steps before the one that fails
    Manner manner{};
    const char* sentence = "stick.gone";
    bool is_pulled_out = false;             // after the failure nothing answers any more
    bool pulls_out = false;                 // the failure is the pulling out
    std::optional<std::uint64_t> room;      // bytes that still fit
    int steps = 0;

    Expected<Done> make_folder(const std::filesystem::path& path) override
    {
        return step(path, [&] { return real_.make_folder(path); }, [] {});
    }
    Expected<std::vector<std::string>> names(const std::filesystem::path& folder) override
    {
        if (is_pulled_out) return trouble(folder);
        return real_.names(folder);
    }
    Expected<Bytes> read(const std::filesystem::path& path, std::size_t limit) override
    {
        if (is_pulled_out) return trouble(path);
        return real_.read(path, limit);
    }
    Expected<Done> write(const std::filesystem::path& path, BytesView bytes) override
    {
        if (room && bytes.size() > *room && !is_pulled_out)
            return fail(ErrorKind::Unavailable, "stick.full", {{"path", path.string()}, {"reason", ""}});
        if (room) *room -= bytes.size();
        return step(path, [&] { return real_.write(path, bytes); }, [&] { static_cast<void>(real_.write(path, bytes.first(bytes.size() / 2))); });
    }
    Expected<Done> rename(const std::filesystem::path& from, const std::filesystem::path& to) override
    {
        return step(to, [&] { return real_.rename(from, to); }, [] {});
    }
    Expected<Done> remove(const std::filesystem::path& path) override
    {
        return step(path, [&] { return real_.remove(path); }, [] {});
    }

private:
    template <class Act, class Tear> Expected<Done> step(const std::filesystem::path& path, Act act, Tear tear)
    {
        if (is_pulled_out) return trouble(path);
        if (!fails_at || steps++ != *fails_at) return act();
        is_pulled_out = pulls_out;
        if (manner == Manner::HappenedUnheard) static_cast<void>(act());
        if (manner == Manner::TornInHalf) tear();
        return trouble(path);
    }
    Error trouble(const std::filesystem::path& path) const
    {
        return fail(ErrorKind::Unavailable, sentence, {{"path", path.string()}, {"reason", "as the test says"}});
    }

    sync::Medium& real_ = sync::real_medium();
};

} // namespace adal::support
