#pragma once
#include "sync/link/messages.hpp"

namespace adal::sync {

/// HQ as a terminal sees it: one small interface. The HTTP client, HQ's intake and the tests' lossy road all implement it,
/// so both ends speak from one header. Bodies are envelopes as on the wire.
class Road {
public:
    virtual ~Road() = default;
    virtual Expected<Bytes> keys() = 0;                            // GET  /sync/v1/keys
    virtual Expected<Bytes> enrol(BytesView sealed_request) = 0;   // POST /sync/v1/enrolments
    virtual Expected<Bytes> exchange(BytesView envelope) = 0;      // POST /sync/v1/exchange
    virtual Expected<Bytes> blob(const Hash&, const Bytes& authorisation) = 0; // GET  /sync/v1/blobs/{sha256}
};

/// Errors: Unavailable (no network, refused, time-out, 5xx), Denied (401, 403), NotFound, Corrupt (an answer that is not ours).
std::unique_ptr<Road> http_road(const std::string& hq_url);

} // namespace adal::sync
