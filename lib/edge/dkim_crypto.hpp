#pragma once

#include "dkim/crypto.hpp"
#include "edge/crypto_library.hpp"

namespace relaytool::edge {

/// DKIM's cryptography by libcrypto, which is loaded at the first use; an Error when it is not there.
class DkimCrypto final : public dkim::Crypto {
public:
    Result<std::unique_ptr<dkim::Digest>> sha256() const override;
    Result<bool> verify(dkim::Algorithm algorithm, std::string_view key, std::string_view digest,
                        std::string_view signature) const override;
};

Result<std::unique_ptr<dkim::Digest>> new_sha256(const CryptoLibrary& library);

} // namespace relaytool::edge
