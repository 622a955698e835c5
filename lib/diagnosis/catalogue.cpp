#include "diagnosis/catalogue.hpp"

#include <algorithm>

namespace relaytool::diagnosis {

std::span<const std::string_view> steps_of(const Rule& rule) {
    const auto end = std::find(std::begin(rule.steps), std::end(rule.steps), std::string_view{});
    return {std::begin(rule.steps), end};
}

std::span<const Chapter> catalogue() {
    static const std::array chapters{
        Chapter{"Logging in and sending through the smart host", submission_rows()},
        Chapter{"Relaying, connectors, limits and blocked senders", relaying_rows()},
        Chapter{"IIS SMTP: Pickup, BadMail, relay list", iis_rows()},
        Chapter{"Microsoft Entra sign-in errors", entra_rows()},
        Chapter{"Recipients", recipient_rows()},
        Chapter{"DNS, connections, TLS, queues", transport_rows()},
        Chapter{"Reputation and sender authentication", reputation_rows()},
        Chapter{"Content, size and protocol", content_rows()},
        Chapter{"Codes by themselves", status_rows()},
        Chapter{"SPF records", spf_rows()},
        Chapter{"DNS of a domain: MX, DKIM, DMARC, TLS", domain_rows()},
        Chapter{"Sending a message ourselves", sending_rows()},
        Chapter{"The road to a mail server", probing_rows()},
        Chapter{"Tokens and where they come from", login_rows()},
        Chapter{"Headers: the way, the proofs, the filter", headers_rows()},
        Chapter{"Not a failure", event_rows()},
    };
    return chapters;
}

const Rule* find_rule(std::string_view id) {
    for (const Chapter& chapter : catalogue())
        for (const Rule& rule : chapter.rows)
            if (rule.id == id) return &rule;
    return nullptr;
}

} // namespace relaytool::diagnosis
