#include "mail/encoded_word.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "mail/fields.hpp"

#include <algorithm>

namespace relaytool::mail {
namespace {

/// `=?charset?B?text?=` at the start of a text. RFC 2047 section 2 allows 75 characters; software sends more.
struct EncodedWord {
    std::string_view charset;
    std::string_view text;
    bool is_base64 = false;
    std::size_t length = 0; ///< 0: not an encoded word
};

EncodedWord read_word(std::string_view text) {
    constexpr std::size_t longest = 4096;
    text = text.substr(0, longest);
    EncodedWord word;
    if (!text.starts_with("=?")) return word;
    const std::size_t charset_end = text.find('?', 2);
    if (charset_end == std::string_view::npos || charset_end + 2 >= text.size()) return word;
    const char how = ascii::lower(text[charset_end + 1]);
    if ((how != 'b' && how != 'q') || text[charset_end + 2] != '?') return word;
    const std::size_t begin = charset_end + 3;
    const std::size_t end = text.find("?=", begin);
    if (end == std::string_view::npos) return word;
    word.charset = text.substr(2, charset_end - 2);
    word.charset =
        word.charset.substr(0, word.charset.find('*')); // RFC 2231 section 5: a language may follow
    word.text = text.substr(begin, end - begin);
    word.is_base64 = how == 'b';
    word.length = end + 2;
    return word;
}

} // namespace

std::string decode_header(std::string_view raw) {
    const std::string value = unfold(raw);
    const std::string_view text = value;
    std::string out;
    // Words of one charset are joined before conversion: senders cut multi-byte characters in two.
    std::string bytes;
    std::string charset;
    const auto flush = [&] {
        if (!bytes.empty()) out += encoding::to_utf8(bytes, charset);
        bytes.clear();
    };
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t start = text.find("=?", at);
        const EncodedWord word =
            start == std::string_view::npos ? EncodedWord{} : read_word(text.substr(start));
        if (word.length == 0) {
            flush();
            const std::size_t end = start == std::string_view::npos ? text.size() : start + 2;
            out += encoding::to_utf8(text.substr(at, end - at), {});
            at = end;
            continue;
        }
        const std::string_view between = text.substr(at, start - at);
        if (!ascii::trim(between).empty() || (bytes.empty() && !between.empty())) {
            flush();
            out += encoding::to_utf8(between, {});
        }
        if (!ascii::iequals(charset, word.charset)) flush();
        charset = word.charset;
        bytes += word.is_base64 ? encoding::base64(word.text) : encoding::q_encoded(word.text);
        at = start + word.length;
    }
    flush();
    return out;
}

std::vector<std::string> encode_words(std::string_view text, std::size_t used) {
    constexpr std::size_t longest_word = 75;
    constexpr std::size_t worth_while = 32;
    constexpr std::size_t frame = 12; // =?utf-8?Q??=
    const bool is_q = encoding::to_q_encoded(text).size() <= (text.size() + 2) / 3 * 6;
    const auto encoded = [is_q](std::string_view part) {
        return is_q ? encoding::to_q_encoded(part) : encoding::to_base64(part);
    };
    std::size_t room = longest_word;
    if (used < longest_word && longest_word - used >= worth_while) room = longest_word - used;
    std::vector<std::string> words;
    std::size_t begin = 0;
    std::size_t end = 0;
    const auto flush = [&] {
        words.push_back((is_q ? "=?utf-8?Q?" : "=?utf-8?B?") + encoded(text.substr(begin, end - begin)) +
                        "?=");
        begin = end;
        room = longest_word;
    };
    while (end < text.size()) {
        std::size_t next = end + 1;
        while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U &&
               next - end < 4)
            ++next;
        if (end > begin && encoded(text.substr(begin, next - begin)).size() + frame > room) flush();
        end = next;
    }
    if (end > begin) flush();
    return words;
}

} // namespace relaytool::mail
