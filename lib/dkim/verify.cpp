#include "dkim/verify.hpp"

#include "base/ascii.hpp"
#include "dkim/canonical.hpp"
#include "dns/idn.hpp"
#include "domain/text_records.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relaytool::dkim {
namespace {

/// RFC 6376 section 8.15: what a reader sees of the header.
constexpr std::array<std::string_view, 7> seen_fields{"From", "To",       "Cc",    "Subject",
                                                      "Date", "Reply-To", "Sender"};
constexpr std::string_view field_name = "DKIM-Signature";

struct Judgement {
    Outcome outcome;
    Reason reason;
};

/// How often the header has each field that people see.
std::array<std::size_t, seen_fields.size()> count_seen(const Header& header) {
    std::array<std::size_t, seen_fields.size()> counts{};
    for (const Field& field : header.fields)
        for (std::size_t i = 0; i < seen_fields.size(); ++i)
            if (ascii::iequals(field.name, seen_fields[i])) ++counts[i];
    return counts;
}

/// A body's hash in one canonical form.
struct BodyHash {
    Canon canon = Canon::simple;
    std::optional<std::uint64_t> limit;
    std::string hash;
    std::uint64_t size = 0; ///< of the whole canonical body
};

/// One message, and what its signatures have in common.
class Verifier {
public:
    Verifier(std::string_view message, Body body, const Crypto& crypto, std::int64_t now)
        : header_(read_header(message)), body_(message.substr(header_.body)), has_body_(body == Body::there),
          crypto_(crypto), now_(now), seen_(count_seen(header_)) {}

    const Header& header() const { return header_; }

    Verification check(const Field& own, dns::Cache& cache) {
        Verification result;
        result.signature = read_signature(own.value);
        const Judgement judged = judge(own, cache, result);
        const bool is_altered =
            judged.reason == Reason::body_altered || judged.reason == Reason::header_altered;
        const Signature& signature = result.signature;
        const bool is_expired =
            signature.fault == SignatureFault::none && signature.expires.value_or(now_) < now_;
        result.outcome = is_expired && !is_altered ? Outcome::permerror : judged.outcome;
        result.reason = is_expired && !is_altered ? Reason::expired : judged.reason;
        return result;
    }

private:
    Judgement judge(const Field& own, dns::Cache& cache, Verification& result) {
        const Signature& signature = result.signature;
        if (signature.fault != SignatureFault::none) return {Outcome::permerror, Reason::bad_signature};
        const auto algorithm = algorithm_of(signature.algorithm);
        if (!algorithm) return {Outcome::permerror, Reason::bad_signature};
        result.unsigned_copies = unsigned_copies(signature);
        if (!check_body(result)) return {Outcome::temperror, Reason::no_crypto};
        if (const auto bad = find_key(*algorithm, cache, result)) return *bad;
        if (const auto bad = check_header(own, *algorithm, result)) return *bad;
        if (has_body_ && !result.body_ok) return {Outcome::fail, Reason::body_altered};
        if (!result.header_ok) return {Outcome::fail, Reason::header_altered};
        if (!result.body_ok) return {Outcome::neutral, Reason::header_only};
        return {Outcome::pass, Reason::matched};
    }

    std::vector<std::string> unsigned_copies(const Signature& signature) const {
        std::vector<std::string> copies;
        for (std::size_t i = 0; i < seen_fields.size(); ++i) {
            const auto signed_ones =
                std::count_if(signature.signed_fields.begin(), signature.signed_fields.end(),
                              [&](const std::string& name) { return ascii::iequals(name, seen_fields[i]); });
            if (seen_[i] > static_cast<std::size_t>(signed_ones)) copies.emplace_back(seen_fields[i]);
        }
        return copies;
    }

    /// False when there is no SHA-256.
    bool check_body(Verification& result) {
        const Signature& signature = result.signature;
        auto known = std::find_if(hashes_.begin(), hashes_.end(), [&](const BodyHash& hash) {
            return hash.canon == signature.body_canon && hash.limit == signature.body_length;
        });
        if (known == hashes_.end()) {
            BodyHash hash{signature.body_canon, signature.body_length, {}, 0};
            const auto digest = crypto_.sha256();
            if (!digest) {
                result.detail = digest.error().why;
                return false;
            }
            hash.size = add_body(**digest, body_, hash.canon, hash.limit);
            hash.hash = (*digest)->finish();
            known = hashes_.insert(hashes_.end(), std::move(hash));
        }
        const std::uint64_t length = signature.body_length.value_or(known->size);
        result.body_ok = length <= known->size && known->hash == signature.body_hash;
        result.unsigned_octets = known->size - std::min(length, known->size);
        return true;
    }

    /// RFC 6376 section 6.1.2.
    static std::optional<Judgement> find_key(Algorithm algorithm, dns::Cache& cache, Verification& result) {
        const Signature& signature = result.signature;
        const auto name = dns::name_from_input(signature.key_name());
        if (!name) return Judgement{Outcome::permerror, Reason::bad_signature};
        const domain::TextRecords records = domain::look_at_text(cache, *name);
        if (records.failed()) {
            result.detail = records.detail;
            return Judgement{Outcome::temperror, Reason::dns_failure};
        }
        std::vector<domain::DkimKey> keys = domain::read_dkim_keys(records);
        if (keys.empty()) return Judgement{Outcome::permerror, Reason::no_key};
        result.key = std::move(keys.front());
        if (keys.size() > 1) return Judgement{Outcome::permerror, Reason::many_keys};
        const domain::DkimKey& key = result.key;
        if (key.fault != domain::KeyFault::none) return Judgement{Outcome::permerror, Reason::bad_key};
        const bool is_rsa = algorithm == Algorithm::rsa_sha256;
        const bool fits = key.type == (is_rsa ? "rsa" : "ed25519") && !key.sha1_only;
        if (!fits || (key.strict && !is_own_identity(signature)))
            return Judgement{Outcome::permerror, Reason::wrong_key};
        constexpr unsigned fewest_bits = 1024;
        if (is_rsa && key.bits < fewest_bits) return Judgement{Outcome::permerror, Reason::short_key};
        return std::nullopt;
    }

    /// Whether the domain of i= is d= itself, as t=s demands.
    static bool is_own_identity(const Signature& signature) {
        return signature.identity.empty() || ascii::iends_with(signature.identity, "@" + signature.domain);
    }

    std::optional<Judgement> check_header(const Field& own, Algorithm algorithm, Verification& result) const {
        const Signature& signature = result.signature;
        const auto digest = crypto_.sha256();
        if (!digest) {
            result.detail = digest.error().why;
            return Judgement{Outcome::temperror, Reason::no_crypto};
        }
        add_header(**digest, select(header_, signature.signed_fields, &own), own, signature.header_canon);
        const std::string hash = (*digest)->finish();
        const auto verified = crypto_.verify(algorithm, result.key.octets, hash, signature.signature);
        if (!verified) {
            result.detail = verified.error().why;
            return Judgement{Outcome::permerror, Reason::bad_key};
        }
        result.header_ok = *verified;
        return std::nullopt;
    }

    Header header_;
    std::string_view body_;
    bool has_body_;
    const Crypto& crypto_;
    std::int64_t now_;
    std::array<std::size_t, seen_fields.size()> seen_;
    std::vector<BodyHash> hashes_;
};

} // namespace

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
    case Outcome::pass: return "pass";
    case Outcome::fail: return "fail";
    case Outcome::neutral: return "neutral";
    case Outcome::temperror: return "temperror";
    case Outcome::permerror: return "permerror";
    }
    return "";
}

std::string_view to_string(Reason reason) {
    switch (reason) {
    case Reason::matched: return "matched";
    case Reason::header_only: return "header-only";
    case Reason::body_altered: return "body-altered";
    case Reason::header_altered: return "header-altered";
    case Reason::bad_signature: return "bad-signature";
    case Reason::no_key: return "no-key";
    case Reason::bad_key: return "bad-key";
    case Reason::many_keys: return "many-keys";
    case Reason::wrong_key: return "wrong-key";
    case Reason::short_key: return "short-key";
    case Reason::expired: return "expired";
    case Reason::dns_failure: return "dns-failure";
    case Reason::no_crypto: return "no-crypto";
    case Reason::too_many: return "too-many";
    }
    return "";
}

void prefetch(dns::Cache& cache, std::string_view message) {
    std::size_t count = 0;
    for (const Field& field : read_header(message).fields) {
        if (!ascii::iequals(field.name, field_name)) continue;
        if (++count > max_signatures) return;
        const Signature signature = read_signature(field.value);
        if (signature.fault != SignatureFault::none) continue;
        if (const auto name = dns::name_from_input(signature.key_name()))
            cache.prefetch({*name, dns::Type::txt});
    }
}

std::vector<Verification> verify(std::string_view message, Body body, dns::Cache& cache, const Crypto& crypto,
                                 std::int64_t now) {
    std::vector<Verification> results;
    Verifier verifier(message, body, crypto, now);
    for (const Field& field : verifier.header().fields) {
        if (!ascii::iequals(field.name, field_name)) continue;
        if (results.size() < max_signatures && verifier.header().is_whole) {
            results.push_back(verifier.check(field, cache));
            continue;
        }
        results.push_back({.signature = read_signature(field.value),
                           .outcome = Outcome::neutral,
                           .reason = Reason::too_many,
                           .key = {},
                           .detail = {},
                           .unsigned_copies = {}});
    }
    return results;
}

} // namespace relaytool::dkim
