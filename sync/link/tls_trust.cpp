#include "sync/link/tls_trust.hpp"
#include <algorithm>
#include <cassert>
#include <memory>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <utility>

namespace adal::sync {

namespace {

// Several certificates may stand in one text; what is none is left out, and trusts nobody.
void add_all(X509_STORE* store, const std::string& pem)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> text{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
    while (auto* certificate = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)) {
        X509_STORE_add_cert(store, certificate);
        X509_free(certificate);
    }
    ERR_clear_error(); // the end of the text
}

X509_STORE* store_of(const std::vector<std::string>& authorities)
{
    auto* store = X509_STORE_new();
    assert(store);
    for (const auto& pem : authorities) add_all(store, pem);
    return store;
}

void expect_name(X509_VERIFY_PARAM* expected, const std::string& host)
{
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    const bool is_set = X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1 ||
                        X509_VERIFY_PARAM_set1_host(expected, host.data(), host.size()) == 1;
    assert(is_set);
}

} // namespace

void TlsTrust::guard(ssl_ctx_st* context)
{
    auto* expected = SSL_CTX_get0_param(context);
    if (authorities_.empty()) {
        SSL_CTX_set_default_verify_paths(context);
    } else {
        SSL_CTX_set_cert_store(context, store_of(authorities_)); // the context owns it
        X509_VERIFY_PARAM_set_flags(expected, X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_PARTIAL_CHAIN);
    }
    expect_name(expected, host_);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context, &TlsTrust::judge, this);
    ERR_clear_error();
}

int TlsTrust::judge(X509_STORE_CTX* chain, void* self)
{
    if (X509_verify_cert(chain) == 1) return 1;
    static_cast<TlsTrust*>(self)->refusal_ = X509_verify_cert_error_string(X509_STORE_CTX_get_error(chain));
    return 0;
}

std::optional<std::string> TlsTrust::refusal() { return std::exchange(refusal_, std::nullopt); }

std::string host_in(const std::string& url)
{
    const auto scheme = url.find("://");
    const auto rest = scheme == std::string::npos ? url : url.substr(scheme + 3);
    if (rest.starts_with('[')) return rest.substr(1, rest.find(']') - 1);
    return rest.substr(0, rest.find_first_of(":/?#"));
}

} // namespace adal::sync
