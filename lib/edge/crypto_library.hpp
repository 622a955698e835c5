#pragma once

#include "base/result.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace relaytool::edge {

/// The functions of OpenSSL's libcrypto that are used. The library is loaded at the first use, as libcurl is.
struct CryptoLibrary {
    decltype(&BIO_new_mem_buf) new_memory = nullptr;
    decltype(&BIO_free) free_memory = nullptr;
    decltype(&PEM_read_bio_PrivateKey) read_private_key = nullptr;
    decltype(&EVP_PKEY_free) free_key = nullptr;
    decltype(&EVP_PKEY_get_base_id) key_type = nullptr;
    decltype(&EVP_PKEY_get_bits) key_bits = nullptr;
    decltype(&EVP_MD_CTX_new) new_context = nullptr;
    decltype(&EVP_MD_CTX_free) free_context = nullptr;
    decltype(&EVP_DigestSignInit) sign_init = nullptr;
    decltype(&EVP_DigestSign) sign = nullptr;
    decltype(&EVP_Digest) digest = nullptr;
    decltype(&EVP_sha256) sha256 = nullptr;
    decltype(&EVP_PKEY_CTX_set_rsa_padding) set_rsa_padding = nullptr;
    decltype(&EVP_PKEY_CTX_set_rsa_pss_saltlen) set_rsa_pss_saltlen = nullptr;
    decltype(&EVP_DigestInit_ex) digest_init = nullptr;
    decltype(&EVP_DigestUpdate) digest_update = nullptr;
    decltype(&EVP_DigestFinal_ex) digest_final = nullptr;
    decltype(&d2i_PUBKEY) read_public_key = nullptr;
    decltype(&d2i_PublicKey) read_bare_public_key = nullptr;
    decltype(&EVP_PKEY_new_raw_public_key) new_raw_public_key = nullptr;
    decltype(&EVP_PKEY_CTX_new) new_key_context = nullptr;
    decltype(&EVP_PKEY_CTX_free) free_key_context = nullptr;
    decltype(&EVP_PKEY_CTX_set_signature_md) set_signature_digest = nullptr;
    decltype(&EVP_PKEY_sign_init) sign_digest_init = nullptr;
    decltype(&EVP_PKEY_sign) sign_digest = nullptr;
    decltype(&EVP_PKEY_verify_init) verify_init = nullptr;
    decltype(&EVP_PKEY_verify) verify = nullptr;
    decltype(&EVP_DigestVerifyInit) digest_verify_init = nullptr;
    decltype(&EVP_DigestVerify) digest_verify = nullptr;
    decltype(&ERR_clear_error) clear_errors = nullptr;
};

/// Loads the library once; the Error says which one is missing. It stays loaded.
Result<const CryptoLibrary*> crypto_library();

} // namespace relaytool::edge
