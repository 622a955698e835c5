#include "fuzz/checks.hpp"
#include "mail/fields.hpp"
#include "route/paste.hpp"
#include "route/received.hpp"

#include <string>

namespace {

using relaytool::route::Received;

/// Every part comes from the field and is no longer than it, but for the versions of TLS and the words for
/// accounts.
void check_parts(const Received& received, std::size_t size) {
    for (const std::string* part :
         {&received.helo, &received.host, &received.by, &received.with, &received.via, &received.cipher,
          &received.user, &received.id, &received.for_, &received.sender, &received.date})
        if (part->size() > size) std::abort();
    if (received.account.size() > size + 4 || received.tls.size() > 8) std::abort();
    if (!received.user.empty() && !received.authenticated) std::abort();
    if (!received.tls.empty() && !received.encrypted) std::abort();
    relaytool::route::to_string(received.software);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace relaytool;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    check_parts(route::read_received(input), size);

    std::string storage;
    route::Repair done;
    const std::string_view header = route::repair_header(input, storage, done);
    if (!done.any() && header.data() == input.data() && header.size() != input.size()) std::abort();
    const mail::Header fields = mail::read_header(header);
    for (const mail::Field& field : fields.fields.all())
        check_parts(route::read_received(field.raw), field.raw.size());
    return 0;
}
