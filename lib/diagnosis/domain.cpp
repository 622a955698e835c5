#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr Rule rows[] = {
    {
        .id = "domain-not-in-dns",
        .category = Category::host_unknown,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{domain} does not exist in the DNS",
        .cause =
            "The name servers say that there is no such name. Nobody can send mail to it, and many servers "
            "refuse mail from it.",
        .steps = {"Compare {domain} letter by letter with the domain you mean",
                  "Ask your registrar whether it is still registered and paid for",
                  "It was registered today? Name servers may take hours; ask again: `relaytool domain check "
                  "{domain}`"},
        .reference = "RFC 8020 section 2",
    },
};

} // namespace

std::span<const Rule> domain_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
