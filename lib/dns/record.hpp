#pragma once

#include "base/ip.hpp"
#include "dns/name.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The Domain Name System as far as mail needs it: questions, answers, and where they come from.
namespace relaytool::dns {

/// Record types (RFC 1035 section 3.2.2 and later). The numbers are those of the wire.
enum class Type : std::uint16_t {
    a = 1,
    ns = 2,
    cname = 5,
    soa = 6,
    ptr = 12,
    mx = 15,
    txt = 16,
    aaaa = 28,
    srv = 33,
    ds = 43,
    dnskey = 48,
    tlsa = 52,
    spf = 99, ///< withdrawn, RFC 7208 section 3.1
    caa = 257,
};

/// "TXT", "MX"; "TYPE999" for a number without a name (RFC 3597 section 5).
std::string to_string(Type type);
/// The same words, case ignored.
std::optional<Type> type_from(std::string_view word);

/// TXT (RFC 1035 section 3.3.14): strings of up to 255 octets each. What they mean is `joined()`: the strings
/// one behind the other, without a blank (RFC 7208 section 3.3).
struct Text {
    std::vector<std::string> strings;
    std::string joined() const;
};

/// RFC 1035 section 3.3.9. A root exchange at preference 0 is the null MX of RFC 7505.
struct Mx {
    std::uint16_t preference = 0;
    Name exchange;
};

/// RFC 2782.
struct Srv {
    std::uint16_t priority = 0;
    std::uint16_t weight = 0;
    std::uint16_t port = 0;
    Name target;
};

/// RFC 6698 section 2.1.
struct Tlsa {
    std::uint8_t usage = 0;
    std::uint8_t selector = 0;
    std::uint8_t matching = 0;
    std::string data; ///< octets
};

/// Data of a type that nothing here reads: octets as they came.
struct Opaque {
    std::string octets;
};

/// What a record holds: Address for A and AAAA, Name for CNAME, NS and PTR.
using Data = std::variant<ip::Address, Name, Text, Mx, Srv, Tlsa, Opaque>;

struct Record {
    std::uint32_t ttl = 0; ///< seconds
    Data data;
};

struct Question {
    Name name;
    Type type = Type::a;

    bool operator==(const Question&) const = default;
};

/// How a look-up ended. The five stay apart: "there is no such record" is an answer, "could not find out" is
/// none.
enum class Status {
    answer,  ///< there are records
    no_data, ///< the name exists, the record does not
    no_name, ///< NXDOMAIN: there is no such name
    failure, ///< a server answered SERVFAIL, REFUSED, FORMERR, …, or something that cannot be read
    timeout, ///< no server answered in time, or none could be reached
};

/// "answer", "no-data", "nxdomain", "server-failure", "timeout".
std::string_view to_string(Status status);

/// What was found out about one question.
struct Answer {
    Status status = Status::timeout;
    /// Those of the type asked for, at the end of the chain of aliases, in the order they came. Empty unless
    /// status is `answer`.
    std::vector<Record> records;
    /// The CNAME records followed, first to last: what each name is an alias of.
    std::vector<Name> aliases;
    unsigned rcode = 0;         ///< RFC 1035 section 4.1.1; meaningless for `timeout`
    bool authenticated = false; ///< the server says it has verified the answer (AD, RFC 4035 section 3.2.3)
    std::string server;         ///< who answered: "192.0.2.53:53", "zone file"; empty for `timeout`
    std::string detail;         ///< what went wrong, in a few words; empty when nothing did

    /// Whether the name was found to hold nothing of the type: RFC 7208 section 4.6.4 calls it void.
    bool is_void() const { return status == Status::no_data || status == Status::no_name; }
    /// Whether it could not be found out.
    bool failed() const { return status == Status::failure || status == Status::timeout; }

    /// The records' data of one kind: `texts = answer.all<Text>()`.
    template <class T>
    std::vector<const T*> all() const {
        std::vector<const T*> found;
        for (const Record& record : records)
            if (const T* data = std::get_if<T>(&record.data)) found.push_back(data);
        return found;
    }
};

} // namespace relaytool::dns
