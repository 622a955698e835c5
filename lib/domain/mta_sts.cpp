#include "domain/mta_sts.hpp"

#include "base/ascii.hpp"
#include "domain/tags.hpp"

#include <algorithm>
#include <charconv>

namespace relaytool::domain {
namespace {

constexpr std::size_t longest_id = 32;
constexpr std::size_t most_mx = 100;
constexpr std::size_t most_addresses = 8;
constexpr std::uint64_t longest_age = 31557600; // RFC 8461 section 3.2

bool is_id(std::string_view id) {
    return !id.empty() && id.size() <= longest_id && std::all_of(id.begin(), id.end(), ascii::is_alnum);
}

bool is_pattern(std::string_view text) {
    if (text.starts_with("*.")) text.remove_prefix(2);
    const auto name = dns::Name::from_text(text);
    return name && !name->is_root() && std::all_of(text.begin(), text.end(), [](char c) {
               return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_';
           });
}

/// The fields of a policy that must stand there once; of doubled ones the first counts (RFC 8461
/// section 3.2).
struct Fields {
    std::optional<std::string> version;
    std::optional<std::string> mode;
    std::optional<std::string> max_age;
};

/// One `key: value` line.
void read_line(std::string_view line, StsPolicy& policy, Fields& fields) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = ascii::trim(line.substr(0, colon));
    const std::string value{ascii::trim(line.substr(colon + 1))};
    if (key == "version" && !fields.version) fields.version = value;
    if (key == "mode" && !fields.mode) fields.mode = value;
    if (key == "max_age" && !fields.max_age) fields.max_age = value;
    if (key == "mx" && policy.mx.size() < most_mx) policy.mx.push_back(value);
}

std::uint64_t read_age(const std::string& value) {
    std::uint64_t age = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), age);
    const bool good = error == std::errc{} && end == value.data() + value.size() && age <= longest_age;
    return good ? age : 0;
}

void read_record(MtaSts& sts) {
    sts.texts = sts.records.of_version("v=STSv1");
    if (sts.texts.empty()) return;
    const TagList tags = read_tags(sts.texts.front());
    sts.id = tags.value("id");
    if (sts.texts.size() > 1)
        sts.fault = StsRecordFault::several;
    else if (tags.find("id") == nullptr)
        sts.fault = StsRecordFault::no_id;
    else if (!is_id(sts.id))
        sts.fault = StsRecordFault::bad_id;
}

/// The addresses of the policy's web server; nothing when they could not be found out.
std::optional<std::vector<ip::Address>> addresses_of(dns::Cache& cache, const dns::Name& host) {
    std::vector<ip::Address> addresses;
    bool failed = false;
    for (const dns::Type type : {dns::Type::a, dns::Type::aaaa}) {
        const dns::AnswerPtr answer = cache.query({host, type});
        failed = failed || answer->failed();
        for (const ip::Address* address : answer->all<ip::Address>())
            if (addresses.size() < most_addresses) addresses.push_back(*address);
    }
    if (addresses.empty() && failed) return std::nullopt;
    return addresses;
}

void fetch_policy(MtaSts& sts, Web* web, const std::optional<std::vector<ip::Address>>& addresses) {
    if (addresses && addresses->empty()) {
        sts.fetch = StsFetch::no_host;
        return;
    }
    if (web == nullptr) {
        sts.fetch = StsFetch::offline;
        return;
    }
    const Result<HttpAnswer> answer = web->get(sts.url, addresses.value_or(std::vector<ip::Address>{}));
    if (!answer) {
        sts.fetch = answer.error().what == sts.url ? StsFetch::failed : StsFetch::impossible;
        sts.why = answer.error().why;
        return;
    }
    sts.status = answer->status;
    sts.content_type = answer->content_type;
    // RFC 8461 section 3.3: any status but 200 means that there is no policy; 3xx are not followed.
    sts.fetch = answer->status == 200 ? StsFetch::fetched : StsFetch::refused;
    if (sts.fetch == StsFetch::fetched) sts.policy = read_sts_policy(answer->body);
}

} // namespace

std::string_view to_string(StsMode mode) {
    switch (mode) {
    case StsMode::none: return "none";
    case StsMode::testing: return "testing";
    case StsMode::enforce: return "enforce";
    }
    return "";
}

std::string_view to_string(StsPolicyFault fault) {
    switch (fault) {
    case StsPolicyFault::none: return "none";
    case StsPolicyFault::bad_version: return "bad-version";
    case StsPolicyFault::bad_mode: return "bad-mode";
    case StsPolicyFault::no_mx: return "no-mx";
    case StsPolicyFault::bad_mx: return "bad-mx";
    case StsPolicyFault::bad_max_age: return "bad-max-age";
    }
    return "";
}

std::string_view to_string(StsFetch fetch) {
    switch (fetch) {
    case StsFetch::not_needed: return "not-needed";
    case StsFetch::offline: return "offline";
    case StsFetch::impossible: return "impossible";
    case StsFetch::no_host: return "no-host";
    case StsFetch::failed: return "failed";
    case StsFetch::refused: return "refused";
    case StsFetch::fetched: return "fetched";
    case StsFetch::given: return "given";
    }
    return "";
}

StsPolicy read_sts_policy(std::string_view text) {
    StsPolicy policy;
    policy.text = text;
    Fields fields;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        read_line(text.substr(0, end), policy, fields);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const std::string version = fields.version.value_or("");
    const std::string mode = fields.mode.value_or("");
    policy.max_age = read_age(fields.max_age.value_or(""));
    const bool known_mode = mode == "none" || mode == "testing" || mode == "enforce";
    policy.mode = mode == "enforce" ? StsMode::enforce : mode == "testing" ? StsMode::testing : StsMode::none;
    if (version != "STSv1")
        policy.fault = StsPolicyFault::bad_version;
    else if (!known_mode)
        policy.fault = StsPolicyFault::bad_mode;
    else if (policy.mx.empty() && policy.mode != StsMode::none)
        policy.fault = StsPolicyFault::no_mx;
    else if (!std::all_of(policy.mx.begin(), policy.mx.end(), is_pattern))
        policy.fault = StsPolicyFault::bad_mx;
    else if (policy.max_age == 0)
        policy.fault = StsPolicyFault::bad_max_age;
    return policy;
}

bool sts_covers(std::string_view pattern, const dns::Name& host) {
    const bool wildcard = pattern.starts_with("*.");
    const auto name = dns::Name::from_text(wildcard ? pattern.substr(2) : pattern);
    if (!name || name->is_root()) return false;
    return wildcard ? !host.is_root() && host.parent() == *name : host == *name;
}

void prefetch_mta_sts(dns::Cache& cache, const dns::Name& domain) {
    cache.prefetch({name_below(domain, "_mta-sts"), dns::Type::txt});
    cache.prefetch({name_below(domain, "mta-sts"), dns::Type::a});
    cache.prefetch({name_below(domain, "mta-sts"), dns::Type::aaaa});
}

MtaSts look_at_mta_sts(dns::Cache& cache, const dns::Name& domain, const Mx& mx, const StsSource& source) {
    MtaSts sts;
    sts.records = look_at_text(cache, name_below(domain, "_mta-sts"));
    read_record(sts);
    sts.url = "https://mta-sts." + lower_text(domain) + "/.well-known/mta-sts.txt";
    if (source.given) {
        sts.fetch = StsFetch::given;
        sts.policy = read_sts_policy(*source.given);
    } else if (sts.is_wanted()) {
        fetch_policy(sts, source.web, addresses_of(cache, name_below(domain, "mta-sts")));
    }
    if (!sts.policy || sts.policy->mode == StsMode::none) return sts;
    for (const MxHost& host : mx.hosts) {
        const std::vector<std::string>& patterns = sts.policy->mx;
        if (std::none_of(patterns.begin(), patterns.end(),
                         [&](const std::string& pattern) { return sts_covers(pattern, host.name); }))
            sts.uncovered.push_back(lower_text(host.name));
    }
    return sts;
}

} // namespace relaytool::domain
