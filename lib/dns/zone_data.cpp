#include "dns/zone_data.hpp"

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "dns/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace relaytool::dns {
namespace {

using Failure = tl::unexpected<std::string>;
template <class T>
using Read = tl::expected<T, std::string>;

constexpr std::size_t longest_string = 255;
constexpr std::size_t longest_data = 65535;

/// Types that master files hold and nothing here reads: their numbers, from IANA's registry.
constexpr std::pair<std::string_view, std::uint16_t> other_types[] = {
    {"HINFO", 13},   {"MINFO", 14},      {"RP", 17},         {"AFSDB", 18},    {"X25", 19},    {"ISDN", 20},
    {"RT", 21},      {"NSAP", 22},       {"SIG", 24},        {"KEY", 25},      {"PX", 26},     {"GPOS", 27},
    {"LOC", 29},     {"NXT", 30},        {"NAPTR", 35},      {"KX", 36},       {"CERT", 37},   {"A6", 38},
    {"DNAME", 39},   {"APL", 42},        {"SSHFP", 44},      {"IPSECKEY", 45}, {"RRSIG", 46},  {"NSEC", 47},
    {"DHCID", 49},   {"NSEC3", 50},      {"NSEC3PARAM", 51}, {"SMIMEA", 53},   {"HIP", 55},    {"CDS", 59},
    {"CDNSKEY", 60}, {"OPENPGPKEY", 61}, {"CSYNC", 62},      {"ZONEMD", 63},   {"SVCB", 64},   {"HTTPS", 65},
    {"NID", 104},    {"L32", 105},       {"L64", 106},       {"LP", 107},      {"EUI48", 108}, {"EUI64", 109},
    {"URI", 256},    {"AVC", 258},       {"DLV", 32769},
};

/// The words of one record's data, read from front to back.
class Words {
public:
    Words(const Word* words, std::size_t count, const Name* origin)
        : words_(words), count_(count), origin_(origin) {}

    bool empty() const { return count_ == 0; }
    std::size_t count() const { return count_; }
    const Word& front() const { return *words_; }
    Word take() {
        --count_;
        return *words_++;
    }

    template <class T>
    Read<T> number(std::string_view what) {
        if (empty()) return Failure(fmt::format("the {} is missing", what));
        const std::string_view text = take().text;
        T value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size())
            return Failure(fmt::format("the {} has to be a number from 0 to {}, not \"{}\"", what,
                                       std::numeric_limits<T>::max(), text));
        return value;
    }
    Read<Name> name(std::string_view what) {
        if (empty()) return Failure(fmt::format("the {} is missing", what));
        return zone_name(take().text, origin_);
    }
    /// All words to the end, one behind the other.
    std::string rest() {
        std::string out;
        while (!empty())
            out += take().text;
        return out;
    }

private:
    const Word* words_;
    std::size_t count_;
    const Name* origin_;
};

Read<std::string> read_hex(std::string_view digits) {
    std::string out;
    if (digits.size() % 2 != 0) return Failure("an odd number of hexadecimal digits");
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const int high = ascii::hex_value(digits[i]);
        const int low = ascii::hex_value(digits[i + 1]);
        if (high < 0 || low < 0)
            return Failure(fmt::format("\"{}\" is not hexadecimal", digits.substr(i, 2)));
        out += static_cast<char>(high << 4 | low);
    }
    return out;
}

/// RFC 3597 section 5: `\# 4 C0000201`.
Read<Data> read_generic(Type type, Words words) {
    words.take();
    const auto size = words.number<std::uint16_t>("length behind \\#");
    if (!size) return Failure(size.error());
    const auto octets = read_hex(words.rest());
    if (!octets) return Failure(octets.error());
    if (octets->size() != *size)
        return Failure(fmt::format("\\# {} is followed by {} octets", *size, octets->size()));
    auto data = read_data(type, *octets);
    if (!data) return Failure(fmt::format("the octets are no {} record", to_string(type)));
    return *std::move(data);
}

Read<Data> read_ip(ip::Family family, Words& words) {
    const std::string_view wanted = family == ip::Family::v4 ? "an IPv4 address such as 192.0.2.1"
                                                             : "an IPv6 address such as 2001:db8::1";
    if (words.empty()) return Failure(fmt::format("{} is missing", wanted));
    const std::string_view text = words.take().text;
    const auto address = ip::read_address(text);
    if (!address || address->family() != family)
        return Failure(fmt::format("\"{}\" is not {}", text, wanted));
    return *address;
}

Read<Data> read_text(Words& words) {
    if (words.empty()) return Failure("the text is missing: write \"\" for an empty one");
    Text text;
    std::size_t size = 0;
    while (!words.empty()) {
        text.strings.push_back(unescape(words.take().text));
        const std::size_t length = text.strings.back().size();
        if (length > longest_string)
            return Failure(fmt::format("a string of {} octets, and {} is the most: split it into several "
                                       "quoted strings, \"…\" \"…\"",
                                       length, longest_string));
        size += length + 1;
        if (size > longest_data) return Failure("more than 65535 octets in one record: shorten it");
    }
    return text;
}

Read<Data> read_mx(Words& words) {
    const auto preference = words.number<std::uint16_t>("preference (such as 10)");
    if (!preference) return Failure(preference.error());
    auto exchange = words.name("mail server's name");
    if (!exchange) return Failure(exchange.error());
    return Mx{*preference, *std::move(exchange)};
}

Read<Data> read_srv(Words& words) {
    std::uint16_t fields[3] = {};
    constexpr std::string_view names[3] = {"priority", "weight", "port"};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto field = words.number<std::uint16_t>(names[i]);
        if (!field) return Failure(field.error());
        fields[i] = *field;
    }
    auto target = words.name("target's name");
    if (!target) return Failure(target.error());
    return Srv{fields[0], fields[1], fields[2], *std::move(target)};
}

Read<Data> read_tlsa(Words& words) {
    std::uint8_t fields[3] = {};
    constexpr std::string_view names[3] = {"usage", "selector", "matching type"};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto field = words.number<std::uint8_t>(names[i]);
        if (!field) return Failure(field.error());
        fields[i] = *field;
    }
    auto octets = read_hex(words.rest());
    if (!octets) return Failure(octets.error());
    return Tlsa{fields[0], fields[1], fields[2], *std::move(octets)};
}

void append_number(std::string& out, std::uint64_t value, unsigned octets) {
    for (unsigned i = octets; i > 0; --i)
        out += static_cast<char>(value >> (8 * (i - 1)) & 0xFF);
}

/// RFC 1035 section 3.3.13.
Read<Data> read_soa(Words& words) {
    std::string octets;
    for (const std::string_view what : {"primary server's name", "mailbox of who is responsible"}) {
        const auto name = words.name(what);
        if (!name) return Failure(name.error());
        octets += name->wire();
    }
    const auto serial = words.number<std::uint32_t>("serial number");
    if (!serial) return Failure(serial.error());
    append_number(octets, *serial, 4);
    for (const std::string_view what : {"refresh", "retry", "expire", "minimum"}) {
        const auto seconds = words.empty() ? std::nullopt : zone_ttl(words.take().text);
        if (!seconds) return Failure(fmt::format("the SOA record's {} time is missing or no time", what));
        append_number(octets, *seconds, 4);
    }
    return Opaque{std::move(octets)};
}

/// RFC 8659 section 4.1.1.
Read<Data> read_caa(Words& words) {
    const auto flags = words.number<std::uint8_t>("flags (0 or 128)");
    if (!flags) return Failure(flags.error());
    if (words.count() < 2) return Failure("a CAA record has flags, a tag and a value in quotes");
    const std::string_view tag = words.take().text;
    if (tag.size() > longest_string) return Failure("the tag is too long");
    std::string octets(1, static_cast<char>(*flags));
    append_number(octets, tag.size(), 1);
    return Opaque{octets.append(tag).append(unescape(words.take().text))};
}

/// DS and DNSKEY, RFC 4034 sections 5.3 and 2.2: numbers, then hexadecimal digits or base64.
Read<Data> read_key(Type type, Words& words) {
    const auto first = words.number<std::uint16_t>("first field");
    if (!first) return Failure(first.error());
    std::string octets;
    append_number(octets, *first, 2);
    for (int i = 0; i < 2; ++i) {
        const auto field = words.number<std::uint8_t>("algorithm (as a number)");
        if (!field) return Failure(field.error());
        append_number(octets, *field, 1);
    }
    if (type == Type::dnskey) return Opaque{octets + encoding::base64(words.rest())};
    const auto digest = read_hex(words.rest());
    if (!digest) return Failure(digest.error());
    return Opaque{octets + *digest};
}

/// Data of types that are read, else an empty Opaque; leaves words behind when there are too many.
Read<Data> read_by_type(Type type, Words& words) {
    switch (type) {
    case Type::a: return read_ip(ip::Family::v4, words);
    case Type::aaaa: return read_ip(ip::Family::v6, words);
    case Type::txt:
    case Type::spf: return read_text(words);
    case Type::ns:
    case Type::cname:
    case Type::ptr: {
        auto name = words.name("name it leads to");
        if (!name) return Failure(name.error());
        return *std::move(name);
    }
    case Type::mx: return read_mx(words);
    case Type::srv: return read_srv(words);
    case Type::tlsa: return read_tlsa(words);
    case Type::soa: return read_soa(words);
    case Type::caa: return read_caa(words);
    case Type::ds:
    case Type::dnskey: {
        // Signers write the algorithm as a word, too; nothing here needs these, so no file fails for them.
        auto key = read_key(type, words);
        words.rest();
        return key ? key : Opaque{};
    }
    default: words.rest(); return Opaque{};
    }
}

bool ends_in_dot(std::string_view word) {
    if (!word.ends_with('.')) return false;
    word.remove_suffix(1);
    const std::size_t backslashes = word.size() - (word.find_last_not_of('\\') + 1);
    return backslashes % 2 == 0;
}

} // namespace

std::optional<Type> zone_type(std::string_view word) {
    if (const auto type = type_from(word)) return type;
    for (const auto& [name, number] : other_types)
        if (ascii::iequals(name, word)) return static_cast<Type>(number);
    return std::nullopt;
}

bool is_signature(Type type) {
    constexpr std::uint16_t numbers[] = {24, 30, 46, 47, 50, 51, 63};
    return std::find(std::begin(numbers), std::end(numbers), static_cast<std::uint16_t>(type)) !=
           std::end(numbers);
}

Read<Name> zone_name(std::string_view word, const Name* origin) {
    const auto bad = [&] {
        return Failure(
            fmt::format("\"{}\" is no domain name: parts of 1 to 63 characters with one dot between "
                        "them, 253 in all",
                        word));
    };
    const bool is_relative = word == "@" || !ends_in_dot(word);
    if (is_relative && origin == nullptr)
        return Failure(fmt::format("\"{}\" is relative to nothing: write the name with a dot at its end, or "
                                   "begin the file with $ORIGIN and the domain's name",
                                   word));
    if (word == "@") return *origin;
    const auto name = Name::from_escaped(word);
    if (!name) return bad();
    if (!is_relative) return *name;
    const std::string_view labels = name->wire();
    const auto whole = Name::from_wire(std::string(labels.substr(0, labels.size() - 1)) + origin->wire());
    if (!whole) return bad();
    return *whole;
}

std::optional<std::uint32_t> zone_ttl(std::string_view word) {
    constexpr std::uint64_t most = 0x7FFFFFFF; // RFC 2181 section 8
    std::uint64_t sum = 0;
    std::uint64_t number = 0;
    bool has_digits = false;
    for (const char c : word) {
        if (ascii::is_digit(c)) {
            number = number * 10 + static_cast<unsigned>(c - '0');
            has_digits = true;
        } else {
            const char unit = ascii::lower(c);
            const std::uint64_t seconds = unit == 's'   ? 1
                                          : unit == 'm' ? 60
                                          : unit == 'h' ? 3600
                                          : unit == 'd' ? 86400
                                          : unit == 'w' ? 604800
                                                        : 0;
            if (seconds == 0 || !has_digits) return std::nullopt;
            sum += number * seconds;
            number = 0;
            has_digits = false;
        }
        if (number > most || sum > most) return std::nullopt;
    }
    sum += number;
    if (word.empty() || !ascii::is_digit(word.front()) || sum > most) return std::nullopt;
    return static_cast<std::uint32_t>(sum);
}

Read<Data> zone_data(Type type, const Word* words, std::size_t count, const Name* origin) {
    Words rest(words, count, origin);
    if (count > 0 && !words->quoted && words->text == "\\#") return read_generic(type, rest);
    auto data = read_by_type(type, rest);
    if (data && !rest.empty())
        return Failure(
            fmt::format("\"{}\" is too much in a {} record: remove it, or put a ; before a comment",
                        rest.front().text, to_string(type)));
    return data;
}

} // namespace relaytool::dns
