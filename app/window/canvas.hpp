#pragma once
// The one header that knows Dear ImGui: it draws with ImDrawList and nothing else of it.
#include "app/window/glyphs.hpp"
#include "app/window/icon_sheets.hpp"
#include "app/window/pictures.hpp"
#include "app/window/shadows.hpp"
#include <imgui_internal.h>

namespace adal::window {

class Canvas final : public Painter {
public:
    Canvas(Glyphs glyphs, std::filesystem::path icons, Textures& textures);
    ~Canvas() override;
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    void begin(Size display);
    /// Sends new letters to the card and hands out what to render. True in `incomplete` if the atlas ran over: draw
    /// once more.
    ImDrawData* end(bool& incomplete);
    /// Equal for two frames that look the same.
    std::size_t fingerprint() const;

    void fill(const Rect& area, Colour colour, float radius) override;
    void border(const Rect& area, Colour colour, float width, float radius) override;
    void shadow(const Rect& area, Shadow kind, float radius) override;
    void line(Point from, Point to, Colour colour, float width, bool round_ends) override;
    void curve(Point from, Point control_a, Point control_b, Point to, Colour colour, float width) override;
    void circle(Point centre, float radius, Colour colour) override;
    void ring(Point centre, float radius, Colour colour, float width) override;
    void arc(Point centre, float radius, float from_turn, float to_turn, Colour colour, float width) override;
    void icon(Icon icon, Point centre, int size, Colour colour) override;
    void picture(const std::filesystem::path& file, const Rect& area, float radius, Point focus) override;
    void picture(const Pixels& pixels, const Rect& area, float radius, Point focus) override;
    Size picture_size(const std::filesystem::path& file) override { return pictures_.size(file); }
    void text(Point baseline, std::string_view utf8, Font font, Colour colour) override;
    float text_width(std::string_view utf8, Font font) const override;
    float baseline(Font font, float line_height) const override { return glyphs_.baseline(font, line_height); }
    void push_clip(const Rect& area) override;
    void pop_clip() override;
    Rect clip() const override { return clips_.back(); }

private:
    void textured(std::uint64_t texture, const Rect& area, float radius);
    void piece(const Spot& spot, const Rect& area, Colour colour);

    Textures& textures_;
    Atlas atlas_;
    Glyphs glyphs_;
    IconSheets icons_;
    Shadows shadows_;
    Pictures pictures_;
    std::uint64_t atlas_texture_{};
    ImDrawListSharedData shared_;
    ImDrawList list_;
    ImDrawList* lists_[1]{};
    ImDrawData data_;
    std::vector<Rect> clips_;
    Size display_;
};

} // namespace adal::window
