#pragma once
#include "sync/link/messages.hpp"
#include <functional>

namespace adal::sync {

/// HQ as a terminal sees it: one small interface. The HTTP client, HQ's intake and the tests' lossy road all implement it,
/// so both ends speak from one header. Bodies are envelopes as on the wire.
class Road {
public:
    virtual ~Road() = default;
    virtual Expected<Bytes> keys() = 0;                          // GET  /sync/v1/keys
    virtual Expected<Bytes> enrol(BytesView sealed_request) = 0; // POST /sync/v1/enrolments
    virtual Expected<Bytes> exchange(BytesView envelope) = 0;    // POST /sync/v1/exchange

    /// GET /sync/v1/blobs/{sha256}[?base={sha256}] with a Range from `from` on. The pieces go to `sink` as they come: what came before the road broke
    /// need not be fetched again. HQ may ignore the range or the base, and says so before the first piece.
    struct BlobQuestion {
        Hash hash{};
        std::optional<Hash> base; // at hand here: HQ may answer with a delta against it
        std::uint64_t from = 0;   // bytes of that answer which are here already
        Bytes authorisation;
    };
    struct BlobAnswer {
        bool is_delta = false;
        std::uint64_t from = 0; // where the pieces begin
    };
    using Sink = std::function<bool(const BlobAnswer&, BytesView piece)>; // false: stop
    virtual Expected<Done> fetch(const BlobQuestion&, const Sink&) = 0;

    virtual Expected<Done> put_blob(const Hash&, BytesView, const Bytes& authorisation) = 0; // PUT /sync/v1/blobs/{sha256}
    virtual Expected<Bytes> bundle(BytesView envelope) = 0; // POST /sync/v1/bundles: a neighbour's bundle up, HQ's bundle for it down
};

/// Errors: Unavailable (no network, refused, time-out, 5xx), Denied (401, 403), NotFound, Corrupt (an answer that is not ours).
/// Over https HQ's certificate must come from one of these authorities (PEM) and bear its name; its dates are not looked at, for a dead clock must not
/// cut a terminal off. Without any, the system's authorities are trusted.
std::unique_ptr<Road> http_road(const std::string& hq_url, const std::vector<std::string>& authorities = {});

/// For the first `keys()` of an enrolment alone: whoever answers is listened to, and the code's fingerprint judges what it brings.
std::unique_ptr<Road> untrusted_http_road(const std::string& hq_url);

} // namespace adal::sync
