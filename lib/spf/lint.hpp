#pragma once

#include "spf/provider.hpp"
#include "spf/tree.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace relaytool::spf {

/// What can be wrong with a domain's SPF, or worth knowing. Each has one row in the catalogue
/// (lib/diagnosis/spf.cpp).
enum class Problem {
    // There is no usable record
    no_domain,         ///< NXDOMAIN
    no_record,         ///< no TXT record that begins with v=spf1
    no_record_no_mail, ///< the same, and a null MX: the domain takes no mail
    almost_a_record,   ///< a TXT record that was meant to be one
    two_records,       ///< RFC 7208 section 3.2
    dns_failure,       ///< the DNS does not tell
    // Mistakes in the text: permerror
    unknown_mechanism,
    missing_argument,
    bad_argument, ///< a domain that cannot be
    bad_address,
    bad_prefix,
    bad_character,
    bad_macro,
    extra_argument, ///< `all:…`
    double_modifier,
    // Look-ups
    too_many_lookups,
    near_lookup_limit,
    void_lookups,      ///< more than two: permerror
    void_lookups_ipv6, ///< for senders with an IPv6 address only
    no_address, ///< `a` without an address, `mx` without MX or without addresses, `exists` without a record
    too_many_hosts,  ///< `mx` with more than ten
    include_missing, ///< no such domain, or no record there
    include_broken,  ///< the record there is a permerror itself
    include_unknown, ///< the DNS does not tell
    loop,
    // What it says
    plus_all,
    neutral_all,
    no_all,
    after_all,
    redirect_with_all,
    ptr,
    everyone,   ///< a prefix length of 0
    wide_range, ///< millions of addresses
    private_range,
    duplicate,     ///< the same term twice
    contained,     ///< addresses that another term has already
    modifier_typo, ///< `include=`: a modifier that does nothing
    unknown_modifier,
    broken_explanation, ///< exp= leads to nothing
    // Form
    upper_case,
    old_type,      ///< a record of type 99
    sender_id,     ///< spf2.0 left over
    too_long,      ///< over 450 octets
    split_in_word, ///< strings that join without a blank between two terms
    too_big_to_walk,
    // Who else may send
    microsoft_missing, ///< mail comes in at Microsoft 365, which may not send
    google_missing,
    retired,
    shared_isp,
    shared_hosting,
    shared_bulk,
};

/// One finding, as facts.
struct Issue {
    Problem problem;
    std::size_t node = 0;         ///< whose record
    std::string term;             ///< the term, or record, as written; "" when it is about the whole
    std::string subject;          ///< a name, a correction, a number's unit: see lint.cpp at the problem
    std::vector<std::string> all; ///< too_many_lookups: what each term of the record costs, "include:x 3"
    std::size_t count = 0;        ///< look-ups, hosts, octets
};

/// What else the DNS says about the domain.
struct Surroundings {
    dns::AnswerPtr mx;
    dns::AnswerPtr type99; ///< may be null: not asked
};

/// Starts the look-ups of Surroundings.
void prefetch_surroundings(dns::Cache& dns, const dns::Name& domain);
Surroundings look_around(dns::Cache& dns, const dns::Name& domain);

/// Everything that is wrong with the record and its tree, the gravest kinds first.
std::vector<Issue> lint(const Tree& tree, const Surroundings& surroundings);

/// Whether the domain says that it takes no mail (RFC 7505).
bool has_null_mx(const Surroundings& surroundings);

/// Whether the provider may send for the domain, as far as anybody can tell: a record of the tree includes
/// it, its addresses pass, or a part of the tree is not known, because it depends on the message or the DNS
/// did not answer.
bool may_send(const Tree& tree, const Provider& provider);

/// Microsoft's proof of ownership beside the record: MS=ms12345678.
bool has_microsoft_proof(const Tree& tree);

/// Whether the domain's mail or verification records show that it lives at that provider: "o365", "google".
bool is_at(std::string_view provider_id, const Tree& tree, const Surroundings& surroundings);

} // namespace relaytool::spf
