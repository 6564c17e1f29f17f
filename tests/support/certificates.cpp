#include "tests/support/certificates.hpp"
#include <cassert>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace adal::support {

namespace {

constexpr long seconds_a_day = 86'400;

std::shared_ptr<EVP_PKEY> new_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& text)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, text.c_str());
    assert(extension);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

std::shared_ptr<X509> blank(const std::string& name, const CertificateWish& wish, EVP_PKEY* key)
{
    static long serial = 0;
    std::shared_ptr<X509> certificate{X509_new(), X509_free};
    auto* made = certificate.get();
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(made), wish.from_day * seconds_a_day);
    X509_gmtime_adj(X509_getm_notAfter(made), wish.until_day * seconds_a_day);
    X509_set_pubkey(made, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    return certificate;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ",") + name;
    return all;
}

template <class Write> std::string text_by(Write write)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> out{BIO_new(BIO_s_mem()), BIO_free};
    write(out.get());
    char* data = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

// Of a server when names are wished for, else of an authority; signed by itself when there is no authority.
Certificate made(const std::string& name, const CertificateWish& wish, const Certificate* authority, bool is_authority)
{
    Certificate result{nullptr, new_key()};
    result.certificate = blank(name, wish, result.key.get());
    auto* certificate = result.certificate.get();
    auto* issuer = authority ? authority->certificate.get() : certificate;
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    add_extension(certificate, issuer, NID_basic_constraints, is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (!is_authority) add_extension(certificate, issuer, NID_subject_alt_name, joined(wish.names));
    X509_sign(certificate, authority ? authority->key.get() : result.key.get(), EVP_sha256());
    return result;
}

} // namespace

std::string Certificate::pem() const
{
    return text_by([&](BIO* out) { PEM_write_bio_X509(out, certificate.get()); });
}

std::string Certificate::key_pem() const
{
    return text_by([&](BIO* out) { PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
}

Certificate an_authority(const std::string& name, const CertificateWish& wish) { return made(name, wish, nullptr, true); }
Certificate issued_by(const Certificate& authority, const CertificateWish& wish) { return made("hq", wish, &authority, false); }
Certificate self_signed(const CertificateWish& wish) { return made("hq", wish, nullptr, false); }

} // namespace adal::support
