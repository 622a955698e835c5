#pragma once

#include "context.hpp"
#include "diagnosis/finding.hpp"
#include "dkim/sign.hpp"
#include "mail/message.hpp"
#include "mail/pickup.hpp"

#include <CLI/App.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relaytool::cli {

/// Which message to send: a pickup file, an existing message, or what the options say. Names as in swaks
/// where they mean the same.
struct MessageOptions {
    std::string pickup;  ///< file
    std::string message; ///< file
    std::string from;
    std::vector<std::string> to;
    std::vector<std::string> cc;
    std::vector<std::string> bcc;
    std::vector<std::string> reply_to;
    std::string subject;
    std::string body;
    std::string body_file;
    std::string html_file;
    std::vector<std::string> attachments;
    std::vector<std::string> headers; ///< "Name: value"
    std::optional<std::string> envelope_from;
    std::string dkim_key; ///< SELECTOR:DOMAIN:FILE, the key in PEM
};

/// Declares them.
void add_message_options(CLI::App& app, MessageOptions& options);

/// A message ready to be written for a server.
struct Composed {
    mail::Envelope envelope;
    std::function<Result<mail::Message>(mail::Transfer)> make;
    std::shared_ptr<dkim::Signer> signer; ///< null: not signed
    dkim::Identity identity;
    std::int64_t seconds = 0;                  ///< time of signing
    std::vector<mail::Note> notes;             ///< what was mended in a pickup file
    std::optional<diagnosis::Finding> refusal; ///< set when IIS would not take the pickup file
    std::string message_id;                    ///< with its angle brackets
};

/// The message as it goes to a server, signed where that was asked for.
Result<mail::Written> write(const Composed& composed, mail::Transfer transfer);

/// What the default test message says about itself.
struct TestFacts {
    std::string through; ///< "smtp.office365.com:587"
    std::string login;
};

/// Reads and composes. The Error names the option or the file.
Result<Composed> compose(const MessageOptions& options, const TestFacts& facts, Context& context);

} // namespace relaytool::cli
