#include "mail/dkim_signature.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "mail/fields.hpp"
#include "mail/message.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <array>

namespace relaytool::mail {
namespace {

/// RFC 6376 section 5.4.1, those that a message has when it leaves.
constexpr std::array<std::string_view, 16> signed_fields{
    "From",     "Sender", "Reply-To",   "Subject",      "Date",
    "To",       "Cc",     "Message-ID", "In-Reply-To",  "References",
    "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "List-Id", "List-Unsubscribe",
    "List-Unsubscribe-Post"};

/// RFC 6376 section 3.4.2: runs of white space, folds included, are one blank.
std::string relaxed_field(std::string_view name, std::string_view raw) {
    return ascii::to_lower(name) + ":" + ascii::fold_space(raw);
}

bool is_dns_name(std::string_view text) {
    constexpr std::size_t longest = 253;
    return !text.empty() && text.size() <= longest && text.front() != '.' && text.back() != '.' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

/// The names for h=, one for each field that is there, and From once more (RFC 6376 section 8.15).
std::vector<std::string> names_of(const Parts& parts) {
    std::vector<std::string> names;
    for (const std::string_view wanted : signed_fields)
        for (const HeaderField& field : parts.fields)
            if (ascii::iequals(field.name, wanted)) names.push_back(ascii::to_lower(wanted));
    names.emplace_back("from");
    return names;
}

/// `h=from:to:…` in lines of bounded length.
std::string list_of(const std::vector<std::string>& names) {
    constexpr std::size_t longest = 72;
    std::string out = " h=";
    std::size_t column = out.size();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (column + names[i].size() + 1 > longest) {
            out += "\r\n ";
            column = 1;
        }
        out.append(names[i]).append(i + 1 < names.size() ? ":" : ";");
        column += names[i].size() + 1;
    }
    return out;
}

std::string folded_base64(std::string_view bytes) {
    constexpr std::size_t width = 72;
    const std::string text = encoding::to_base64(bytes);
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += width)
        out.append(at == 0 ? "" : "\r\n ").append(text, at, width);
    return out;
}

} // namespace

std::string relaxed_body(std::string_view body) {
    std::string out;
    out.reserve(body.size());
    std::size_t kept = 0; // behind the last line that is not empty
    Lines lines(body);
    std::string_view line;
    while (lines.next(line)) {
        bool gap = false;
        for (const char c : line) {
            if (ascii::is_blank(c)) {
                gap = true;
                continue;
            }
            if (gap) out += ' ';
            gap = false;
            out += c;
        }
        const bool is_empty = out.empty() || out.ends_with('\n');
        out += "\r\n";
        if (!is_empty) kept = out.size();
    }
    out.resize(kept);
    return out;
}

std::string signed_octets(std::string_view header, const std::vector<std::string>& names,
                          std::string_view signature) {
    const Parts parts = cut(header);
    std::vector<bool> is_used(parts.fields.size(), false);
    std::string out;
    for (const std::string& name : names)
        for (std::size_t i = parts.fields.size(); i-- > 0;) { // from below, RFC 6376 section 5.4.2
            if (is_used[i] || !ascii::iequals(parts.fields[i].name, name)) continue;
            is_used[i] = true;
            out.append(relaxed_field(parts.fields[i].name, parts.fields[i].raw)).append("\r\n");
            break;
        }
    const std::size_t colon = std::min(signature.find(':'), signature.size());
    const std::string_view value = signature.substr(std::min(colon + 1, signature.size()));
    return out += relaxed_field(ascii::trim(signature.substr(0, colon)), value);
}

Result<std::string> sign_message(std::string_view message, const DkimIdentity& identity, const Signer& signer,
                                 std::int64_t seconds) {
    if (!is_dns_name(identity.domain))
        return tl::unexpected(Error{"--dkim-domain", "this is no domain; write example.com"});
    if (!is_dns_name(identity.selector))
        return tl::unexpected(Error{"--dkim-selector", "this is no selector; it is the name in front of "
                                                       "._domainkey in the DNS"});
    const Parts parts = cut(message);
    const std::vector<std::string> names = names_of(parts);
    if (names.front() != "from" || names.size() < 2)
        return tl::unexpected(Error{"--dkim-key", "a message without From cannot be signed"});
    const Result<std::string> hash = signer.sha256(relaxed_body(message.substr(parts.body)));
    if (!hash) return tl::unexpected(hash.error());
    const bool is_rsa = signer.algorithm() == DkimAlgorithm::rsa_sha256;
    std::string field = std::string("DKIM-Signature: v=1; a=") + (is_rsa ? "rsa-sha256" : "ed25519-sha256") +
                        "; c=relaxed/relaxed;\r\n d=" + identity.domain + ";\r\n s=" + identity.selector +
                        "; t=" + std::to_string(seconds) + ";\r\n" + list_of(names) +
                        "\r\n bh=" + encoding::to_base64(*hash) + ";\r\n b=";
    const Result<std::string> signature = signer.sign(signed_octets(message.substr(0, parts.body), names, field));
    if (!signature) return tl::unexpected(signature.error());
    return field + folded_base64(*signature) + "\r\n";
}

} // namespace relaytool::mail
