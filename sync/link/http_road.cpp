#include "sync/link/road.hpp"
#include "sync/link/tls_trust.hpp"
#include <charconv>
#include <httplib.h>
#include <nlohmann/json.hpp>

namespace adal::sync {

namespace {

constexpr std::size_t largest_answer = largest_message;
constexpr std::size_t largest_refusal = 65'536;

Error from_status(int status)
{
    const Arguments where{{"status", std::to_string(status)}};
    if (status == 401 || status == 403) return fail(ErrorKind::Denied, "link.refused", where);
    if (status == 404) return fail(ErrorKind::NotFound, "link.not_there", where);
    if (status >= 500 || status == 408 || status == 429) return fail(ErrorKind::Unavailable, "link.hq_trouble", where);
    return fail(ErrorKind::Corrupt, "link.foreign_answer", where);
}

bool is_sentence_of_hq(std::string_view key)
{
    constexpr std::array areas{"hq.", "batch.", "bundle.", "envelope.", "link.", "pack."};
    return key.size() <= 60 && std::any_of(areas.begin(), areas.end(), [&](const char* area) { return key.starts_with(area); });
}

// HQ says by one of its own sentences why it refused. It is only shown: nobody signed it, so nothing hangs on it but the words.
Error with_reason(Error error, const Bytes& body)
{
    try {
        const auto from = nlohmann::json::parse(text_of(body));
        const auto key = from.at("error").get<std::string>();
        if (!is_sentence_of_hq(key)) return error;
        Arguments arguments;
        for (const auto& [name, value] : from.at("arguments").items()) arguments.emplace_back(name, value.get<std::string>());
        return {error.kind, key, std::move(arguments)};
    } catch (const std::exception&) {
        return error;
    }
}

// An answer that goes on and on is cut off, not kept in memory.
struct Collected {
    std::size_t most = largest_answer;
    Bytes bytes{};
    bool take(BytesView piece)
    {
        if (piece.size() > most - bytes.size()) return false;
        bytes.insert(bytes.end(), piece.begin(), piece.end());
        return true;
    }
};

bool is_success(int status) { return status >= 200 && status < 300; }

/// Where the pieces of this answer belong; nothing if it answers something that was not asked.
std::optional<Road::BlobAnswer> judged(const httplib::Response& reply, const Road::BlobQuestion& question)
{
    Road::BlobAnswer answer;
    if (const auto base = reply.get_header_value("Adal-Base"); !base.empty()) {
        if (!question.base || base != to_hex(*question.base)) return std::nullopt;
        answer.is_delta = true;
    }
    if (reply.status == 200) return answer;
    const auto range = reply.get_header_value("Content-Range"); // bytes 900-999/1000
    constexpr std::string_view unit = "bytes ";
    const char* const end = range.data() + range.size();
    if (!range.starts_with(unit) || std::from_chars(range.data() + unit.size(), end, answer.from).ec != std::errc{}) return std::nullopt;
    return answer;
}

bool is_web_address(const std::string& url)
{
    const bool has_scheme = url.starts_with("http://") || url.starts_with("https://"); // without one the library takes anything for a host's name
    return has_scheme && url.find(' ') == std::string::npos;
}

enum class Trust { Authorities, Nobody };

class HttpRoad final : public Road {
public:
    HttpRoad(const std::string& hq_url, const std::vector<std::string>& authorities, Trust trust)
        : trust_(host_in(hq_url), authorities), client_(hq_url), url_(hq_url)
    {
        if (!is_address()) return;
        client_.set_tcp_nodelay(true); // or the kernel holds back every small request
        client_.set_keep_alive(true);
        client_.set_connection_timeout(std::chrono::seconds{5});
        client_.set_read_timeout(std::chrono::seconds{20});
        client_.set_write_timeout(std::chrono::seconds{20});
        client_.set_follow_location(false);
        client_.set_decompress(false); // our bodies are packed already
        if (!url_.starts_with("https://")) return;
        client_.enable_server_certificate_verification(false); // the library would ask the system's authorities and the clock as well
        if (trust == Trust::Authorities) trust_.guard(client_.ssl_context());
    }

    Expected<Bytes> keys() override
    {
        auto request = request_for("GET", "/sync/v1/keys");
        return send(request);
    }
    Expected<Bytes> enrol(BytesView request) override { return post("/sync/v1/enrolments", request); }
    Expected<Bytes> exchange(BytesView envelope) override { return post("/sync/v1/exchange", envelope); }
    Expected<Bytes> bundle(BytesView envelope) override { return post("/sync/v1/bundles", envelope); }

    Expected<Done> put_blob(const Hash& hash, BytesView bytes, const Bytes& authorisation) override
    {
        auto request = request_for("PUT", "/sync/v1/blobs/" + to_hex(hash));
        authorise(request, authorisation);
        give(request, bytes);
        const auto answer = send(request);
        if (!answer) return answer.error();
        return Done{};
    }

    Expected<Done> fetch(const BlobQuestion& question, const Sink& sink) override
    {
        auto request = request_for("GET", "/sync/v1/blobs/" + to_hex(question.hash) + (question.base ? "?base=" + to_hex(*question.base) : ""));
        authorise(request, question.authorisation);
        if (question.from > 0) request.headers.emplace("Range", "bytes=" + std::to_string(question.from) + "-");
        std::optional<BlobAnswer> answer;
        int status = 0;
        request.response_handler = [&](const httplib::Response& reply) {
            status = reply.status;
            if (status == 200 || status == 206) answer = judged(reply, question);
            return answer || !is_success(status);
        };
        Collected refusal{.most = largest_refusal};
        request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
            const auto piece = bytes_of({data, size});
            return answer ? sink(*answer, piece) : refusal.take(piece);
        };
        if (!is_address()) return no_address();
        const auto result = client_.send(request);
        if (result.error() == httplib::Error::Canceled) return fail(ErrorKind::Corrupt, "link.foreign_answer");
        if (!result) return broken(result.error());
        if (!answer) return with_reason(from_status(status), refusal.bytes);
        return Done{};
    }

private:
    bool is_address() const { return is_web_address(url_) && client_.is_valid(); }

    static httplib::Request request_for(const char* method, const std::string& path)
    {
        httplib::Request request;
        request.method = method;
        request.path = path;
        return request;
    }
    static void authorise(httplib::Request& request, const Bytes& authorisation)
    {
        request.headers.emplace("Authorization", "Adal " + to_base64(authorisation));
    }
    static void give(httplib::Request& request, BytesView body)
    {
        request.body = text_of(body);
        request.headers.emplace("Content-Type", "application/octet-stream");
    }

    Expected<Bytes> post(const std::string& path, BytesView body)
    {
        auto request = request_for("POST", path);
        give(request, body);
        return send(request);
    }

    Expected<Bytes> send(httplib::Request& request)
    {
        if (!is_address()) return no_address();
        Collected collected;
        request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) { return collected.take(bytes_of({data, size})); };
        const auto result = client_.send(request);
        if (!result) return broken(result.error());
        if (!is_success(result->status)) return with_reason(from_status(result->status), collected.bytes);
        return std::move(collected.bytes);
    }

    Error no_address() const { return fail(ErrorKind::InvalidInput, "link.address", {{"url", url_}}); }

    Error broken(httplib::Error error)
    {
        if (const auto refusal = trust_.refusal()) return fail(ErrorKind::Denied, "link.tls_untrusted", {{"url", url_}, {"reason", *refusal}});
        return fail(ErrorKind::Unavailable, "link.unreachable", {{"url", url_}, {"reason", httplib::to_string(error)}});
    }

    TlsTrust trust_;
    httplib::Client client_; // its context asks trust_, which therefore outlives it
    std::string url_;
};

} // namespace

std::unique_ptr<Road> http_road(const std::string& hq_url, const std::vector<std::string>& authorities)
{
    return std::make_unique<HttpRoad>(hq_url, authorities, Trust::Authorities);
}

std::unique_ptr<Road> untrusted_http_road(const std::string& hq_url)
{
    return std::make_unique<HttpRoad>(hq_url, std::vector<std::string>{}, Trust::Nobody);
}

} // namespace adal::sync
