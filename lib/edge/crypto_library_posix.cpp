#include "edge/crypto_library.hpp"

#include <dlfcn.h>
#include <string>

namespace relaytool::edge {
namespace {

#ifdef __APPLE__
constexpr const char* file_name = "libcrypto.3.dylib";
#else
constexpr const char* file_name = "libcrypto.so.3";
#endif

template <class Function>
bool find(void* library, const char* name, Function& function) {
    // POSIX promises that a function's address fits.
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
}

Result<CryptoLibrary> load() {
    const auto missing = [](const std::string& why) {
        return tl::unexpected(Error{file_name, "signing needs this library, and it cannot be loaded (" + why +
                                                   "); on Debian and Ubuntu: apt install libssl3"});
    };
    void* library = dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* why = dlerror();
        return missing(why == nullptr ? "no reason given" : why);
    }
    CryptoLibrary functions;
    const bool complete = find(library, "BIO_new_mem_buf", functions.new_memory) &&
                          find(library, "BIO_free", functions.free_memory) &&
                          find(library, "PEM_read_bio_PrivateKey", functions.read_private_key) &&
                          find(library, "EVP_PKEY_free", functions.free_key) &&
                          find(library, "EVP_PKEY_get_base_id", functions.key_type) &&
                          find(library, "EVP_PKEY_get_bits", functions.key_bits) &&
                          find(library, "EVP_MD_CTX_new", functions.new_context) &&
                          find(library, "EVP_MD_CTX_free", functions.free_context) &&
                          find(library, "EVP_DigestSignInit", functions.sign_init) &&
                          find(library, "EVP_DigestSign", functions.sign) &&
                          find(library, "EVP_Digest", functions.digest) &&
                          find(library, "EVP_sha256", functions.sha256);
    if (!complete) return missing("functions are missing in it");
    return functions;
}

} // namespace

Result<const CryptoLibrary*> crypto_library() {
    static const Result<CryptoLibrary> loaded = load();
    if (!loaded) return tl::unexpected(loaded.error());
    return &*loaded;
}

} // namespace relaytool::edge
