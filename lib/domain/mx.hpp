#pragma once

#include "base/ip.hpp"
#include "dns/cache.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::domain {

/// Whose mail server a name is.
enum class MxOwner {
    other,
    microsoft,         ///< <name>.mail.protection.outlook.com
    microsoft_dnssec,  ///< <name>.<partition>.mx.microsoft
    microsoft_retired, ///< mail.messaging.microsoft.com, mail.global.frontbridge.com, *.mail.eo.outlook.com
    google,            ///< smtp.google.com, aspmx.l.google.com and its kin
};

MxOwner owner_of_mx(const dns::Name& host);
bool is_microsoft(MxOwner owner);

/// What an Exchange Online name begins with for a domain: its dots as dashes ("contoso.com": "contoso-com").
std::string dashed(const dns::Name& domain);

/// Whether the first label of a Microsoft name was made for a domain: its dots as dashes, its own hyphens
/// kept or dropped, and a short suffix where the label was taken ("base-uk.org": "baseuk-org01be2e").
bool is_label_of(std::string_view label, const dns::Name& domain);

/// For which domain an Exchange Online MX name was made.
enum class MadeFor {
    domain, ///< this one
    parent, ///< a domain above it
    other,  ///< neither, as far as the name tells
};
MadeFor made_for(const dns::Name& host, const dns::Name& domain);

struct MxHost {
    std::uint16_t preference = 0;
    dns::Name name;
    MxOwner owner = MxOwner::other;
    dns::Status a = dns::Status::no_name;    ///< of the look-up of its IPv4 addresses
    dns::Status aaaa = dns::Status::no_name; ///< of its IPv6 addresses
    std::vector<ip::Address> addresses;      ///< the first 32
    dns::Name alias_of;                      ///< root unless the name is a CNAME (RFC 2181 section 10.3)
    bool is_address = false;                 ///< the name is an IP address (RFC 5321 section 5.1 forbids it)

    bool failed() const;
    bool has_no_address() const { return addresses.empty() && !failed() && !is_address; }
};

/// The way that mail takes to a domain (RFC 5321 section 5.1).
struct Mx {
    dns::Status status = dns::Status::no_name;
    std::string detail;        ///< why the look-up failed
    bool is_signed = false;    ///< the name server vouches for the answer (DNSSEC)
    std::vector<MxHost> hosts; ///< by preference; the first 20, the null MX left out
    std::size_t total = 0;     ///< records, the null MX included
    bool null_mx = false;      ///< RFC 7505: takes no mail
    /// Addresses of the domain itself: without MX records they are its mail server (the implicit MX).
    std::vector<ip::Address> own_addresses;
    bool domain_exists = false; ///< the DNS knows the name, with whatever records

    bool failed() const { return status == dns::Status::failure || status == dns::Status::timeout; }
    bool has_owner(bool (*is_owner)(MxOwner)) const;
    /// What the first Microsoft host begins with, in lower case, or "".
    std::string microsoft_label() const;
};

/// Starts every look-up that look_at_mx needs.
void prefetch_mx(dns::Cache& cache, const dns::Name& domain);
Mx look_at_mx(dns::Cache& cache, const dns::Name& domain);

} // namespace relaytool::domain
