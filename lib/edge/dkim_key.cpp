#include "edge/dkim_key.hpp"

#include "edge/private_key.hpp"

#include <cstddef>
#include <utility>

namespace relaytool::edge {
namespace {

using mail::DkimAlgorithm;

Error failed(const char* why) {
    return {"--dkim-key", why};
}

class Key final : public mail::Signer {
public:
    Key(const CryptoLibrary& library, PrivateKey key)
        : library_(library), key_(std::move(key)), is_rsa_(library.key_type(key_.get()) == EVP_PKEY_RSA) {}

    DkimAlgorithm algorithm() const override {
        return is_rsa_ ? DkimAlgorithm::rsa_sha256 : DkimAlgorithm::ed25519_sha256;
    }

    Result<std::string> sha256(std::string_view octets) const override {
        return sha256_of(library_, octets, "--dkim-key");
    }

    Result<std::string> sign(std::string_view octets) const override {
        if (is_rsa_) return sign_with(library_.sha256(), octets);
        Result<std::string> hash = sha256(octets);
        if (!hash) return hash;
        return sign_with(nullptr, *hash); // RFC 8463 section 3: Ed25519 of the hash
    }

private:
    Result<std::string> sign_with(const EVP_MD* digest, std::string_view octets) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(library_.new_context(),
                                                                              library_.free_context);
        std::size_t size = 0;
        if (context == nullptr ||
            library_.sign_init(context.get(), nullptr, digest, nullptr, key_.get()) != 1 ||
            library_.sign(context.get(), nullptr, &size, octets_of(octets), octets.size()) != 1)
            return tl::unexpected(failed("the key cannot sign"));
        std::string signature(size, '\0');
        if (library_.sign(context.get(), room_in(signature), &size, octets_of(octets), octets.size()) != 1)
            return tl::unexpected(failed("the key cannot sign"));
        signature.resize(size);
        return signature;
    }

    const CryptoLibrary& library_;
    PrivateKey key_;
    bool is_rsa_;
};

} // namespace

Result<std::unique_ptr<mail::Signer>> read_dkim_key(std::string_view pem, const std::string& passphrase) {
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
