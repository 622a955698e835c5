#pragma once

#include "base/http.hpp"
#include "domain/mx.hpp"
#include "domain/text_records.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::domain {

/// What is wrong with the TXT record at _mta-sts (RFC 8461 section 3.1).
enum class StsRecordFault { none, several, no_id, bad_id };

enum class StsMode { none, testing, enforce };
std::string_view to_string(StsMode mode);

/// What is wrong with a policy file (RFC 8461 section 3.2).
enum class StsPolicyFault { none, bad_version, bad_mode, no_mx, bad_mx, bad_max_age };
std::string_view to_string(StsPolicyFault fault);

struct StsPolicy {
    std::string text;
    StsPolicyFault fault = StsPolicyFault::none;
    StsMode mode = StsMode::none;
    std::vector<std::string> mx; ///< host names, or *.example.com; the first 100
    std::uint64_t max_age = 0;   ///< seconds
};

StsPolicy read_sts_policy(std::string_view text);

/// Whether a policy's pattern covers a host: a wildcard stands for exactly one label (RFC 8461 section 4.1).
bool sts_covers(std::string_view pattern, const dns::Name& host);

/// How the policy was come by.
enum class StsFetch {
    not_needed, ///< there is no TXT record
    offline,    ///< this run does not use the network
    impossible, ///< this program cannot fetch: a library is missing
    no_host,    ///< mta-sts.<domain> has no address
    failed,     ///< no answer: senders get none either
    refused,    ///< another status than 200
    fetched,
    given, ///< by the user, before it is published
};
std::string_view to_string(StsFetch fetch);

struct MtaSts {
    TextRecords records;
    std::vector<std::string> texts; ///< those that begin with v=STSv1
    StsRecordFault fault = StsRecordFault::none;
    std::string id;
    StsFetch fetch = StsFetch::not_needed;
    std::string url;
    std::string why; ///< why it failed, in the words of the fetching library
    int status = 0;  ///< of HTTP
    std::string content_type;
    std::optional<StsPolicy> policy;
    std::vector<std::string> uncovered; ///< MX hosts that the policy leaves out

    bool is_wanted() const { return !texts.empty(); }
};

void prefetch_mta_sts(dns::Cache& cache, const dns::Name& domain);

/// Where a policy comes from: `web` is null offline; `given` is the text of a policy to check in place of the
/// published one.
struct StsSource {
    Web* web = nullptr;
    std::optional<std::string> given;
};
MtaSts look_at_mta_sts(dns::Cache& cache, const dns::Name& domain, const Mx& mx, const StsSource& source);

} // namespace relaytool::domain
