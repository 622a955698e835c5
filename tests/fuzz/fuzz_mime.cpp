#include "fuzz/checks.hpp"
#include "mail/mbox.hpp"
#include "mail/mime.hpp"
#include "mail/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using relaytool::fuzz::check_utf8;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    std::string storage;
    const std::string_view text = relaytool::mail::readable_text(input, storage);
    relaytool::mail::Mbox mbox(text);
    std::string_view message;
    while (mbox.next(message)) {
        const relaytool::mail::Mime mime = relaytool::mail::read_mime(message);
        for (const relaytool::mail::Part& part : mime.parts)
            check_utf8(relaytool::mail::text_of(part));
    }
    return 0;
}
