#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::smtp {

/// What a server says it can do, the lines of its answer to EHLO (RFC 5321 section 4.1.1.1).
struct Capabilities {
    std::vector<std::string> lines;    ///< as sent, without codes and without the greeting; at most 100
    bool esmtp = false;                ///< answered EHLO; false after HELO
    bool starttls = false;             ///< RFC 3207
    bool pipelining = false;           ///< RFC 2920
    bool chunking = false;             ///< RFC 3030
    bool eight_bit = false;            ///< 8BITMIME, RFC 6152
    bool smtputf8 = false;             ///< RFC 6531
    bool dsn = false;                  ///< RFC 3461
    bool takes_size = false;           ///< RFC 1870: MAIL may say how large the message is
    std::optional<std::uint64_t> size; ///< of SIZE: largest message in octets, absent when it names none or 0
    std::vector<std::string> auth;     ///< SASL mechanisms in upper case, RFC 4954; also from `AUTH=LOGIN`

    bool offers(std::string_view mechanism) const;
};

/// Reads the text of a 250 reply to EHLO, lines joined by '\n', codes included.
Capabilities read_capabilities(std::string_view reply_text);

} // namespace relaytool::smtp
