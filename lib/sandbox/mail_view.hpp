#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A mail as a list or a page shows it. All texts are UTF-8, and written by strangers.
namespace relaytool::sandbox {

struct MailAddress {
    std::string name; ///< decoded; empty when there is none
    std::string address;

    bool operator==(const MailAddress&) const = default;
};

/// What its header says.
struct MailSummary {
    std::string message_id; ///< without angle brackets
    MailAddress from;
    std::vector<std::string> to;
    std::vector<std::string> cc;
    std::vector<std::string> reply_to;
    std::string subject;
    std::string date; ///< as written
};

struct MailAttachment {
    std::string name;     ///< empty when it has none
    std::string type;     ///< "application/pdf"
    std::size_t size = 0; ///< octets, decoded
};

struct MailView {
    MailSummary summary;
    std::vector<std::pair<std::string, std::string>> header; ///< names as written, values decoded
    std::string text; ///< its plain text; where there is none, the words of its HTML
    std::string html; ///< as it came: not for showing
    std::vector<MailAttachment> attachments;
};

/// Octets of a body that are decoded for text and HTML each.
inline constexpr std::size_t longest_shown_text = 1024 * 1024;

MailSummary summary_of(std::string_view octets);
MailView view_of(std::string_view octets);

} // namespace relaytool::sandbox
