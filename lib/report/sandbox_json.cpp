#include "report/json.hpp"
#include "report/sandbox.hpp"

namespace relaytool::report {
namespace {

std::string_view outcome_of(const SandboxEvent& event) {
    if (!event.is_mail) return event.mail.reply.empty() ? "no-mail" : "refused";
    return event.mail.is_accepted ? "accepted" : "refused";
}

std::string_view word_for(sandbox::MailrootEvent::What what) {
    using What = sandbox::MailrootEvent::What;
    switch (what) {
    case What::picked_up: return "picked-up";
    case What::delivered: return "delivered";
    case What::waiting: return "waiting";
    case What::bad_mail: return "bad-mail";
    case What::trouble: return "trouble";
    }
    return "";
}

} // namespace

std::string sandbox_json(const sandbox::MailrootEvent& event) {
    Json document = object_of(4);
    add(document, "event", "file");
    add(document, "what", std::string(word_for(event.what)));
    add(document, "file", event.file);
    add(document, "detail", text_or_null(event.detail));
    return dump(document) + '\n';
}

std::string sandbox_json(const SandboxStart& start) {
    Json logins = Json::array();
    for (const sandbox::Login& login : start.logins) {
        Json one = object_of(2);
        add(one, "login", login.name);
        add(one, "password", login.password);
        logins.push_back(std::move(one));
    }
    Json document = object_of(7);
    add(document, "schema", "relaytool/sandbox/1");
    add(document, "smtp", start.running.smtp);
    add(document, "mx", start.running.mx);
    add(document, "dns", text_or_null(start.running.dns));
    add(document, "http", text_or_null(start.running.http));
    add(document, "ca_file", start.running.ca_file);
    add(document, "logins", std::move(logins));
    return dump(document) + '\n';
}

std::string sandbox_json(const SandboxEvent& event) {
    Json to = Json::array();
    for (const smtp::Path& recipient : event.mail.recipients)
        to.push_back(recipient.address);
    Json document = object_of(11);
    add(document, "event", event.is_mail ? "mail" : "end");
    add(document, "server", event.server);
    add(document, "client", event.mail.client);
    add(document, "helo", text_or_null(event.mail.helo));
    add(document, "login", text_or_null(event.mail.login));
    add(document, "from",
        event.is_mail ? Json(event.mail.sender.address) : text_or_null(event.mail.sender.address));
    add(document, "to", std::move(to));
    add(document, "outcome", outcome_of(event));
    add(document, "reply", text_or_null(event.mail.reply));
    add(document, "id", text_or_null(event.id));
    add(document, "file", text_or_null(event.file));
    return dump(document) + '\n';
}

} // namespace relaytool::report
