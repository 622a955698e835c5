#pragma once

#include "mail/fields.hpp"
#include "mail/mailbox.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::route {

/// What is wrong with, or strange about, a header as such.
enum class Oddity {
    missing,         ///< a field that must be there is not (RFC 5322 section 3.6): Date, From
    missing_id,      ///< Message-ID is not there: should be (RFC 5322 section 3.6.4)
    duplicate,       ///< a field that may be there once is there several times
    bad_date,        ///< Date is no date
    several_from,    ///< From names several people
    no_address,      ///< From holds no address
    long_line,       ///< a line of more than 998 octets (RFC 5322 section 2.1.1)
    raw_octets,      ///< octets above 127 (RFC 5322 section 2.2); `other` is "UTF-8" for those of RFC 6532
    name_address,    ///< the display name shows an address of another domain
    reply_elsewhere, ///< answers go to another organisation
    mixed_script,    ///< a label of a domain mixes scripts, or writes Latin words with other letters
    look_alike,      ///< a domain looks like that of the recipient, or of From, and is another
};
std::string_view to_string(Oddity oddity);

struct OddField {
    Oddity oddity = Oddity::missing;
    std::string field; ///< its name
    std::string value; ///< what is odd in it; a stranger wrote it
    std::string other; ///< what it is compared with, where there is something
};

/// The people of a header, as far as they matter here.
struct People {
    std::vector<mail::Mailbox> from;
    std::vector<mail::Mailbox> reply_to;
    std::vector<mail::Mailbox> sender;
    std::vector<mail::Mailbox> to; ///< To and Cc; the first 100
};

inline constexpr std::size_t max_oddities = 50;

/// Finds them. `header` is the text of the header that `fields` come from.
std::vector<OddField> find_oddities(std::string_view header, const mail::Fields& fields,
                                    const People& people);

} // namespace relaytool::route
