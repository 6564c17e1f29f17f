#include "content/language/dates.hpp"
#include "sync/hq/commands.hpp"
#include "sync/journal/folder_lock.hpp"
#include <csignal>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <pthread.h>
#include <pwd.h>
#include <thread>
#include <unistd.h>

namespace adal::sync::hq {

Date Desk::today() const { return language::date_of(clock.now().at); }

Actor Desk::operator_at_shell() const
{
    const auto* user = ::getpwuid(::geteuid());
    return ConsoleUser{std::string{"shell:"} + (user ? user->pw_name : "unknown")};
}

Expected<Done> init_command(const Desk& desk, const Config& config, const std::filesystem::path& root_out, bool is_demo)
{
    auto founded = found({.folder = desk.folder, .config = config, .root_out = root_out, .is_demo = is_demo},
                         desk.clock, desk.random);
    if (!founded) return founded.error();
    if (desk.json) {
        const nlohmann::json json{
            {"data", desk.folder.root.string()},      {"login", founded->login},
            {"password", founded->password},          {"incarnation", to_text(founded->incarnation)},
            {"root_key", founded->root_key.string()}, {"demo", is_demo}};
        std::cout << json.dump() << '\n';
        return Done{};
    }
    std::cout << desk.say("hq.init.done", {{"path", desk.folder.root.string()}}) << '\n'
              << desk.say("hq.init.login", {{"login", founded->login}, {"password", founded->password}}) << '\n'
              << desk.say("hq.init.root", {{"path", founded->root_key.string()}}) << '\n'
              << desk.say("hq.init.next", {{"path", desk.folder.root.string()}}) << '\n';
    return Done{};
}

Expected<Done> serve_command(const Desk& desk, const Server::Options& options)
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr); // threads inherit it; one waits for them below
    std::signal(SIGPIPE, SIG_IGN);

    auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    const auto lock = lock_folder(desk.folder.root); // nobody restores under a serving HQ
    if (!lock) return lock.error();
    StorePool stores{[&] { return open_store(desk.folder); }};
    if (auto first = stores.borrow(); !first) return first.error();
    Intake intake{stores, desk.folder, *keys, desk.clock, desk.random};
    auto console = Console::create(stores, desk.folder, desk.strings, desk.clock, desk.random, share_folder());
    if (!console) return console.error();
    auto server = Server::listen(options, intake, **console, desk.strings, desk.clock);
    if (!server) return server.error();

    std::cout << desk.say("hq.serve.listening", {{"url", (options.certificate.empty() ? "http://" : "https://") +
                                                             options.host + ":" + std::to_string((*server)->port())}})
              << std::endl;
    std::thread waiter{[&] {
        int signal = 0;
        sigwait(&signals, &signal);
        (*server)->stop();
    }};
    (*server)->run();
    pthread_kill(waiter.native_handle(), SIGTERM); // should it have ended by itself
    waiter.join();
    return Done{};
}

} // namespace adal::sync::hq
