#include "base/ascii.hpp"
#include "spf/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::spf {
namespace {

std::string known_words() {
    std::string words;
    for (const Provider& provider : providers())
        if (!provider.includes.front().empty())
            words += fmt::format("{}{}", words.empty() ? "" : ", ", provider.id);
    return words;
}

Error unknown(std::string_view word) {
    return {std::string(word),
            fmt::format("not a known sender; give an address (203.0.113.7, 2001:db8::/48), a host name "
                        "(mail.example.com), a term (include:spf.example.com), mx, or one of: {}",
                        known_words())};
}

Result<Sender> from_provider(const Provider& provider, std::string_view word) {
    Sender sender{std::string(word), &provider, {}};
    for (const std::string_view include : provider.includes)
        if (!include.empty()) sender.terms.push_back(fmt::format("include:{}", include));
    if (sender.terms.empty())
        return tl::unexpected(
            Error{std::string(word), fmt::format("{} gives each customer an include of its own: "
                                                 "write it as include:NAME",
                                                 provider.name)});
    return sender;
}

/// One mechanism, without qualifier, other than `all` and `ptr`.
bool is_sender_term(std::string_view word) {
    const Record record = read_record(fmt::format("v=spf1 {}", word));
    if (!record.is_valid || record.terms.size() != 1) return false;
    const Term& term = record.terms.front();
    const bool names_senders = term.is_mechanism() && term.kind != Kind::all && term.kind != Kind::ptr;
    return names_senders && ascii::is_alpha(word.front());
}

Result<Sender> read_sender(std::string_view word) {
    if (const Provider* provider = provider_by_id(word)) return from_provider(*provider, word);
    if (const auto network = ip::read_network(word)) {
        const bool v4 = network->address.family() == ip::Family::v4;
        return Sender{std::string(word), nullptr, {fmt::format("{}:{}", v4 ? "ip4" : "ip6", word)}};
    }
    if (is_sender_term(word)) {
        Sender sender{std::string(word), nullptr, {std::string(word)}};
        if (ascii::istarts_with(word, "include:"))
            if (const auto name = dns::Name::from_text(word.substr(8)))
                sender.provider = provider_by_include(*name);
        return sender;
    }
    const std::string host = fmt::format("a:{}", word);
    if (word.find('.') != std::string_view::npos && word.find(':') == std::string_view::npos &&
        is_sender_term(host))
        return Sender{std::string(word), nullptr, {host}};
    return tl::unexpected(unknown(word));
}

} // namespace

Result<std::vector<Sender>> read_senders(std::string_view list) {
    std::vector<Sender> senders;
    while (true) {
        const std::size_t end = list.find_first_of(", ");
        const std::string_view word = ascii::trim(list.substr(0, end));
        if (!word.empty()) {
            auto sender = read_sender(word);
            if (!sender) return tl::unexpected(sender.error());
            senders.push_back(std::move(*sender));
        }
        if (end == std::string_view::npos) return senders;
        list.remove_prefix(end + 1);
    }
}

} // namespace relaytool::spf
