#pragma once

#include "diagnosis/category.hpp"
#include "smtp/session.hpp"

#include <cstdint>
#include <span>
#include <string_view>

/// What the sandbox plays: a smart host like Office 365, an MX, and their refusals.
namespace relaytool::sandbox {

/// Which of the servers a refusal is known from.
enum class Server { submission, mx };

/// A refusal, or another way to disappoint a client.
struct Scenario {
    std::string_view name; ///< as in --fail, and as the local part of an address
    Server server = Server::submission;
    smtp::Step step = smtp::Step::message;
    /// The reply, with placeholders: see Values in reply_values.hpp. Empty: see `after`.
    std::string_view reply;
    /// What `explain` and `send` have to call it.
    diagnosis::Category category = diagnosis::Category::unknown;
    /// How many times the tarpit's delay it comes late.
    int tarpits = 0;
    smtp::After after = smtp::After::go_on;
    std::string_view challenge = {}; ///< comes before a refused login: see smtp::Answer
};

/// Every refusal there is, by server and step.
std::span<const Scenario> scenarios();

// One function per rows file; scenarios() joins them.
std::span<const Scenario> submission_scenarios(); ///< of Office 365's submission
std::span<const Scenario> mx_scenarios();         ///< of a mail exchanger

/// The scenario of that name (case ignored), or null.
const Scenario* find_scenario(std::string_view name);

/// The scenario that the local part of an address names, or null.
const Scenario* scenario_of_address(std::string_view address);

/// "connect", "helo", "starttls", "tls", "auth", "mail", "rcpt", "data", "dot".
std::string_view to_string(smtp::Step step);
std::optional<smtp::Step> step_from(std::string_view word);

} // namespace relaytool::sandbox
