#include "edge/server/certificates.hpp"

#include "base/ip.hpp"

#include <fmt/format.h>

#include <memory>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace relaytool::edge {
namespace {

constexpr long seconds_of_a_day = 86'400;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
    void operator()(BIO* bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

/// What stands in a certificate.
struct Subject {
    std::string name;
    std::string names; ///< of the extension: "DNS:localhost,IP:127.0.0.1"; empty for an authority
    long from = -seconds_of_a_day;
    long until = 90 * seconds_of_a_day;
};

/// Who signs.
struct Issuer {
    X509* certificate; ///< null: the certificate signs itself
    EVP_PKEY* key;
};

bool extend(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool number(X509* certificate) {
    unsigned char octets[8];
    if (RAND_bytes(octets, sizeof octets) != 1) return false;
    std::uint64_t serial = 0;
    for (const unsigned char octet : octets)
        serial = serial << 8 | octet;
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1; // never negative
}

bool name(X509* certificate, const std::string& text) {
    const auto* octets = reinterpret_cast<const unsigned char*>(text.c_str());
    X509_NAME* subject = X509_get_subject_name(certificate);
    return X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>("relaytool sandbox"), -1, -1,
                                      0) == 1 &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, octets, -1, -1, 0) == 1;
}

/// A certificate for `key`; null when OpenSSL refuses.
Certificate certify(const Subject& subject, EVP_PKEY* key, const Issuer& issuer) {
    Certificate made(X509_new());
    X509* const x = made.get();
    X509* const signer = issuer.certificate == nullptr ? x : issuer.certificate;
    const bool is_authority = subject.names.empty();
    const bool is_done =
        x != nullptr && X509_set_version(x, 2) == 1 && number(x) &&
        X509_gmtime_adj(X509_getm_notBefore(x), subject.from) != nullptr &&
        X509_gmtime_adj(X509_getm_notAfter(x), subject.until) != nullptr && X509_set_pubkey(x, key) == 1 &&
        name(x, subject.name) && X509_set_issuer_name(x, X509_get_subject_name(signer)) == 1 &&
        extend(x, signer, NID_subject_key_identifier, "hash") &&
        extend(x, signer, NID_authority_key_identifier, "keyid") &&
        extend(x, signer, NID_basic_constraints, is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
        extend(x, signer, NID_key_usage,
               is_authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature") &&
        (is_authority || (extend(x, signer, NID_ext_key_usage, "serverAuth") &&
                          extend(x, signer, NID_subject_alt_name, subject.names.c_str()))) &&
        X509_sign(x, issuer.key, EVP_sha256()) > 0;
    return is_done ? std::move(made) : nullptr;
}

template <class Write>
std::string pem(Write write) {
    const std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
    if (bio == nullptr || write(bio.get()) != 1) return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string names_for(sandbox::Certificate kind, const std::string& address) {
    if (kind == sandbox::Certificate::wrong_name) return "DNS:mail.example.org";
    std::string names = "DNS:localhost,DNS:smtp.office365.com,DNS:mx.sandbox.test,IP:127.0.0.1,IP:::1";
    if (ip::read_address(address) && address != "127.0.0.1" && address != "::1") names += ",IP:" + address;
    return names;
}

} // namespace

Result<Certificates> make_certificates(sandbox::Certificate kind, const std::string& address) {
    const Error failed{"certificate", "OpenSSL could not make one"};
    const Key authority_key(EVP_EC_gen("P-256"));
    const Key key(EVP_EC_gen("P-256"));
    if (authority_key == nullptr || key == nullptr) return tl::unexpected(failed);
    const Certificate authority = certify({.name = "Test authority, not for any real server"},
                                          authority_key.get(), {nullptr, authority_key.get()});
    if (authority == nullptr) return tl::unexpected(failed);

    Subject subject{.name = "localhost", .names = names_for(kind, address)};
    if (kind == sandbox::Certificate::wrong_name) subject.name = "mail.example.org";
    if (kind == sandbox::Certificate::expired) {
        subject.from = -8 * seconds_of_a_day;
        subject.until = -seconds_of_a_day;
    }
    const bool is_alone = kind == sandbox::Certificate::self_signed;
    const Certificate server =
        certify(subject, key.get(),
                is_alone ? Issuer{nullptr, key.get()} : Issuer{authority.get(), authority_key.get()});
    if (server == nullptr) return tl::unexpected(failed);

    Certificates made;
    made.authority = pem([&](BIO* bio) { return PEM_write_bio_X509(bio, authority.get()); });
    made.chain = pem([&](BIO* bio) { return PEM_write_bio_X509(bio, server.get()); });
    made.key = pem([&](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    if (made.authority.empty() || made.chain.empty() || made.key.empty()) return tl::unexpected(failed);
    return made;
}

} // namespace relaytool::edge
