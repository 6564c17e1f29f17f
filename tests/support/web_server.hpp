#pragma once
#include "tests/support/certificates.hpp"
#include <functional>
#include <httplib.h>
#include <optional>
#include <thread>

namespace adal::support {

/// A server on a free port of this machine, for as long as the test takes; over TLS when it has a certificate.
class WebServer {
public:
    using Prepare = std::function<void(httplib::Server&)>;
    explicit WebServer(const Prepare& prepare, const std::optional<Certificate>& certificate = {})
        : server_(certificate ? std::make_unique<httplib::SSLServer>(certificate->certificate.get(), certificate->key.get())
                              : std::make_unique<httplib::Server>()),
          is_secure_(certificate.has_value())
    {
        server_->set_tcp_nodelay(true);
        prepare(*server_);
        port_ = server_->bind_to_any_port("127.0.0.1");
        thread_ = std::thread{[this] { server_->listen_after_bind(); }};
        while (!server_->is_running()) std::this_thread::yield();
    }
    ~WebServer()
    {
        server_->stop();
        thread_.join();
    }
    std::string url(const std::string& host = "127.0.0.1") const
    {
        return (is_secure_ ? "https://" : "http://") + host + ":" + std::to_string(port_);
    }

private:
    std::unique_ptr<httplib::Server> server_;
    bool is_secure_;
    int port_ = 0;
    std::thread thread_;
};

} // namespace adal::support
