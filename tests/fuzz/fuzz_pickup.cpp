#include "fuzz/checks.hpp"
#include "mail/message.hpp"
#include "mail/pickup.hpp"

#include <string>

namespace {

using namespace relaytool;

void check_line_ends(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) std::abort();
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) std::abort();
    }
}

/// Nothing in an address ends a command or the path in it.
void check_address(std::string_view address) {
    for (const char c : address)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>') std::abort();
    fuzz::check_utf8(address);
}

void check_written(const mail::Message& message, mail::Transfer transfer) {
    const auto written = mail::write(message, transfer);
    if (!written) return;
    check_line_ends(written->octets);
    const std::string_view header =
        std::string_view(written->octets).substr(0, written->octets.find("\r\n\r\n"));
    for (const char c : header) {
        if (c == '\0') std::abort();
        if (static_cast<unsigned char>(c) > 127 && written->addresses == mail::AddressForm::ascii)
            std::abort();
    }
    if (transfer.eight_bit == mail::Offer::no && written->content != mail::Content::seven_bit &&
        written->addresses == mail::AddressForm::ascii)
        std::abort();
}

void check_message(const mail::Message& message) {
    for (const mail::Offer eight_bit : {mail::Offer::no, mail::Offer::yes})
        for (const mail::Offer utf8 : {mail::Offer::no, mail::Offer::yes})
            check_written(message, {eight_bit, utf8});
}

void check_pickup(std::string_view input) {
    const auto pickup = mail::read_pickup(input);
    if (!pickup) return;
    check_address(pickup->envelope.sender);
    if (pickup->envelope.recipients.empty()) std::abort();
    for (const std::string& recipient : pickup->envelope.recipients)
        check_address(recipient);
    if (pickup->message.has("Bcc")) std::abort();
    check_message(pickup->message);
    const auto file = mail::write_pickup(pickup->envelope, pickup->message);
    if (!file) return;
    const auto again = mail::read_pickup(*file);
    if (!again || again->envelope.sender != pickup->envelope.sender ||
        again->envelope.recipients != pickup->envelope.recipients)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    check_pickup(input);
    if (const auto stored = mail::read_message(input)) {
        for (const std::string& recipient : stored->envelope.recipients)
            check_address(recipient);
        check_message(stored->message);
    }
    return 0;
}
