#pragma once
#include <optional>
#include <string>
#include <vector>

// OpenSSL's SSL_CTX and X509_STORE_CTX
struct ssl_ctx_st;
struct x509_store_ctx_st;

namespace adal::sync {

/// Whom a terminal believes to be HQ over TLS.
///
/// With the company's own authorities: only these (the system's are not asked), a chain that leads to one of them, and HQ's name or address in the
/// certificate. Dates are not looked at: a clock with a dead battery must not cut a terminal off, and whoever lost a key is dropped from the key list.
/// Without any: what the system trusts, dates included. All of it is judged within the handshake, before a byte of a request leaves.
class TlsTrust {
public:
    TlsTrust(std::string host, std::vector<std::string> authorities_pem) : host_(std::move(host)), authorities_(std::move(authorities_pem)) {}
    TlsTrust(const TlsTrust&) = delete; // the context knows where it lies
    TlsTrust& operator=(const TlsTrust&) = delete;

    void guard(ssl_ctx_st*);
    std::optional<std::string> refusal(); // why the last handshake was ended by us, if it was; told once

private:
    static int judge(x509_store_ctx_st*, void* self);

    std::string host_;
    std::vector<std::string> authorities_;
    std::optional<std::string> refusal_;
};

/// "hq.example.kz" in "https://hq.example.kz:8480", "::1" in "https://[::1]".
std::string host_in(const std::string& url);

} // namespace adal::sync
