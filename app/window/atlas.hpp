#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace adal::window {

/// Where a piece lies in the atlas, in its pixels.
struct Spot {
    int x{}, y{}, w{}, h{};
};

/// One alpha picture that holds letters, icons, shadows and a white corner. It is filled from shelves as pieces are
/// asked for; when it is full everything is forgotten and asked for again in the next frame.
class Atlas {
public:
    static constexpr int side = 1024;

    Atlas();
    /// Copies `alpha` (w x h bytes) in. Nothing when there is no room: `full` is then true.
    std::optional<Spot> add(int w, int h, const std::uint8_t* alpha);
    void clear();
    bool full() const { return full_; }

    const std::vector<std::uint8_t>& pixels() const { return pixels_; }
    /// What changed since the last call.
    std::optional<Spot> take_changes();
    static constexpr float white_u = 1.5F / side, white_v = 1.5F / side;

private:
    struct Shelf {
        int y{}, height{}, used{};
    };
    std::optional<Spot> place(int w, int h);
    void touch(const Spot& spot);

    std::vector<std::uint8_t> pixels_;
    std::vector<Shelf> shelves_;
    int next_shelf_{};
    std::optional<Spot> changed_;
    bool full_{};
};

} // namespace adal::window
