#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relaytool {

/// Words that may be sent but never shown: servers like to repeat what they were told.
class SecretWords {
public:
    /// From now on `secret` is hidden, also in base64 and percent-encoded. Very short ones are not: they
    /// stand in ordinary words by chance.
    void add(const std::string& secret);

    /// `text` with "(hidden)" in place of each of them.
    std::string hidden_in(std::string_view text) const;

private:
    std::vector<std::string> forms_;
};

} // namespace relaytool
