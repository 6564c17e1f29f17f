#include "sync/link/road.hpp"
#include <httplib.h>
#include <nlohmann/json.hpp>

namespace adal::sync {

namespace {

constexpr std::size_t largest_answer = largest_message; // a message or a pack

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
    constexpr std::array areas{"hq.", "batch.", "envelope.", "link.", "pack."};
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
    Bytes bytes;
    bool take(const char* data, std::size_t size)
    {
        if (bytes.size() + size > largest_answer) return false;
        const auto view = bytes_of({data, size});
        bytes.insert(bytes.end(), view.begin(), view.end());
        return true;
    }
};

class HttpRoad final : public Road {
public:
    explicit HttpRoad(const std::string& hq_url) : client_(hq_url), url_(hq_url)
    {
        if (!is_address()) return;
        client_.set_tcp_nodelay(true); // or the kernel holds back every small request
        client_.set_keep_alive(true);
        client_.set_connection_timeout(std::chrono::seconds{5});
        client_.set_read_timeout(std::chrono::seconds{20});
        client_.set_write_timeout(std::chrono::seconds{20});
        client_.set_follow_location(false);
    }

    Expected<Bytes> keys() override { return get("/sync/v1/keys", {}); }
    Expected<Bytes> enrol(BytesView request) override { return post("/sync/v1/enrolments", request); }
    Expected<Bytes> exchange(BytesView envelope) override { return post("/sync/v1/exchange", envelope); }
    Expected<Done> fetch(const BlobQuestion& question, const Sink& sink) override
    {
        const auto content = get("/sync/v1/blobs/" + to_hex(question.hash), {{"Authorization", "Adal " + to_base64(question.authorisation)}});
        if (!content) return content.error();
        if (!sink({.is_delta = false, .from = 0}, *content)) return fail(ErrorKind::Corrupt, "link.foreign_answer");
        return Done{};
    }
    Expected<Done> put_blob(const Hash&, BytesView, const Bytes&) override { return fail(ErrorKind::NotFound, "link.not_there"); }
    Expected<Bytes> bundle(BytesView) override { return fail(ErrorKind::NotFound, "link.not_there"); }

private:
    // Without a scheme the library takes anything for a host's name.
    bool is_address() const
    {
        return (url_.starts_with("http://") || url_.starts_with("https://")) && url_.find(' ') == std::string::npos && client_.is_valid();
    }

    Expected<Bytes> get(const std::string& path, const httplib::Headers& headers)
    {
        httplib::Request request;
        request.method = "GET";
        request.path = path;
        request.headers = headers;
        return send(request);
    }

    Expected<Bytes> post(const std::string& path, BytesView body)
    {
        httplib::Request request;
        request.method = "POST";
        request.path = path;
        request.body = text_of(body);
        request.headers.emplace("Content-Type", "application/octet-stream");
        return send(request);
    }

    Expected<Bytes> send(httplib::Request& request)
    {
        if (!is_address()) return fail(ErrorKind::InvalidInput, "link.address", {{"url", url_}});
        Collected collected;
        request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) { return collected.take(data, size); };
        const auto result = client_.send(request);
        if (!result) return fail(ErrorKind::Unavailable, "link.unreachable", {{"url", url_}, {"reason", httplib::to_string(result.error())}});
        if (result->status != 200) return with_reason(from_status(result->status), collected.bytes);
        return std::move(collected.bytes);
    }

    httplib::Client client_;
    std::string url_;
};

} // namespace

std::unique_ptr<Road> http_road(const std::string& hq_url, const std::vector<std::string>&) { return std::make_unique<HttpRoad>(hq_url); }

std::unique_ptr<Road> untrusted_http_road(const std::string& hq_url) { return http_road(hq_url); }

} // namespace adal::sync
