#include "dkim/sign.hpp"

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "dkim/canonical.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace relaytool::dkim {
namespace {

/// RFC 6376 section 5.4.1, those that a message has when it leaves.
constexpr std::array<std::string_view, 16> signed_fields{"From",
                                                         "Sender",
                                                         "Reply-To",
                                                         "Subject",
                                                         "Date",
                                                         "To",
                                                         "Cc",
                                                         "Message-ID",
                                                         "In-Reply-To",
                                                         "References",
                                                         "MIME-Version",
                                                         "Content-Type",
                                                         "Content-Transfer-Encoding",
                                                         "List-Id",
                                                         "List-Unsubscribe",
                                                         "List-Unsubscribe-Post"};

bool is_dns_name(std::string_view text) {
    constexpr std::size_t longest = 253;
    return !text.empty() && text.size() <= longest && text.front() != '.' && text.back() != '.' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

/// The names for h=, one for each field that is there, and From once more (RFC 6376 section 8.15).
std::vector<std::string> names_of(const Header& header) {
    std::vector<std::string> names;
    for (const std::string_view wanted : signed_fields)
        for (const Field& field : header.fields)
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

Result<std::string> body_hash(std::string_view body, const Signer& signer) {
    const auto digest = signer.sha256();
    if (!digest) return tl::unexpected(digest.error());
    add_body(**digest, body, Canon::relaxed);
    return (*digest)->finish();
}

/// `field` is ours, its b= empty.
Result<std::string> signature_of(const Header& header, const std::vector<std::string>& names,
                                 std::string_view field, const Signer& signer) {
    const auto digest = signer.sha256();
    if (!digest) return tl::unexpected(digest.error());
    const Header own = read_header(field);
    add_header(**digest, select(header, names, nullptr), own.fields.front(), Canon::relaxed);
    return signer.sign((*digest)->finish());
}

} // namespace

Result<std::string> sign_message(std::string_view message, const Identity& identity, const Signer& signer,
                                 std::int64_t seconds) {
    if (!is_dns_name(identity.domain))
        return tl::unexpected(Error{"--dkim-domain", "this is no domain; write example.com"});
    if (!is_dns_name(identity.selector))
        return tl::unexpected(Error{"--dkim-selector", "this is no selector; it is the name in front of "
                                                       "._domainkey in the DNS"});
    const Header header = read_header(message);
    const std::vector<std::string> names = names_of(header);
    if (names.front() != "from" || names.size() < 2)
        return tl::unexpected(Error{"--dkim-key", "a message without From cannot be signed"});
    const Result<std::string> hash = body_hash(message.substr(header.body), signer);
    if (!hash) return tl::unexpected(hash.error());
    std::string field = "DKIM-Signature: v=1; a=" + std::string(to_string(signer.algorithm())) +
                        "; c=relaxed/relaxed;\r\n d=" + identity.domain + ";\r\n s=" + identity.selector +
                        "; t=" + std::to_string(seconds) + ";\r\n" + list_of(names) +
                        "\r\n bh=" + encoding::to_base64(*hash) + ";\r\n b=";
    const Result<std::string> signature = signature_of(header, names, field, signer);
    if (!signature) return tl::unexpected(signature.error());
    return field + folded_base64(*signature) + "\r\n";
}

} // namespace relaytool::dkim
