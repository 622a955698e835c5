#include "mail/date.hpp"
#include "report/html.hpp"
#include "report/json.hpp"
#include "report/sandbox_mail.hpp"
#include "report/sandbox_web.hpp"
#include "sandbox/mail_view.hpp"

namespace relaytool::report {
namespace {

using sandbox::Audience;

Json address_json(const sandbox::MailAddress& address) {
    Json json = object_of(2);
    add(json, "Name", address.name);
    add(json, "Address", address.address);
    return json;
}

Json addresses_json(const std::vector<std::string>& addresses) {
    Json array = Json::array();
    for (const std::string& address : addresses)
        array.push_back(address_json({{}, address}));
    return array;
}

Json envelope_json(const smtp::Mail& mail) {
    Json to = Json::array();
    for (const smtp::Path& recipient : mail.recipients)
        to.push_back(recipient.address);
    Json json = object_of(5);
    add(json, "From", mail.sender.address);
    add(json, "To", std::move(to));
    add(json, "Login", text_or_null(mail.login));
    add(json, "Client", mail.client);
    add(json, "Helo", text_or_null(mail.helo));
    return json;
}

/// What the list and the single mail have in common.
void add_summary(Json& json, const sandbox::StoredMail& mail, const sandbox::MailSummary& summary) {
    add(json, "ID", mail.id);
    add(json, "MessageID", summary.message_id);
    add(json, "From", address_json(summary.from));
    add(json, "To", addresses_json(summary.to));
    add(json, "Cc", addresses_json(summary.cc));
    add(json, "ReplyTo", addresses_json(summary.reply_to));
    add(json, "Subject", summary.subject);
    add(json, "Created", mail::to_rfc3339(mail.time));
    add(json, "Size", mail.mail.octets.size());
    add(json, "Envelope", envelope_json(mail.mail));
}

std::string header_json(const sandbox::StoredMail& mail) {
    Json json = Json::object();
    for (const auto& [name, value] : sandbox::view_of(mail.mail.octets).header)
        json[name].push_back(value);
    return dump(json);
}

std::string info_json(const sandbox::MailInfo& info, const SandboxAbout& about) {
    Json servers = Json::object();
    for (const auto& [name, value] : about.servers)
        add(servers, name, text_or_null(value));
    Json json = object_of(4);
    add(json, "Version", about.version);
    add(json, "Messages", info.count);
    add(json, "Size", info.octets);
    add(json, "Servers", std::move(servers));
    return dump(json);
}

std::string_view reason_of(int status) {
    switch (status) {
    case 400: return "The body is not {\"IDs\": [\"...\"]}.";
    case 405: return "This method is not allowed here.";
    default: return "There is no such page or mail.";
    }
}

sandbox::WebReply reply_of(const sandbox::MailListing& listing, const SandboxAbout&) {
    if (listing.audience == Audience::people) return page_reply(200, mail_page(listing));
    return json_reply(200, mail_json(listing));
}

sandbox::WebReply reply_of(const sandbox::MailShown& shown, const SandboxAbout&) {
    if (shown.audience == Audience::people) return page_reply(200, mail_page(*shown.mail));
    return json_reply(200, mail_json(*shown.mail));
}

sandbox::WebReply reply_of(const sandbox::MailHeader& header, const SandboxAbout&) {
    return json_reply(200, header_json(*header.mail));
}

sandbox::WebReply reply_of(const sandbox::MailOctets& raw, const SandboxAbout&) {
    sandbox::WebReply reply = page_reply(200, raw.mail->mail.octets);
    reply.content_type = "text/plain; charset=utf-8";
    return reply;
}

sandbox::WebReply reply_of(const sandbox::MailsRemoved& removed, const SandboxAbout&) {
    Json json = object_of(1);
    add(json, "Removed", removed.count);
    return json_reply(200, dump(json));
}

sandbox::WebReply reply_of(const sandbox::MailInfo& info, const SandboxAbout& about) {
    return json_reply(200, info_json(info, about));
}

sandbox::WebReply reply_of(const sandbox::StyleSheet&, const SandboxAbout&) {
    sandbox::WebReply reply = page_reply(200, std::string(style_sheet()));
    reply.content_type = "text/css; charset=utf-8";
    return reply;
}

sandbox::WebReply reply_of(const sandbox::MailMisuse& misuse, const SandboxAbout&) {
    const std::string_view reason = reason_of(misuse.status);
    Json json = object_of(1);
    add(json, "Error", std::string(reason));
    sandbox::WebReply reply =
        misuse.audience == Audience::programs
            ? json_reply(misuse.status, dump(json))
            : page_reply(misuse.status,
                         html_page("Not here", "<h1>" + html_text(reason) +
                                                   "</h1>\n<p><a href=\"/\">All mail</a></p>\n"));
    if (!misuse.allowed.empty()) reply.headers.emplace_back("Allow", std::string(misuse.allowed));
    return reply;
}

} // namespace

std::string mail_json(const sandbox::MailListing& listing) {
    Json messages = Json::array();
    for (const auto& mail : listing.mails) {
        Json one = object_of(10);
        add_summary(one, *mail, sandbox::summary_of(mail->mail.octets));
        messages.push_back(std::move(one));
    }
    Json json = object_of(4);
    add(json, "total", listing.total);
    add(json, "count", listing.mails.size());
    add(json, "start", listing.start);
    add(json, "messages", std::move(messages));
    return dump(json);
}

std::string mail_json(const sandbox::StoredMail& mail) {
    const sandbox::MailView view = sandbox::view_of(mail.mail.octets);
    Json header = Json::array();
    for (const auto& [name, value] : view.header) {
        Json field = object_of(2);
        add(field, "Name", name);
        add(field, "Value", value);
        header.push_back(std::move(field));
    }
    Json attachments = Json::array();
    for (const sandbox::MailAttachment& attachment : view.attachments) {
        Json one = object_of(3);
        add(one, "FileName", attachment.name);
        add(one, "ContentType", attachment.type);
        add(one, "Size", attachment.size);
        attachments.push_back(std::move(one));
    }
    Json json = object_of(16);
    add_summary(json, mail, view.summary);
    add(json, "ReturnPath", mail.mail.sender.address);
    add(json, "Date", view.summary.date);
    add(json, "Headers", std::move(header));
    add(json, "Text", view.text);
    add(json, "HTML", view.html);
    add(json, "Attachments", std::move(attachments));
    return dump(json);
}

std::optional<std::vector<std::string>> read_mail_ids(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    const auto found = json.find("IDs");
    if (found == json.end() || !found->is_array()) return std::nullopt;
    std::vector<std::string> ids;
    for (const Json& id : *found) {
        if (!id.is_string()) return std::nullopt;
        ids.push_back(id.get<std::string>());
    }
    return ids;
}

sandbox::WebReply web_reply(const sandbox::MailAnswer& answer, const SandboxAbout& about) {
    return std::visit([&about](const auto& what) { return reply_of(what, about); }, answer);
}

} // namespace relaytool::report
