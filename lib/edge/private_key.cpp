#include "edge/private_key.hpp"

#include <algorithm>
#include <cstddef>

namespace relaytool::edge {
namespace {

constexpr std::size_t longest_key = 64 * 1024;

/// Gives the passphrase to OpenSSL, which would ask on the terminal otherwise.
int give_passphrase(char* room, int size, int /*writing*/, void* user) {
    const std::string& passphrase = *static_cast<const std::string*>(user);
    if (size <= 0 || passphrase.size() > static_cast<std::size_t>(size)) return 0;
    passphrase.copy(room, passphrase.size()); // OpenSSL wants no NUL behind it
    return static_cast<int>(passphrase.size());
}

} // namespace

Result<PrivateKey> read_private_key(const CryptoLibrary& library, std::string_view pem,
                                    const std::string& passphrase, const std::string& option) {
    if (pem.size() > longest_key)
        return tl::unexpected(Error{option, "this is no private key in PEM: it is too long"});
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(
        library.new_memory(pem.data(), static_cast<int>(pem.size())), library.free_memory);
    if (memory == nullptr) return tl::unexpected(Error{option, "out of memory"});
    std::string secret = passphrase;
    PrivateKey key(library.read_private_key(memory.get(), nullptr, give_passphrase, &secret),
                   library.free_key);
    std::fill(secret.begin(), secret.end(), '\0');
    if (key == nullptr)
        return tl::unexpected(Error{option,
                                    "this is no private key in PEM (-----BEGIN PRIVATE KEY-----), or its "
                                    "passphrase is another one"});
    return key;
}

Result<std::string> sha256_of(const CryptoLibrary& library, std::string_view octets,
                              const std::string& option) {
    std::string hash(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    if (library.digest(octets_of(octets), octets.size(), room_in(hash), &size, library.sha256(), nullptr) !=
        1)
        return tl::unexpected(Error{option, "SHA-256 does not work here"});
    hash.resize(size);
    return hash;
}

} // namespace relaytool::edge
