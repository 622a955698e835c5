#pragma once

#include "base/base64.hpp"
#include "dkim/canonical.hpp"
#include "dkim/crypto.hpp"
#include "support/dkim_examples.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// DKIM without cryptography: hashes and signatures that any change changes, and that nobody forges by
/// chance.
namespace relaytool::test {

/// 32 octets of FNV-1a and what follows from it.
inline std::string fake_hash(std::string_view octets) {
    std::uint64_t state = 14695981039346656037U;
    for (const char c : octets)
        state = (state ^ static_cast<unsigned char>(c)) * 1099511628211U;
    std::string hash;
    for (int i = 0; i < 32; ++i) {
        state = (state ^ (state >> 29U)) * 6364136223846793005U + 1;
        hash += static_cast<char>(state >> 56U);
    }
    return hash;
}

inline std::string fake_signature(std::string_view key, std::string_view digest) {
    return fake_hash(std::string(key).append(digest)) + "signed";
}

/// Keeps what it was given in `log`.
class FakeDigest final : public dkim::Digest {
public:
    explicit FakeDigest(std::vector<std::string>& log) : log_(log) {}
    void add(std::string_view octets) override { text_ += octets; }
    std::string finish() override {
        log_.push_back(text_);
        return fake_hash(text_);
    }

private:
    std::vector<std::string>& log_;
    std::string text_;
};

struct FakeCrypto final : dkim::Crypto {
    mutable std::vector<std::string> hashed; ///< in order
    bool broken = false;                     ///< there is no SHA-256
    bool key_unusable = false;

    Result<std::unique_ptr<dkim::Digest>> sha256() const override {
        if (broken) return tl::unexpected(Error{"DKIM", "no library"});
        return std::make_unique<FakeDigest>(hashed);
    }
    Result<bool> verify(dkim::Algorithm, std::string_view key, std::string_view digest,
                        std::string_view signature) const override {
        if (key_unusable) return tl::unexpected(Error{"DKIM", "the key cannot be used"});
        return signature == fake_signature(key, digest);
    }
};

struct FakeSigner final : dkim::Signer {
    mutable std::vector<std::string> hashed;
    std::string key; ///< the octets of p=
    bool broken = false;

    dkim::Algorithm algorithm() const override { return dkim::Algorithm::rsa_sha256; }
    Result<std::unique_ptr<dkim::Digest>> sha256() const override {
        return std::make_unique<FakeDigest>(hashed);
    }
    Result<std::string> sign(std::string_view digest) const override {
        if (broken) return tl::unexpected(Error{"--dkim-key", "broken"});
        return fake_signature(key, digest);
    }
};

/// p= of a key record, decoded.
inline std::string key_octets(const std::string& record) {
    return encoding::base64(std::string_view(record).substr(record.find("p=") + 2));
}

/// How fake_sign() signs.
struct FakeSigning {
    std::string tags = "c=relaxed/relaxed; h=from:to:subject"; ///< without v, a, d, s, bh, b
    std::string algorithm = "rsa-sha256";
    std::string domain = "example.com";
    std::string key = key_octets(rfc6376_record);
};

/// `message` with a DKIM-Signature in front, selector "s1".
inline std::string fake_sign(const std::string& message, const FakeSigning& signing) {
    using namespace relaytool::dkim;
    std::vector<std::string> log;
    std::string start = "DKIM-Signature: v=1; a=" + signing.algorithm + "; d=" + signing.domain +
                        "; s=s1;\r\n " + signing.tags + ";\r\n bh=";
    const Signature signature = read_signature(start.substr(start.find(':') + 1));
    const Header header = read_header(message);
    FakeDigest body(log);
    add_body(body, std::string_view(message).substr(header.body), signature.body_canon,
             signature.body_length);
    start += encoding::to_base64(body.finish()) + ";\r\n b=";
    FakeDigest digest(log);
    const Header own = read_header(start);
    add_header(digest, select(header, signature.signed_fields, nullptr), own.fields.front(),
               signature.header_canon);
    return start + encoding::to_base64(fake_signature(signing.key, digest.finish())) + "\r\n" + message;
}

} // namespace relaytool::test
