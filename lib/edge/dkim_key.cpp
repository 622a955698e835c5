#include "edge/dkim_key.hpp"

#include "edge/dkim_crypto.hpp"
#include "edge/private_key.hpp"

#include <cstddef>
#include <utility>

namespace relaytool::edge {
namespace {

using dkim::Algorithm;

Error failed(const char* why) {
    return {"--dkim-key", why};
}

class Key final : public dkim::Signer {
public:
    Key(const CryptoLibrary& library, PrivateKey key)
        : library_(library), key_(std::move(key)), is_rsa_(library.key_type(key_.get()) == EVP_PKEY_RSA) {}

    Algorithm algorithm() const override {
        return is_rsa_ ? Algorithm::rsa_sha256 : Algorithm::ed25519_sha256;
    }

    Result<std::unique_ptr<dkim::Digest>> sha256() const override { return new_sha256(library_); }

    Result<std::string> sign(std::string_view digest) const override {
        return is_rsa_ ? sign_rsa(digest) : sign_ed25519(digest);
    }

private:
    Result<std::string> sign_rsa(std::string_view digest) const {
        const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
            library_.new_key_context(key_.get(), nullptr), library_.free_key_context);
        const bool is_ready = context != nullptr && library_.sign_digest_init(context.get()) == 1 &&
                              library_.set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
                              library_.set_signature_digest(context.get(), library_.sha256()) == 1;
        return signature_by([&](unsigned char* room, std::size_t* size) {
            return is_ready &&
                   library_.sign_digest(context.get(), room, size, octets_of(digest), digest.size()) == 1;
        });
    }

    Result<std::string> sign_ed25519(std::string_view digest) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(library_.new_context(),
                                                                              library_.free_context);
        const bool is_ready = context != nullptr &&
                              library_.sign_init(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1;
        return signature_by([&](unsigned char* room, std::size_t* size) {
            return is_ready &&
                   library_.sign(context.get(), room, size, octets_of(digest), digest.size()) == 1;
        });
    }

    /// Calls `sign` for the size, then for the signature.
    template <class Sign>
    static Result<std::string> signature_by(const Sign& sign) {
        std::size_t size = 0;
        if (!sign(nullptr, &size)) return tl::unexpected(failed("the key cannot sign"));
        std::string signature(size, '\0');
        if (!sign(room_in(signature), &size)) return tl::unexpected(failed("the key cannot sign"));
        signature.resize(size);
        return signature;
    }

    const CryptoLibrary& library_;
    PrivateKey key_;
    bool is_rsa_;
};

} // namespace

Result<std::unique_ptr<dkim::Signer>> read_dkim_key(std::string_view pem, const std::string& passphrase) {
    constexpr int fewest_bits = 1024; // RFC 8301 section 3.2
    const Result<const CryptoLibrary*> library = crypto_library();
    if (!library) return tl::unexpected(library.error());
    auto key = read_private_key(**library, pem, passphrase, "--dkim-key");
    if (!key) return tl::unexpected(key.error());
    const int type = (*library)->key_type(key->get());
    const int bits = (*library)->key_bits(key->get());
    auto signer = std::make_unique<Key>(**library, *std::move(key));
    if (type != EVP_PKEY_RSA && type != EVP_PKEY_ED25519)
        return tl::unexpected(failed("DKIM knows RSA and Ed25519 keys only"));
    if (type == EVP_PKEY_RSA && bits < fewest_bits)
        return tl::unexpected(
            failed("the key is too short: receivers ignore RSA below 1024 bits (RFC 8301)"));
    return signer;
}

} // namespace relaytool::edge
