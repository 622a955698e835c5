#include "diagnosis/catalogue.hpp"

#include <algorithm>

namespace relaytool::diagnosis {

std::span<const std::string_view> steps_of(const Rule& rule) {
    const auto end = std::find(std::begin(rule.steps), std::end(rule.steps), std::string_view{});
    return {std::begin(rule.steps), end};
}

std::span<const Chapter> catalogue() {
    static const std::array<Chapter, 11> chapters{{
        {"Logging in and sending through the smart host", submission_rows()},
        {"Relaying, connectors, limits and blocked senders", relaying_rows()},
        {"IIS SMTP: Pickup, BadMail, relay list", iis_rows()},
        {"Microsoft Entra sign-in errors", entra_rows()},
        {"Recipients", recipient_rows()},
        {"DNS, connections, TLS, queues", transport_rows()},
        {"Reputation and sender authentication", reputation_rows()},
        {"Content, size and protocol", content_rows()},
        {"Codes by themselves", status_rows()},
        {"SPF records", spf_rows()},
        {"Not a failure", event_rows()},
    }};
    return chapters;
}

const Rule* find_rule(std::string_view id) {
    for (const Chapter& chapter : catalogue())
        for (const Rule& rule : chapter.rows)
            if (rule.id == id) return &rule;
    return nullptr;
}

} // namespace relaytool::diagnosis
