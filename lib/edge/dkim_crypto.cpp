#include "edge/dkim_crypto.hpp"

#include "edge/private_key.hpp"

#include <cstddef>
#include <utility>

namespace relaytool::edge {
namespace {

using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using PublicKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Error failed(const char* why) {
    return {"DKIM", why};
}

class Sha256 final : public dkim::Digest {
public:
    Sha256(const CryptoLibrary& library, DigestContext context)
        : library_(library), context_(std::move(context)) {}

    void add(std::string_view octets) override {
        works_ = library_.digest_update(context_.get(), octets.data(), octets.size()) == 1 && works_;
    }

    std::string finish() override {
        std::string hash(EVP_MAX_MD_SIZE, '\0');
        unsigned size = 0;
        works_ = library_.digest_final(context_.get(), room_in(hash), &size) == 1 && works_;
        hash.resize(works_ ? size : 0);
        return hash;
    }

private:
    const CryptoLibrary& library_;
    DigestContext context_;
    bool works_ = true;
};

/// p= holds a SubjectPublicKeyInfo in practice, though RFC 6376 section 3.6.1 speaks of an RSAPublicKey.
PublicKey read_rsa(const CryptoLibrary& library, std::string_view octets) {
    const unsigned char* begin = octets_of(octets);
    PublicKey key(library.read_public_key(nullptr, &begin, static_cast<long>(octets.size())),
                  library.free_key);
    if (key == nullptr) {
        begin = octets_of(octets);
        key.reset(
            library.read_bare_public_key(EVP_PKEY_RSA, nullptr, &begin, static_cast<long>(octets.size())));
    }
    if (key != nullptr && library.key_type(key.get()) != EVP_PKEY_RSA) key.reset();
    return key;
}

Result<bool> verify_rsa(const CryptoLibrary& library, std::string_view octets, std::string_view digest,
                        std::string_view signature) {
    const PublicKey key = read_rsa(library, octets);
    if (key == nullptr) return tl::unexpected(failed("this is no RSA key"));
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        library.new_key_context(key.get(), nullptr), library.free_key_context);
    if (context == nullptr || library.verify_init(context.get()) != 1 ||
        library.set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        library.set_signature_digest(context.get(), library.sha256()) != 1)
        return tl::unexpected(failed("the key cannot be used"));
    return library.verify(context.get(), octets_of(signature), signature.size(), octets_of(digest),
                          digest.size()) == 1;
}

Result<bool> verify_ed25519(const CryptoLibrary& library, std::string_view octets, std::string_view digest,
                            std::string_view signature) {
    const PublicKey key(
        library.new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets_of(octets), octets.size()),
        library.free_key);
    if (key == nullptr) return tl::unexpected(failed("this is no Ed25519 key"));
    const DigestContext context(library.new_context(), library.free_context);
    if (context == nullptr ||
        library.digest_verify_init(context.get(), nullptr, nullptr, nullptr, key.get()) != 1)
        return tl::unexpected(failed("the key cannot be used"));
    return library.digest_verify(context.get(), octets_of(signature), signature.size(), octets_of(digest),
                                 digest.size()) == 1;
}

} // namespace

Result<std::unique_ptr<dkim::Digest>> new_sha256(const CryptoLibrary& library) {
    DigestContext context(library.new_context(), library.free_context);
    if (context == nullptr || library.digest_init(context.get(), library.sha256(), nullptr) != 1)
        return tl::unexpected(failed("SHA-256 does not work here"));
    return std::make_unique<Sha256>(library, std::move(context));
}

Result<std::unique_ptr<dkim::Digest>> DkimCrypto::sha256() const {
    const Result<const CryptoLibrary*> library = crypto_library();
    if (!library) return tl::unexpected(library.error());
    return new_sha256(**library);
}

Result<bool> DkimCrypto::verify(dkim::Algorithm algorithm, std::string_view key, std::string_view digest,
                                std::string_view signature) const {
    const Result<const CryptoLibrary*> library = crypto_library();
    if (!library) return tl::unexpected(library.error());
    const bool is_rsa = algorithm == dkim::Algorithm::rsa_sha256;
    auto verified = is_rsa ? verify_rsa(**library, key, digest, signature)
                           : verify_ed25519(**library, key, digest, signature);
    (*library)->clear_errors(); // a signature that does not fit leaves some behind
    return verified;
}

} // namespace relaytool::edge
