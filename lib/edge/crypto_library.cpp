#include "edge/crypto_library.hpp"

#include "edge/shared_library.hpp"

namespace relaytool::edge {
namespace {

Result<CryptoLibrary> load() {
    SharedLibrary library({.name = "crypto", .version = 3, .purpose = "signing needs", .package = "libssl3"});
    CryptoLibrary functions;
    library.find("BIO_new_mem_buf", functions.new_memory);
    library.find("BIO_free", functions.free_memory);
    library.find("PEM_read_bio_PrivateKey", functions.read_private_key);
    library.find("EVP_PKEY_free", functions.free_key);
    library.find("EVP_PKEY_get_base_id", functions.key_type);
    library.find("EVP_PKEY_get_bits", functions.key_bits);
    library.find("EVP_MD_CTX_new", functions.new_context);
    library.find("EVP_MD_CTX_free", functions.free_context);
    library.find("EVP_DigestSignInit", functions.sign_init);
    library.find("EVP_DigestSign", functions.sign);
    library.find("EVP_Digest", functions.digest);
    library.find("EVP_sha256", functions.sha256);
    library.find("EVP_PKEY_CTX_set_rsa_padding", functions.set_rsa_padding);
    library.find("EVP_PKEY_CTX_set_rsa_pss_saltlen", functions.set_rsa_pss_saltlen);
    if (const Result<void> complete = library.check(); !complete) return tl::unexpected(complete.error());
    return functions;
}

} // namespace

Result<const CryptoLibrary*> crypto_library() {
    static const Result<CryptoLibrary> loaded = load();
    if (!loaded) return tl::unexpected(loaded.error());
    return &*loaded;
}

} // namespace relaytool::edge
