#include "edge/dkim_key.hpp"

#include "edge/crypto_library.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace relaytool::edge {
namespace {

using mail::DkimAlgorithm;

const unsigned char* octets_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* room_in(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

Error failed(const char* why) {
    return {"--dkim-key", why};
}

class Key final : public mail::Signer {
public:
    Key(const CryptoLibrary& library, EVP_PKEY* key)
        : library_(library), key_(key, library.free_key), is_rsa_(library.key_type(key) == EVP_PKEY_RSA) {}

    DkimAlgorithm algorithm() const override {
        return is_rsa_ ? DkimAlgorithm::rsa_sha256 : DkimAlgorithm::ed25519_sha256;
    }

    Result<std::string> sha256(std::string_view octets) const override {
        std::string hash(EVP_MAX_MD_SIZE, '\0');
        unsigned size = 0;
        if (library_.digest(octets_of(octets), octets.size(), room_in(hash), &size, library_.sha256(),
                            nullptr) != 1)
            return tl::unexpected(failed("SHA-256 does not work here"));
        hash.resize(size);
        return hash;
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
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
    bool is_rsa_;
};

/// Gives the passphrase to OpenSSL, which would ask on the terminal otherwise.
int give_passphrase(char* room, int size, int /*writing*/, void* user) {
    const std::string& passphrase = *static_cast<const std::string*>(user);
    if (size <= 0 || passphrase.size() > static_cast<std::size_t>(size)) return 0;
    passphrase.copy(room, passphrase.size()); // OpenSSL wants no NUL behind it
    return static_cast<int>(passphrase.size());
}

} // namespace

Result<std::unique_ptr<mail::Signer>> read_dkim_key(std::string_view pem, const std::string& passphrase) {
    constexpr std::size_t longest_key = 64 * 1024;
    constexpr int fewest_bits = 1024; // RFC 8301 section 3.2
    if (pem.size() > longest_key)
        return tl::unexpected(failed("this is no private key in PEM: it is too long"));
    const Result<const CryptoLibrary*> library = crypto_library();
    if (!library) return tl::unexpected(library.error());
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(
        (*library)->new_memory(pem.data(), static_cast<int>(pem.size())), (*library)->free_memory);
    if (memory == nullptr) return tl::unexpected(failed("out of memory"));
    std::string secret = passphrase;
    EVP_PKEY* key = (*library)->read_private_key(memory.get(), nullptr, give_passphrase, &secret);
    std::fill(secret.begin(), secret.end(), '\0');
    if (key == nullptr)
        return tl::unexpected(failed("this is no private key in PEM (-----BEGIN PRIVATE KEY-----), or its "
                                     "passphrase is another one"));
    auto signer = std::make_unique<Key>(**library, key);
    const int type = (*library)->key_type(key);
    if (type != EVP_PKEY_RSA && type != EVP_PKEY_ED25519)
        return tl::unexpected(failed("DKIM knows RSA and Ed25519 keys only"));
    if (type == EVP_PKEY_RSA && (*library)->key_bits(key) < fewest_bits)
        return tl::unexpected(
            failed("the key is too short: receivers ignore RSA below 1024 bits (RFC 8301)"));
    return signer;
}

} // namespace relaytool::edge
