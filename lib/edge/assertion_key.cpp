#include "edge/assertion_key.hpp"

#include "base/base64.hpp"
#include "edge/private_key.hpp"

#include <utility>

namespace relaytool::edge {
namespace {

/// The first certificate of a PEM file as octets (DER); empty when there is none.
std::string certificate_octets(std::string_view pem) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    constexpr std::string_view end = "-----END CERTIFICATE-----";
    const std::size_t start = pem.find(begin);
    const std::size_t stop = start == std::string_view::npos ? start : pem.find(end, start);
    if (stop == std::string_view::npos) return {};
    return encoding::base64(pem.substr(start + begin.size(), stop - start - begin.size()));
}

Result<std::string> sign(const CryptoLibrary& library, EVP_PKEY* key, std::string_view text) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(library.new_context(),
                                                                          library.free_context);
    EVP_PKEY_CTX* padding = nullptr; // belongs to the context
    std::size_t size = 0;
    const bool is_ready = context != nullptr &&
                          library.sign_init(context.get(), &padding, library.sha256(), nullptr, key) == 1 &&
                          library.set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) == 1 &&
                          library.set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) == 1 &&
                          library.sign(context.get(), nullptr, &size, octets_of(text), text.size()) == 1;
    std::string signature(size, '\0');
    if (!is_ready ||
        library.sign(context.get(), room_in(signature), &size, octets_of(text), text.size()) != 1)
        return tl::unexpected(Error{"--key", "the key cannot sign"});
    signature.resize(size);
    return signature;
}

} // namespace

Result<std::string> sign_assertion(oauth::Assertion assertion, const ApplicationKey& key) {
    const Result<const CryptoLibrary*> library = crypto_library();
    if (!library) return tl::unexpected(library.error());
    const std::string certificate = certificate_octets(key.certificate);
    if (certificate.empty())
        return tl::unexpected(Error{"--cert", "this is no certificate in PEM (-----BEGIN CERTIFICATE-----)"});
    const auto thumbprint = sha256_of(**library, certificate, "--cert");
    if (!thumbprint) return tl::unexpected(thumbprint.error());
    assertion.thumbprint = oauth::to_base64url(*thumbprint);
    const auto private_key = read_private_key(**library, key.key, key.passphrase, "--key");
    if (!private_key) return tl::unexpected(private_key.error());
    if ((*library)->key_type(private_key->get()) != EVP_PKEY_RSA)
        return tl::unexpected(Error{"--key", "Entra takes RSA keys only"});
    std::string text = oauth::assertion_text(assertion);
    const auto signature = sign(**library, private_key->get(), text);
    if (!signature) return tl::unexpected(signature.error());
    return text.append(".").append(oauth::to_base64url(*signature));
}

} // namespace relaytool::edge
