#pragma once

#include <string>
#include <string_view>

/// Mails in the form that servers give them; what differs is a field with a name.
namespace relaytool::test {

/// A delivery status notification of IIS SMTP. Empty parts are left out.
struct IisReport {
    std::string_view status = "5.1.1";
    std::string_view diagnostic = "smtp;550 5.1.1 User unknown\n"; ///< behind `Diagnostic-Code: `
    std::string_view action = "failed";
    std::string_view recipient = "user@example.com";
    std::string_view sentence = "Delivery to the following recipients failed.";
    std::string_view local_error = "00000000"; ///< fourth field of X-DSNContext
    std::string_view retry_until = "";
    std::string_view more_groups = "";
    std::string_view original_from = "app@contoso.com";
};

std::string iis_report(const IisReport& report = {});

/// A report with the fields of RFC 3464 and the header of the original, by no program in particular.
std::string rfc3464_report(std::string_view message_fields, std::string_view recipient_groups);

/// A mail that somebody wrote.
std::string ordinary_mail();

} // namespace relaytool::test
