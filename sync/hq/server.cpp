#include "sync/hq/server.hpp"
#include <httplib.h>
#include <nlohmann/json.hpp>

namespace adal::sync::hq {
namespace {

constexpr int workers = 16;

int status_of(const Error& error)
{
    if (error.key == "hq.request.too_large") return 413;
    if (error.key == "hq.enrolment.too_often") return 429;
    switch (error.kind) {
    case ErrorKind::Denied:
        return 403;
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::Conflict:
        return 409;
    case ErrorKind::Unavailable:
        return 503;
    default:
        return 400;
    }
}

/// Counts what comes in (after unpacking) and stops reading at the limit.
std::optional<std::string> body_of(const httplib::ContentReader& read, std::size_t limit)
{
    std::string body;
    const bool is_whole = read([&](const char* data, std::size_t size) {
        if (body.size() + size > limit) return false;
        body.append(data, size);
        return true;
    });
    return is_whole ? std::optional{std::move(body)} : std::nullopt;
}

std::map<std::string, std::string> first_of_each(const httplib::Params& parameters)
{
    return {parameters.begin(), parameters.end()};
}

bool has_many_ranges(const httplib::Request& request) { return request.ranges.size() > 1; }

/// The library cuts out the one range that was asked for, and believes whatever it says: so only one that lies within.
bool is_within(const httplib::Ranges& ranges, std::size_t size)
{
    const auto whole = static_cast<ssize_t>(size);
    return ranges.empty() || (ranges.size() == 1 && ranges[0].first >= 0 && ranges[0].first < whole &&
                              ranges[0].second >= -1 && ranges[0].second < whole &&
                              (ranges[0].second == -1 || ranges[0].second >= ranges[0].first));
}

/// "Authorization: Adal <base 64 of an envelope>"; nothing if it is none.
std::optional<Bytes> authorisation_of(const httplib::Request& request)
{
    constexpr std::string_view scheme = "Adal ";
    const auto header = request.get_header_value("Authorization");
    if (!header.starts_with(scheme)) return std::nullopt;
    return from_base64(std::string_view{header}.substr(scheme.size()));
}

Error not_signed() { return fail(ErrorKind::Denied, "link.signature", {{"purpose", "blob"}}); }
Error too_large() { return fail(ErrorKind::InvalidInput, "hq.request.too_large"); }

} // namespace

struct Server::State {
    Intake& intake;
    Console& console;
    const language::Strings& strings;
    const Clock& clock;
    bool is_secure = false;
    std::unique_ptr<httplib::Server> http{};
    int port = 0;
    RateLimit enrolments{20, std::chrono::minutes{1}};

    void fail_with(httplib::Response& reply, const Error& error) const
    {
        auto arguments = nlohmann::json::object();
        for (const auto& [name, value] : error.arguments) arguments[name] = value;
        const nlohmann::json json{
            {"error", error.key}, {"arguments", arguments}, {"message", strings.say(Language::en, error)}};
        reply.status = status_of(error);
        if (reply.status == 413) reply.set_header("Connection", "close");
        reply.set_content(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), "application/json");
    }

    void give(httplib::Response& reply, const Expected<Bytes>& answer) const
    {
        if (!answer) return fail_with(reply, answer.error());
        reply.set_content(text_of(*answer), "application/octet-stream");
    }

    void serve_terminals();
    void serve_console();
    void answer_page(const httplib::Request&, httplib::Response&, std::string body);
    void serve_blobs();
    void give_blob(const httplib::Request&, httplib::Response&) const;
    void take_blob(const httplib::Request&, httplib::Response&, const httplib::ContentReader&) const;
    void prepare();
};

void Server::State::prepare()
{
    http->new_task_queue = [] { return new httplib::ThreadPool(workers); };
    http->set_tcp_nodelay(true);
    // The library's default, SO_REUSEPORT, would let a second HQ share the port unseen, and not let us come back at
    // once after a crash.
    http->set_socket_options([](socket_t socket) {
        const int yes = 1;
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    http->set_keep_alive_max_count(100);
    http->set_keep_alive_timeout(2);
    http->set_read_timeout(10);
    http->set_write_timeout(30);
    http->set_payload_max_length(largest_request);
    http->set_pre_routing_handler([](const httplib::Request& request, httplib::Response& reply) {
        if (!has_many_ranges(request)) return httplib::Server::HandlerResponse::Unhandled;
        reply.status = 416;
        return httplib::Server::HandlerResponse::Handled;
    });
    serve_terminals();
    serve_console();
}

void Server::State::serve_terminals()
{
    http->Get("/sync/v1/keys", [this](const httplib::Request&, httplib::Response& reply) {
        const auto keys = intake.keys();
        if (!keys) return fail_with(reply, keys.error());
        reply.set_content(text_of(*keys), "application/json");
    });
    http->Post("/sync/v1/enrolments",
               [this](const httplib::Request& request, httplib::Response& reply, const httplib::ContentReader& read) {
                   const auto now = clock.now().uptime;
                   const auto body = body_of(read, 65536);
                   if (!body) return fail_with(reply, too_large());
                   if (!enrolments.allows(request.remote_addr, now))
                       return fail_with(reply, fail(ErrorKind::Denied, "hq.enrolment.too_often"));
                   const auto answer = intake.enrol(bytes_of(*body));
                   if (!answer) enrolments.count(request.remote_addr, now);
                   give(reply, answer);
               });
    const auto post = [this](const char* path, Expected<Bytes> (Intake::*answer)(BytesView)) {
        http->Post(path, [this, answer](const httplib::Request&, httplib::Response& reply,
                                        const httplib::ContentReader& read) {
            const auto body = body_of(read, largest_request);
            if (!body) return fail_with(reply, too_large());
            give(reply, (intake.*answer)(bytes_of(*body)));
        });
    };
    post("/sync/v1/exchange", &Intake::exchange);
    post("/sync/v1/bundles", &Intake::bundle);
    serve_blobs();
}

void Server::State::serve_blobs()
{
    constexpr const char* path = R"(/sync/v1/blobs/([0-9a-f]{64}))";
    http->Get(path, [this](const httplib::Request& request, httplib::Response& reply) { give_blob(request, reply); });
    http->Put(path, [this](const httplib::Request& request, httplib::Response& reply,
                           const httplib::ContentReader& read) { take_blob(request, reply, read); });
}

void Server::State::give_blob(const httplib::Request& request, httplib::Response& reply) const
{
    const auto authorisation = authorisation_of(request);
    const auto hash = hash_from_hex(request.matches[1].str());
    if (!authorisation || !hash) return fail_with(reply, not_signed());
    const auto base = hash_from_hex(request.get_param_value("base"));
    bool is_delta = false;
    std::string content;
    const auto given = intake.fetch({.hash = *hash, .base = base, .from = 0, .authorisation = *authorisation},
                                    [&](const Road::BlobAnswer& answer, BytesView piece) {
                                        is_delta = answer.is_delta;
                                        content += text_of(piece);
                                        return true;
                                    });
    if (!given) return fail_with(reply, given.error());
    reply.set_header("Accept-Ranges", "bytes");
    if (is_delta) reply.set_header("Adal-Base", to_hex(*base));
    if (!is_within(request.ranges, content.size())) {
        reply.status = 416;
        return;
    }
    reply.set_content(std::move(content), "application/octet-stream");
}

void Server::State::take_blob(const httplib::Request& request, httplib::Response& reply,
                              const httplib::ContentReader& read) const
{
    const auto authorisation = authorisation_of(request);
    const auto hash = hash_from_hex(request.matches[1].str());
    const auto body = body_of(read, largest_request);
    if (!body) return fail_with(reply, too_large());
    if (!authorisation || !hash) return fail_with(reply, not_signed());
    const auto kept = intake.put_blob(*hash, bytes_of(*body), *authorisation);
    if (!kept) return fail_with(reply, kept.error());
    reply.status = 204;
}

void Server::State::answer_page(const httplib::Request& request, httplib::Response& reply, std::string body)
{
    WebRequest page{.method = request.method,
                    .path = request.path,
                    .query = first_of_each(request.params),
                    .form = form_from(body),
                    .cookies = cookies_from(request.get_header_value("Cookie")),
                    .accept_language = request.get_header_value("Accept-Language"),
                    .remote = request.remote_addr,
                    .is_secure = is_secure};
    auto answer = console.answer(page);
    reply.status = answer.status;
    for (const auto& [name, value] : answer.headers) reply.set_header(name, value);
    reply.set_content(std::move(answer.body), answer.type);
}

void Server::State::serve_console()
{
    http->Get(".*",
              [this](const httplib::Request& request, httplib::Response& reply) { answer_page(request, reply, ""); });
    http->Post(".*",
               [this](const httplib::Request& request, httplib::Response& reply, const httplib::ContentReader& read) {
                   auto body = body_of(read, 65536);
                   if (!body) {
                       reply.status = 413;
                       reply.set_header("Connection", "close");
                       return;
                   }
                   answer_page(request, reply, std::move(*body));
               });
}

Expected<std::unique_ptr<Server>> Server::listen(const Options& options, Intake& intake, Console& console,
                                                 const language::Strings& strings, const Clock& clock)
{
    auto state =
        std::unique_ptr<State>(new State{.intake = intake, .console = console, .strings = strings, .clock = clock});
    state->is_secure = !options.certificate.empty();
    if (state->is_secure)
        state->http = std::make_unique<httplib::SSLServer>(options.certificate.c_str(), options.key.c_str());
    else
        state->http = std::make_unique<httplib::Server>();
    if (!state->http->is_valid())
        return fail(ErrorKind::InvalidInput, "hq.serve.tls",
                    {{"certificate", options.certificate}, {"key", options.key}});
    state->prepare();
    state->port = options.port == 0 ? state->http->bind_to_any_port(options.host.c_str()) : options.port;
    const bool is_bound =
        options.port == 0 ? state->port > 0 : state->http->bind_to_port(options.host.c_str(), options.port);
    if (!is_bound)
        return fail(ErrorKind::Unavailable, "hq.serve.address",
                    {{"address", options.host + ":" + std::to_string(options.port)}});
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;
int Server::port() const { return state_->port; }
void Server::run() { state_->http->listen_after_bind(); }
void Server::stop() { state_->http->stop(); }

} // namespace adal::sync::hq
