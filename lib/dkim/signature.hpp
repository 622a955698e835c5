#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// DKIM, RFC 6376 and RFC 8463: signing and verifying. The cryptography comes from outside (crypto.hpp).
namespace relaytool::dkim {

enum class Canon { simple, relaxed };
std::string_view to_string(Canon canon);

/// What keeps a DKIM-Signature field from being checked (RFC 6376 section 6.1.1).
enum class SignatureFault {
    none,
    syntax,            ///< no tag list, a tag twice, or more tags or names than anybody needs
    missing_tag,       ///< one of v a b bh d h s is not there
    bad_version,       ///< v= is not 1
    unknown_algorithm, ///< a= is none of ours
    sha1,              ///< a=rsa-sha1: no longer to be trusted (RFC 8301 section 3.1)
    bad_canon,         ///< c= is none of simple and relaxed
    bad_base64,        ///< b= or bh= is no base64, or bh= no SHA-256
    bad_domain,        ///< d= or s= is no name that the DNS could hold
    foreign_identity,  ///< the domain of i= is not d=, nor below it
    from_not_signed,   ///< h= leaves From out
    bad_number,        ///< l=, t= or x= is no number, or x= is not behind t=
    bad_query,         ///< q= lets nobody ask the DNS
};
std::string_view to_string(SignatureFault fault);

/// A DKIM-Signature field, RFC 6376 section 3.5.
struct Signature {
    std::string algorithm; ///< a=, in lower case; see algorithm_of()
    Canon header_canon = Canon::simple;
    Canon body_canon = Canon::simple;
    std::string domain;                       ///< d=, in lower case
    std::string selector;                     ///< s=
    std::string identity;                     ///< i=, without white space; "" when it is not there
    std::vector<std::string> signed_fields;   ///< h=, in its order, in lower case; the first 1000
    std::string body_hash;                    ///< bh=, decoded
    std::string signature;                    ///< b=, decoded
    std::optional<std::uint64_t> body_length; ///< l=, in octets
    std::optional<std::int64_t> signed_at;    ///< t=, seconds since 1970-01-01 UTC
    std::optional<std::int64_t> expires;      ///< x=, seconds since 1970-01-01 UTC
    SignatureFault fault = SignatureFault::none;
    std::string fault_detail; ///< the tag or value at fault; a stranger wrote it

    /// Where the public key stands: `selector._domainkey.domain`.
    std::string key_name() const;
};

/// Reads the field's value, folded or not. Never fails: see `fault`, the first of several; what else can be
/// read is there all the same.
Signature read_signature(std::string_view value);

/// Where in the field's value that of b= stands, white space around it included; an empty stretch at the end
/// when there is none.
std::string_view find_signature(std::string_view value);

} // namespace relaytool::dkim
