#pragma once

#include "sandbox/mail_store.hpp"
#include "sandbox/web.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What the sandbox's web server shows of accepted mail: pages, and an API whose paths are Mailpit's.
namespace relaytool::sandbox {

/// Pages are for people, JSON is for programs.
enum class Audience { people, programs };

/// `/` and `/api/v1/messages`: newest first.
struct MailListing {
    Audience audience = Audience::programs;
    std::vector<std::shared_ptr<const StoredMail>> mails;
    std::size_t total = 0; ///< of all that are kept
    std::size_t start = 0; ///< newer ones left out
};

/// `/view/{id}` and `/api/v1/message/{id}`.
struct MailShown {
    Audience audience = Audience::programs;
    std::shared_ptr<const StoredMail> mail;
};

/// `/api/v1/message/{id}/headers`.
struct MailHeader {
    std::shared_ptr<const StoredMail> mail;
};

/// `/api/v1/message/{id}/raw`: as it came.
struct MailOctets {
    std::shared_ptr<const StoredMail> mail;
};

/// `DELETE /api/v1/messages`.
struct MailsRemoved {
    std::size_t count = 0;
};

/// `/api/v1/info`.
struct MailInfo {
    std::size_t count = 0;
    std::size_t octets = 0;
};

/// `/style.css`: how pages look.
struct StyleSheet {};

/// Nothing is there (404), not with that method (405), or not in that form (400).
struct MailMisuse {
    int status = 404;
    Audience audience = Audience::people;
    std::string_view allowed = {}; ///< methods, with 405
};

using MailAnswer = std::variant<MailListing, MailShown, MailHeader, MailOctets, MailsRemoved, MailInfo,
                                StyleSheet, MailMisuse>;

/// The ids in the body of `DELETE /api/v1/messages`, `{"IDs": […]}`; nothing when it is none.
using IdReader = std::function<std::optional<std::vector<std::string>>(std::string_view)>;

/// Mails in one listing unless `limit` says otherwise, and at most.
inline constexpr std::size_t default_listing = 50;
inline constexpr std::size_t longest_listing = 1000;

/// Answers every request.
MailAnswer answer_mail(const WebRequest& request, MailStore& store, const IdReader& read_ids);

} // namespace relaytool::sandbox
