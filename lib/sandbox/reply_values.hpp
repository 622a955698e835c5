#pragma once

#include <string>
#include <string_view>

namespace relaytool::sandbox {

/// What fills the placeholders of a reply.
struct Values {
    std::string front_end;    ///< {front-end}: the server that talks to the client
    std::string mailbox_host; ///< {mailbox-host}: the server behind it, which takes the mail
    std::string login;        ///< {login}
    std::string from;         ///< {from}: the sender that is refused
    std::string recipient;    ///< {recipient}
    std::string client;       ///< {client}: IP address
    std::string time;         ///< {time}: 2024-07-24T03:43:18.298Z
    std::string id;           ///< {id}: 16 hexadecimal digits
    // {huge}: ten megabytes in lines; {binary}: every octet but the line feed.
};

/// `reply` with its placeholders filled, in one pass: what is filled in is not looked at again.
std::string fill(std::string_view reply, const Values& values);

} // namespace relaytool::sandbox
