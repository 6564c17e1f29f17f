#include "app/window/window.hpp"
#include "app/window/assets.hpp"
#include "app/window/canvas.hpp"
#include "app/window/gl_textures.hpp"
#include "app/window/keys.hpp"
#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <algorithm>
#include <atomic>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>
#include <optional>

namespace adal::window {

namespace {

using namespace std::chrono_literals;

// With three frames after an event only a third of the taps showed what they had changed.
constexpr int frames_after_event = 5;
constexpr auto frame_time = 16ms;
constexpr double longest_sleep = 3600;

std::string& last_problem()
{
    static std::string text;
    return text;
}

GLFWwindow* create(const WindowOptions& options)
{
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
    glfwWindowHint(GLFW_VISIBLE, options.visible ? GLFW_TRUE : GLFW_FALSE);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    if (options.size)
        return glfwCreateWindow(static_cast<int>(options.size->w), static_cast<int>(options.size->h),
                                options.title.c_str(), nullptr, nullptr);
    auto* monitor = glfwGetPrimaryMonitor();
    const auto* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode == nullptr) return glfwCreateWindow(1280, 800, options.title.c_str(), nullptr, nullptr);
    return glfwCreateWindow(mode->width, mode->height, options.title.c_str(), monitor, nullptr);
}

} // namespace

struct Window::Impl {
    GLFWwindow* glfw{};
    InputQueue queue;
    bool buttons_moved{}, exposed{true};
    std::atomic<bool> news{};
    int frames_left{frames_after_event};
    bool more{};
    Moment last_frame{};
    std::size_t on_glass{};
    GlTextures textures;
    std::optional<Canvas> canvas;
    ImDrawData* last{}; // what is on the glass

    ~Impl()
    {
        canvas.reset();
        if (ImGui::GetCurrentContext() != nullptr) {
            ImGui_ImplOpenGL3_Shutdown();
            ImGui::DestroyContext();
        }
        if (glfw != nullptr) glfwDestroyWindow(glfw);
        glfwTerminate();
    }

    static Impl& of(GLFWwindow* window) { return *static_cast<Impl*>(glfwGetWindowUserPointer(window)); }
    void push(Event event) { queue.push(std::move(event)); }

    Size size() const
    {
        int w{}, h{};
        glfwGetFramebufferSize(glfw, &w, &h);
        return {static_cast<float>(w), static_cast<float>(h)};
    }

    Point pointer() const
    {
        double x{}, y{};
        glfwGetCursorPos(glfw, &x, &y);
        return {static_cast<float>(x), static_cast<float>(y)};
    }

    void on_key(int key, int action, int modifiers)
    {
        if (action == GLFW_RELEASE) return;
        const bool paste = (key == GLFW_KEY_V && (modifiers & GLFW_MOD_CONTROL) != 0) ||
                           (key == GLFW_KEY_INSERT && (modifiers & GLFW_MOD_SHIFT) != 0);
        if (paste) {
            if (const char* clip = glfwGetClipboardString(glfw); clip != nullptr) push(Typed{clip});
            return;
        }
        if (const auto known = key_of(key, modifiers)) push(KeyPressed{*known});
    }

    void listen()
    {
        glfwSetWindowUserPointer(glfw, this);
        glfwSetCursorPosCallback(glfw, [](GLFWwindow* w, double x, double y) {
            of(w).push(PointerMoved{{static_cast<float>(x), static_cast<float>(y)}});
        });
        glfwSetCursorEnterCallback(glfw, [](GLFWwindow* w, int entered) {
            if (entered == 0) of(w).push(PointerLeft{});
        });
        glfwSetMouseButtonCallback(glfw, [](GLFWwindow* w, int button, int action, int) {
            if (button != GLFW_MOUSE_BUTTON_LEFT) return;
            const auto at = of(w).pointer();
            if (action == GLFW_PRESS)
                of(w).push(PointerPressed{at});
            else
                of(w).push(PointerReleased{at});
        });
        glfwSetScrollCallback(glfw, [](GLFWwindow* w, double, double y) { of(w).push(Wheel{static_cast<float>(y)}); });
        glfwSetKeyCallback(glfw,
                           [](GLFWwindow* w, int key, int, int action, int mods) { of(w).on_key(key, action, mods); });
        glfwSetCharCallback(glfw, [](GLFWwindow* w, unsigned int letter) { of(w).push(Typed{utf8(letter)}); });
        glfwSetWindowRefreshCallback(glfw, [](GLFWwindow* w) { of(w).exposed = true; });
        glfwSetFramebufferSizeCallback(glfw, [](GLFWwindow* w, int, int) { of(w).exposed = true; });
        glfwSetWindowFocusCallback(glfw, [](GLFWwindow* w, int) { of(w).exposed = true; });
    }

    void set_icon() const
    {
        auto mark = read_png(assets_folder() / "scenes" / "mark-64.png", 4);
        if (!mark) return; // a window without an icon works as well
        const GLFWimage image{mark->w, mark->h, mark->bytes.data()};
        glfwSetWindowIcon(glfw, 1, &image);
    }

    void render(const Draw& draw)
    {
        const auto now = std::chrono::steady_clock::now();
        const auto since = std::chrono::duration<float>(now - last_frame).count();
        last_frame = now;
        const auto display = size();
        const auto input = queue.take();
        bool asked = false, incomplete = false;
        canvas->begin(display);
        draw(Shot{*canvas, input, {0, 0, display.w, display.h}, std::min(since, 0.1F), &asked});
        auto* data = canvas->end(incomplete);
        more = asked || incomplete;
        last = data;
        const auto look = canvas->fingerprint();
        if (look == on_glass && !exposed && !incomplete) return; // the same picture is there already
        on_glass = look;
        exposed = false;
        show(data, display);
        glfwSwapBuffers(glfw);
    }

    static void show(ImDrawData* data, Size display)
    {
        glViewport(0, 0, static_cast<int>(display.w), static_cast<int>(display.h));
        glClearColor(0, 0, 0, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(data);
    }

    double sleep(std::optional<Moment> deadline) const
    {
        const auto now = std::chrono::steady_clock::now();
        const auto seconds = [&](Moment until) {
            return std::max(0.0, std::chrono::duration<double>(until - now).count());
        };
        if (exposed || !queue.empty()) return 0;
        if (frames_left > 0 || more) return seconds(last_frame + frame_time);
        return deadline ? std::min(longest_sleep, seconds(*deadline)) : longest_sleep;
    }
};

Window::Window(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Window::Window(Window&&) noexcept = default;
Window& Window::operator=(Window&&) noexcept = default;
Window::~Window() = default;

Expected<Window> Window::open(const WindowOptions& options)
{
    const auto folder = fonts_folder();
    if (!folder) return folder.error();
    auto glyphs = Glyphs::open(*folder);
    if (!glyphs) return glyphs.error();
    if (!std::filesystem::exists(assets_folder() / "icons" / "names.txt"))
        return fail(ErrorKind::NotFound, "window.no_icons", {{"path", (assets_folder() / "icons").string()}});

    glfwSetErrorCallback([](int, const char* text) { last_problem() = text; });
    if (glfwInit() == 0) return fail(ErrorKind::Unavailable, "window.no_display", {{"detail", last_problem()}});
    auto impl = std::make_unique<Impl>();
    impl->glfw = create(options);
    if (impl->glfw == nullptr) return fail(ErrorKind::Unavailable, "window.no_opengl", {{"detail", last_problem()}});
    glfwMakeContextCurrent(impl->glfw);
    glfwSwapInterval(1);
    impl->listen();
    impl->set_icon();
    if (!options.cursor) glfwSetInputMode(impl->glfw, GLFW_CURSOR, GLFW_CURSOR_HIDDEN);

    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr; // a terminal remembers nothing outside its journal
    ImGui_ImplOpenGL3_Init("#version 330 core");
    ImGui_ImplOpenGL3_NewFrame(); // makes the shaders
    impl->canvas.emplace(std::move(glyphs).value(), assets_folder() / "icons", impl->textures);
    return Window(std::move(impl));
}

bool Window::step(const Draw& draw, std::optional<Moment> deadline)
{
    auto& w = *impl_;
    if (glfwWindowShouldClose(w.glfw) != 0) return false;
    const auto pause = w.sleep(deadline);
    if (pause > 0)
        glfwWaitEventsTimeout(pause);
    else
        glfwPollEvents();
    if (!w.queue.empty() || w.exposed || w.news.exchange(false)) w.frames_left = frames_after_event;
    const bool due = deadline && std::chrono::steady_clock::now() >= *deadline;
    if (w.frames_left > 0 || w.more || due) {
        w.frames_left = std::max(0, w.frames_left - 1);
        w.render(draw);
    }
    return glfwWindowShouldClose(w.glfw) == 0;
}

void Window::draw_now(const Draw& draw)
{
    glfwPollEvents();
    impl_->exposed = true;
    impl_->render(draw);
}

void Window::wake()
{
    impl_->news = true;
    glfwPostEmptyEvent();
}

void Window::close() { glfwSetWindowShouldClose(impl_->glfw, GLFW_TRUE); }
Size Window::size() const { return impl_->size(); }

Expected<Done> Window::save_png(const std::filesystem::path& file)
{
    auto& w = *impl_;
    const auto display = w.size();
    if (w.last == nullptr) return fail(ErrorKind::Unavailable, "window.picture.unwritable", {{"path", file.string()}});
    Impl::show(w.last, display); // what the swap left in the back buffer is anybody's guess
    return write_png(file, read_back(static_cast<int>(display.w), static_cast<int>(display.h)));
}

} // namespace adal::window
