#include "edge/crypto_library.hpp"

#include "edge/shared_library.hpp"

namespace relaytool::edge {
namespace {

Result<CryptoLibrary> load() {
    SharedLibrary library(
        {.name = "crypto", .version = 3, .purpose = "signatures need", .package = "libssl3"});
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
    library.find("EVP_DigestInit_ex", functions.digest_init);
    library.find("EVP_DigestUpdate", functions.digest_update);
    library.find("EVP_DigestFinal_ex", functions.digest_final);
    library.find("d2i_PUBKEY", functions.read_public_key);
    library.find("d2i_PublicKey", functions.read_bare_public_key);
    library.find("EVP_PKEY_new_raw_public_key", functions.new_raw_public_key);
    library.find("EVP_PKEY_CTX_new", functions.new_key_context);
    library.find("EVP_PKEY_CTX_free", functions.free_key_context);
    library.find("EVP_PKEY_CTX_set_signature_md", functions.set_signature_digest);
    library.find("EVP_PKEY_sign_init", functions.sign_digest_init);
    library.find("EVP_PKEY_sign", functions.sign_digest);
    library.find("EVP_PKEY_verify_init", functions.verify_init);
    library.find("EVP_PKEY_verify", functions.verify);
    library.find("EVP_DigestVerifyInit", functions.digest_verify_init);
    library.find("EVP_DigestVerify", functions.digest_verify);
    library.find("ERR_clear_error", functions.clear_errors);
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
