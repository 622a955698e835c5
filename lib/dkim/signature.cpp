#include "dkim/signature.hpp"

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "dkim/crypto.hpp"
#include "dns/idn.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::dkim {
namespace {

constexpr std::size_t max_tags = 64;
constexpr std::size_t max_names = 1000;

/// RFC 6376 section 3.2; unlike domain::read_tags nothing is forgiven, and the value knows its place.
struct RawTag {
    std::string_view name;
    std::string_view value; ///< with the white space around it
};

/// Takes the first tag off `rest`; without a name when it is none.
RawTag take_tag(std::string_view& rest) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) return {};
    return {ascii::trim(part.substr(0, equals)), part.substr(equals + 1)};
}

bool is_tag_name(std::string_view name) {
    return !name.empty() && ascii::is_alpha(name.front()) &&
           std::all_of(name.begin(), name.end(), [](char c) { return ascii::is_alnum(c) || c == '_'; });
}

std::string without_space(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return !ascii::is_space(c); });
    return out;
}

/// Letters of other scripts are allowed (RFC 8616 section 5).
bool is_name(std::string_view text) {
    return !text.empty() && text.front() != '.' && text.back() != '.' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.' ||
                      static_cast<unsigned char>(c) >= 0x80;
           });
}

/// Digits, at most `longest` of them; numbers that are too large for us become the largest.
std::optional<std::uint64_t> read_number(std::string_view digits, std::size_t longest) {
    if (digits.empty() || digits.size() > longest) return std::nullopt;
    std::uint64_t number = 0;
    for (const char c : digits) {
        if (!ascii::is_digit(c)) return std::nullopt;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        number = number > (UINT64_MAX - digit) / 10 ? UINT64_MAX : number * 10 + digit;
    }
    return number;
}

std::optional<Canon> canon_of(std::string_view word) {
    if (ascii::iequals(word, "simple")) return Canon::simple;
    if (ascii::iequals(word, "relaxed")) return Canon::relaxed;
    return std::nullopt;
}

/// One field on its way into a Signature.
class Reader {
public:
    explicit Reader(std::string_view value) { read_tags(value); }

    Signature read() && {
        read_version();
        read_words();
        read_names();
        read_identity();
        read_numbers();
        read_octets();
        return std::move(signature_);
    }

private:
    void fail(SignatureFault fault, std::string_view detail) {
        constexpr std::size_t longest = 100;
        if (signature_.fault != SignatureFault::none) return;
        signature_.fault = fault;
        signature_.fault_detail = ascii::trim(detail.substr(0, longest));
    }

    void read_tags(std::string_view rest) {
        while (!rest.empty()) {
            const std::string_view before = rest;
            const RawTag tag = take_tag(rest);
            if (rest.empty() && ascii::trim(before).empty()) break; // behind the last semicolon
            if (!is_tag_name(tag.name))
                return fail(SignatureFault::syntax, before.substr(0, before.find(';')));
            if (find(tag.name) != nullptr) return fail(SignatureFault::syntax, tag.name);
            if (tags_.size() == max_tags) return fail(SignatureFault::syntax, tag.name);
            tags_.push_back({tag.name, ascii::trim(tag.value)});
        }
    }

    const RawTag* find(std::string_view name) const {
        const auto found =
            std::find_if(tags_.begin(), tags_.end(), [&](const RawTag& tag) { return tag.name == name; });
        return found == tags_.end() ? nullptr : &*found;
    }

    std::string_view value(std::string_view name) const {
        const RawTag* tag = find(name);
        return tag == nullptr ? std::string_view{} : tag->value;
    }

    void read_version() {
        if (find("v") != nullptr && value("v") != "1") fail(SignatureFault::bad_version, value("v"));
        for (const std::string_view name : {"v", "a", "b", "bh", "d", "h", "s"})
            if (find(name) == nullptr) fail(SignatureFault::missing_tag, name);
    }

    void read_words() {
        signature_.algorithm = ascii::to_lower(value("a"));
        if (signature_.algorithm == "rsa-sha1")
            fail(SignatureFault::sha1, value("a"));
        else if (!algorithm_of(signature_.algorithm))
            fail(SignatureFault::unknown_algorithm, value("a"));
        if (find("c") != nullptr) {
            const std::string_view word = value("c");
            const std::size_t slash = word.find('/');
            const auto header = canon_of(word.substr(0, slash));
            const auto body =
                slash == std::string_view::npos ? Canon::simple : canon_of(word.substr(slash + 1));
            if (!header || !body) fail(SignatureFault::bad_canon, word);
            signature_.header_canon = header.value_or(Canon::simple);
            signature_.body_canon = body.value_or(Canon::simple);
        }
        bool has_dns = find("q") == nullptr;
        for (std::string_view rest = value("q"); !rest.empty();) {
            const std::size_t end = std::min(rest.find(':'), rest.size());
            has_dns = has_dns || ascii::iequals(ascii::trim(rest.substr(0, end)), "dns/txt");
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        if (!has_dns) fail(SignatureFault::bad_query, value("q"));
    }

    void read_names() {
        signature_.domain = ascii::to_lower(value("d"));
        signature_.selector = value("s");
        if (!is_name(signature_.domain)) fail(SignatureFault::bad_domain, value("d"));
        if (!is_name(signature_.selector)) fail(SignatureFault::bad_domain, value("s"));
        if (signature_.fault == SignatureFault::none && !dns::name_from_input(signature_.key_name()))
            fail(SignatureFault::bad_domain, value("d"));
        std::string_view rest = value("h");
        while (!rest.empty()) {
            if (signature_.signed_fields.size() == max_names) return fail(SignatureFault::syntax, "h");
            const std::size_t end = std::min(rest.find(':'), rest.size());
            if (const auto name = ascii::trim(rest.substr(0, end)); !name.empty())
                signature_.signed_fields.push_back(ascii::to_lower(name));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        const auto& names = signature_.signed_fields;
        if (std::find(names.begin(), names.end(), "from") == names.end())
            fail(SignatureFault::from_not_signed, value("h"));
    }

    /// The domain of i= is d=, or below it (RFC 6376 section 6.1.1).
    void read_identity() {
        if (find("i") == nullptr) return;
        signature_.identity = without_space(value("i"));
        const std::size_t at = signature_.identity.rfind('@');
        const std::string domain =
            at == std::string::npos ? "" : ascii::to_lower(signature_.identity.substr(at + 1));
        const bool is_below = domain == signature_.domain || domain.ends_with("." + signature_.domain);
        if (!is_below) fail(SignatureFault::foreign_identity, signature_.identity);
    }

    std::optional<std::int64_t> read_time(std::string_view name) {
        if (find(name) == nullptr) return std::nullopt;
        const auto number = read_number(value(name), 12); // RFC 6376 section 3.5
        if (!number) fail(SignatureFault::bad_number, value(name));
        return number ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
    }

    void read_numbers() {
        if (find("l") != nullptr) {
            signature_.body_length = read_number(value("l"), 76);
            if (!signature_.body_length) fail(SignatureFault::bad_number, value("l"));
        }
        signature_.signed_at = read_time("t");
        signature_.expires = read_time("x");
        if (signature_.signed_at && signature_.expires && *signature_.expires <= *signature_.signed_at)
            fail(SignatureFault::bad_number, value("x"));
    }

    void read_octets() {
        constexpr std::size_t sha256_size = 32;
        const auto hash = encoding::strict_base64(value("bh"));
        const auto signature = encoding::strict_base64(value("b"));
        if (!hash || hash->size() != sha256_size) fail(SignatureFault::bad_base64, value("bh"));
        if (!signature || signature->empty()) fail(SignatureFault::bad_base64, value("b"));
        signature_.body_hash = hash.value_or("");
        signature_.signature = signature.value_or("");
    }

    Signature signature_;
    std::vector<RawTag> tags_; ///< values trimmed
};

} // namespace

std::string_view to_string(Canon canon) {
    return canon == Canon::simple ? "simple" : "relaxed";
}

std::string_view to_string(SignatureFault fault) {
    switch (fault) {
    case SignatureFault::none: return "none";
    case SignatureFault::syntax: return "syntax";
    case SignatureFault::missing_tag: return "missing-tag";
    case SignatureFault::bad_version: return "bad-version";
    case SignatureFault::unknown_algorithm: return "unknown-algorithm";
    case SignatureFault::sha1: return "sha1";
    case SignatureFault::bad_canon: return "bad-canon";
    case SignatureFault::bad_base64: return "bad-base64";
    case SignatureFault::bad_domain: return "bad-domain";
    case SignatureFault::foreign_identity: return "foreign-identity";
    case SignatureFault::from_not_signed: return "from-not-signed";
    case SignatureFault::bad_number: return "bad-number";
    case SignatureFault::bad_query: return "bad-query";
    }
    return "";
}

std::string_view to_string(Algorithm algorithm) {
    return algorithm == Algorithm::rsa_sha256 ? "rsa-sha256" : "ed25519-sha256";
}

std::optional<Algorithm> algorithm_of(std::string_view word) {
    for (const Algorithm algorithm : {Algorithm::rsa_sha256, Algorithm::ed25519_sha256})
        if (ascii::iequals(word, to_string(algorithm))) return algorithm;
    return std::nullopt;
}

std::string Signature::key_name() const {
    return selector + "._domainkey." + domain;
}

Signature read_signature(std::string_view value) {
    return Reader(value).read();
}

std::string_view find_signature(std::string_view value) {
    std::string_view rest = value;
    while (!rest.empty())
        if (const RawTag tag = take_tag(rest); tag.name == "b") return tag.value;
    return value.substr(value.size());
}

} // namespace relaytool::dkim
