#pragma once
#include <chrono>
#include <memory>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string>
#include <vector>

/// Certificates as a company's own authority would issue them, made in memory for one test.
namespace adal::support {

struct Certificate {
    std::shared_ptr<X509> certificate;
    std::shared_ptr<EVP_PKEY> key;
    std::string pem() const;
    std::string key_pem() const;
};

/// Names like "DNS:hq.example.kz" or "IP:127.0.0.1"; valid from so many days before or after now, and until.
struct CertificateWish {
    std::vector<std::string> names{"IP:127.0.0.1", "DNS:localhost"};
    int from_day = -1, until_day = 30;
};

Certificate an_authority(const std::string& name, const CertificateWish& = {});
Certificate issued_by(const Certificate& authority, const CertificateWish& = {});
Certificate self_signed(const CertificateWish& = {});

} // namespace adal::support
