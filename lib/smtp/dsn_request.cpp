#include "smtp/dsn_request.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace relaytool::smtp {
namespace {

constexpr std::size_t longest_envid = 100; // RFC 3461 section 4.4

Error wrong(std::string option, std::string why) {
    return {std::move(option), std::move(why)};
}

/// Whether `list` is NEVER, or of the other three (RFC 3461 section 4.1).
bool is_notify(std::string_view list) {
    if (list == "NEVER") return true;
    while (true) {
        const std::size_t comma = list.find(',');
        const std::string_view word = list.substr(0, comma);
        if (word != "SUCCESS" && word != "FAILURE" && word != "DELAY") return false;
        if (comma == std::string_view::npos) return true;
        list.remove_prefix(comma + 1);
    }
}

/// RFC 3461 section 4: printable ASCII but for `+` and `=` stands for itself.
std::string to_xtext(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (c > ' ' && c <= '~' && c != '+' && c != '=') {
            out += c;
            continue;
        }
        const auto octet = static_cast<unsigned char>(c);
        out += '+';
        out += digits[octet >> 4U];
        out += digits[octet & 0xFU];
    }
    return out;
}

} // namespace

Result<DsnRequest> read_dsn_request(const DsnRequest& request) {
    DsnRequest result{ascii::to_upper(request.notify), ascii::to_upper(request.ret), to_xtext(request.envid)};
    if (!result.notify.empty() && !is_notify(result.notify))
        return tl::unexpected(
            wrong("--notify", request.notify + " is neither NEVER nor of SUCCESS,FAILURE,DELAY"));
    if (!result.ret.empty() && result.ret != "FULL" && result.ret != "HDRS")
        return tl::unexpected(wrong("--ret", request.ret + " is neither FULL nor HDRS"));
    const auto is_printable = [](char c) { return c >= ' ' && c <= '~'; };
    if (!std::all_of(request.envid.begin(), request.envid.end(), is_printable))
        return tl::unexpected(
            wrong("--envid", "only printable ASCII can stand in it (RFC 3461 section 4.4)"));
    if (result.envid.size() > longest_envid)
        return tl::unexpected(wrong("--envid", "longer than 100 characters (RFC 3461 section 4.4)"));
    return result;
}

} // namespace relaytool::smtp
