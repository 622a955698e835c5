#include "sandbox/scenario.hpp"

namespace relaytool::sandbox {
namespace {

using diagnosis::Category;
using smtp::After;
using smtp::Step;

constexpr Scenario rows[] = {
    {.name = "mx-busy",
     .server = Server::mx,
     .step = Step::connect,
     .reply = "451 4.7.500 Server busy. Please try again later from [{client}]. [{front-end} {time} {id}]",
     .category = Category::throttled,
     .after = After::close},
    {.name = "direct-send-rejected",
     .server = Server::mx,
     .step = Step::message,
     .reply = "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from "
              "unauthorized sources [{front-end} {time} {id}]",
     .category = Category::direct_send_rejected},
    {.name = "relay-not-attributed",
     .server = Server::mx,
     .step = Step::rcpt,
     .reply = "550 5.7.64 TenantAttribution; Relay Access Denied [{front-end} {time} {id}]",
     .category = Category::relay_not_attributed},
    {.name = "relay-denied",
     .server = Server::mx,
     .step = Step::rcpt,
     .reply = "554 5.7.1 <{recipient}>: Relay access denied",
     .category = Category::relay_denied},
    {.name = "recipient-unknown",
     .server = Server::mx,
     .step = Step::rcpt,
     .reply = "550 5.4.1 Recipient address rejected: Access denied. [{front-end} {time} {id}]",
     .category = Category::recipient_unknown},
    {.name = "no-such-user",
     .server = Server::mx,
     .step = Step::rcpt,
     .reply = "550 5.1.1 <{recipient}>: Recipient address rejected: User unknown in virtual mailbox table",
     .category = Category::recipient_unknown},
    {.name = "banned-ip",
     .server = Server::mx,
     .step = Step::rcpt,
     .reply =
         "550 5.7.606 Access denied, banned sending IP [{client}]. To request removal from this list please "
         "visit https://sender.office.com/ and follow the directions. [{front-end} {time} {id}]",
     .category = Category::ip_blocked},
    {.name = "busy",
     .server = Server::mx,
     .step = Step::mail,
     .reply = "451 4.7.500 Server busy. Please try again later from [{client}]. [{front-end} {time} {id}]",
     .category = Category::throttled},
    {.name = "rate-limited",
     .server = Server::mx,
     .step = Step::mail,
     .reply =
         "451 4.7.651 The mail server [{client}] has been temporarily rate limited due to IP reputation. For "
         "e-mail delivery information, see https://aka.ms/postmaster [{front-end} {time} {id}]",
     .category = Category::ip_blocked},
    {.name = "recipient-mailbox-full",
     .server = Server::mx,
     .step = Step::rcpt,
     .reply = "452 4.2.2 <{recipient}>: The recipient's mailbox is full",
     .category = Category::mailbox_full},
    {.name = "greylisted",
     .server = Server::mx,
     .step = Step::rcpt,
     .reply = "450 4.2.0 <{recipient}>: Recipient address rejected: Greylisted, please try again later",
     .category = Category::throttled},
};

} // namespace

std::span<const Scenario> mx_scenarios() {
    return rows;
}

} // namespace relaytool::sandbox
