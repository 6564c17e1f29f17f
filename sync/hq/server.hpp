#pragma once
#include "sync/hq/console.hpp"
#include "sync/hq/intake.hpp"

namespace adal::sync::hq {

/// Both roads into HQ over HTTP: /sync/v1/... for terminals, everything else for the console. The only unit that knows
/// an HTTP library. Bodies are counted while they come in and refused at 16 MiB; blobs give one range at a time.
/// Headers that never end are nginx's to stop.
class Server {
public:
    struct Options {
        std::string host = "127.0.0.1";
        int port = 8480;                  // 0: any free one
        std::string certificate{}, key{}; // TLS when both are given
    };
    static Expected<std::unique_ptr<Server>> listen(const Options&, Intake&, Console&, const language::Strings&,
                                                    const Clock&);

    int port() const;
    void run();  // until `stop`
    void stop(); // from another thread

    ~Server();

private:
    struct State;
    explicit Server(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
};

} // namespace adal::sync::hq
