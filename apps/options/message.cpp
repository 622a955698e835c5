#include "options/message.hpp"

#include "base/charset.hpp"
#include "diagnosis/pickup_findings.hpp"
#include "mail/draft.hpp"
#include "mail/mailbox.hpp"
#include "report/test_message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <tuple>
#include <utility>

namespace relaytool::cli {
namespace {

Error wrong(std::string option, std::string why) {
    return {std::move(option), std::move(why)};
}

/// Octets that nobody else has: the name of a message must be its own in the whole world (RFC 5322
/// section 3.6.4).
std::string random_octets() {
    constexpr std::size_t count = 12;
    std::random_device device;
    std::string octets;
    for (std::size_t i = 0; i < count; ++i)
        octets += static_cast<char>(static_cast<unsigned char>(device()));
    return octets;
}

mail::Stamp stamp_of(Context& context) {
    return {context.now(), mail::make_message_id(random_octets(), context.machine->host_name())};
}

/// Addresses of options, `a@x, b@y` or one each.
Result<std::vector<std::string>> addresses_of(const std::string& option,
                                              const std::vector<std::string>& texts) {
    std::vector<std::string> addresses;
    for (const std::string& text : texts) {
        const mail::MailboxList list = mail::read_mailboxes(text);
        const bool has_controls =
            std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
        if (has_controls || !list.broken.empty() || list.mailboxes.empty())
            return tl::unexpected(
                wrong(option, fmt::format("'{}' is no mail address",
                                          list.broken.empty() ? text : list.broken.front())));
        for (const mail::Mailbox& mailbox : list.mailboxes)
            addresses.push_back(mailbox.address);
    }
    return addresses;
}

/// Completes a message that is there already.
void take_message(Composed& composed, mail::Message message, Context& context) {
    mail::add_missing(message, stamp_of(context));
    composed.message_id = message.value("Message-ID");
    composed.make = [message = std::move(message)](mail::Transfer) -> Result<mail::Message> {
        return message;
    };
}

Result<Composed> from_pickup(const MessageOptions& options, Context& context) {
    Result<Composed> result;
    const auto read = context.files.read(options.pickup, [&](std::string_view bytes) {
        auto pickup = mail::read_pickup(bytes);
        if (pickup) {
            result->envelope = std::move(pickup->envelope);
            take_message(*result, std::move(pickup->message), context);
            result->notes = std::move(pickup->notes);
        } else {
            result->refusal = diagnosis::finding_of(pickup.error());
        }
    });
    if (!read) return tl::unexpected(read.error());
    return result;
}

Result<Composed> from_message(const MessageOptions& options, Context& context) {
    Result<Composed> result;
    const auto read = context.files.read(options.message, [&](std::string_view bytes) {
        auto stored = mail::read_message(bytes);
        if (!stored) {
            result = tl::unexpected(wrong(options.message, stored.error().why));
            return;
        }
        result->envelope = std::move(stored->envelope);
        take_message(*result, std::move(stored->message), context);
        if (!stored->broken.empty() && options.to.empty())
            result =
                tl::unexpected(wrong(options.message, "'" + stored->broken.front() + "' is no mail address"));
    });
    if (!read) return tl::unexpected(read.error());
    return result;
}

/// --from, --to, --cc and --bcc beside a file are for the envelope alone.
Result<void> set_envelope(const MessageOptions& options, mail::Envelope& envelope) {
    // --to replaces whom the file names; --cc and --bcc add to them.
    if (!options.to.empty()) envelope.recipients.clear();
    const std::array lists{std::pair{"--to", &options.to}, std::pair{"--cc", &options.cc},
                           std::pair{"--bcc", &options.bcc}};
    for (const auto& [name, texts] : lists) {
        const auto addresses = addresses_of(name, *texts);
        if (!addresses) return tl::unexpected(addresses.error());
        for (const std::string& address : *addresses)
            envelope.add(address);
    }
    const std::string sender = options.envelope_from.value_or(options.from);
    if (sender == "<>" || (options.envelope_from && sender.empty())) {
        envelope.sender.clear();
    } else if (!sender.empty()) {
        const auto addresses = addresses_of(options.envelope_from ? "--envelope-from" : "--from", {sender});
        if (!addresses) return tl::unexpected(addresses.error());
        envelope.sender = addresses->front();
    }
    return {};
}

Result<std::string> file_text(const std::string& name, Context& context) {
    std::string text;
    bool is_too_large = false;
    const auto read = context.files.read(name, [&](std::string_view bytes) {
        is_too_large = bytes.size() > mail::longest_message;
        if (!is_too_large) text = bytes;
    });
    if (!read) return tl::unexpected(read.error());
    if (is_too_large) return tl::unexpected(wrong(name, "larger than 64 MiB: no mail server takes that"));
    return text;
}

Result<void> set_people(const MessageOptions& options, mail::Draft& draft) {
    const std::vector<std::string> from =
        options.from.empty() ? std::vector<std::string>{} : std::vector<std::string>{options.from};
    const std::array lists{
        std::tuple{"--from", &from, &draft.from},
        std::tuple{"--to", &options.to, &draft.to},
        std::tuple{"--cc", &options.cc, &draft.cc},
        std::tuple{"--bcc", &options.bcc, &draft.bcc},
        std::tuple{"--reply-to", &options.reply_to, &draft.reply_to},
    };
    for (const auto& [name, texts, place] : lists)
        for (const std::string& text : *texts) {
            auto mailboxes = mail::read_mailbox_option(name, text);
            if (!mailboxes) return tl::unexpected(mailboxes.error());
            place->insert(place->end(), mailboxes->begin(), mailboxes->end());
        }
    if (draft.from.empty())
        return tl::unexpected(wrong("--from", "missing: who sends it? (or --pickup FILE, --message FILE)"));
    if (draft.to.empty() && draft.cc.empty() && draft.bcc.empty())
        return tl::unexpected(wrong("--to", "missing: who shall get it?"));
    return {};
}

Result<void> set_content(const MessageOptions& options, mail::Draft& draft, Context& context) {
    auto subject = mail::read_text_option("--subject", options.subject);
    if (!subject) return tl::unexpected(subject.error());
    draft.subject = *std::move(subject);
    draft.text = options.body;
    const std::array files{std::pair{&options.body_file, &draft.text},
                           std::pair{&options.html_file, &draft.html}};
    for (const auto& [name, place] : files) {
        if (name->empty()) continue;
        auto text = file_text(*name, context);
        if (!text) return tl::unexpected(text.error());
        *place = encoding::decode_text_file(*text);
    }
    for (const std::string& name : options.attachments) {
        auto bytes = file_text(name, context);
        if (!bytes) return tl::unexpected(bytes.error());
        draft.attachments.push_back({name.substr(name.find_last_of("/\\") + 1), {}, *std::move(bytes)});
    }
    for (const std::string& header : options.headers) {
        auto field = mail::read_field_option("--header", header);
        if (!field) return tl::unexpected(field.error());
        draft.extra.push_back(*std::move(field));
    }
    return {};
}

Result<Composed> from_options(const MessageOptions& options, const TestFacts& facts, Context& context) {
    mail::Draft draft;
    if (auto set = set_people(options, draft); !set) return tl::unexpected(set.error());
    if (auto set = set_content(options, draft, context); !set) return tl::unexpected(set.error());
    draft.stamp = stamp_of(context);
    const report::TestMessage test{.from = draft.from.front().address,
                                   .through = facts.through,
                                   .login = facts.login,
                                   .host = context.machine->host_name(),
                                   .seconds = draft.stamp.seconds};
    if (draft.subject.empty()) draft.subject = report::test_subject(test);
    if (draft.text.empty() && draft.html.empty()) draft.text = report::test_text(test);
    Composed composed;
    composed.envelope = mail::envelope_of(draft);
    composed.message_id = "<" + draft.stamp.message_id + ">";
    // Fails for reasons of the options only: better now than in the middle of the dialogue.
    if (auto made = mail::compose(draft, {}); !made) return tl::unexpected(made.error());
    composed.make = [draft = std::move(draft)](mail::Transfer transfer) {
        return mail::compose(draft, transfer);
    };
    return composed;
}

/// SELECTOR:DOMAIN:FILE; the file's name may hold colons.
Result<void> set_signature(const std::string& option, Composed& composed, Context& context) {
    const std::size_t first = option.find(':');
    const std::size_t second = first == std::string::npos ? first : option.find(':', first + 1);
    if (second == std::string::npos)
        return tl::unexpected(wrong("--dkim-key", option + " is not SELECTOR:DOMAIN:FILE"));
    composed.identity = {.domain = option.substr(first + 1, second - first - 1),
                         .selector = option.substr(0, first)};
    const auto pem = file_text(option.substr(second + 1), context);
    if (!pem) return tl::unexpected(pem.error());
    auto signer = context.dkim_signer(*pem, context.machine->environment("RELAYTOOL_DKIM_PASSPHRASE"));
    if (!signer) return tl::unexpected(wrong("--dkim-key", signer.error().why));
    composed.signer = *std::move(signer);
    composed.seconds = context.now();
    return {};
}

/// The first option given that makes a part of a message; "" when there is none.
std::string_view part_option(const MessageOptions& options) {
    if (!options.subject.empty()) return "--subject";
    if (!options.body.empty()) return "--body";
    if (!options.body_file.empty()) return "--body-file";
    if (!options.html_file.empty()) return "--html";
    if (!options.attachments.empty()) return "--attach";
    if (!options.headers.empty()) return "--header";
    if (!options.reply_to.empty()) return "--reply-to";
    return {};
}

} // namespace

void add_message_options(CLI::App& app, MessageOptions& options) {
    constexpr const char* group = "Message";
    const auto text = [&](const char* names, std::string& value, const char* help, const char* shown) {
        app.add_option(names, value, help)->option_text(shown)->group(group);
    };
    const auto list = [&](const char* names, std::vector<std::string>& value, const char* help,
                          const char* shown) {
        app.add_option(names, value, help)
            ->option_text(shown)
            ->group(group)
            ->allow_extra_args(false)
            ->take_all();
    };
    text("--pickup", options.pickup, "A file as for the Pickup folder of IIS SMTP", "FILE");
    text("--message,-d,--data", options.message, "A whole message (.eml); - reads standard input", "FILE");
    text("-f,--from", options.from, "Sender; with a file, of the envelope only", "ADDRESS");
    list("-t,--to", options.to, "Recipients; with a file, of the envelope only", "ADDRESS");
    list("--cc", options.cc, "Copies", "ADDRESS");
    list("--bcc", options.bcc, "Copies that nobody sees", "ADDRESS");
    list("--reply-to", options.reply_to, "Where answers go", "ADDRESS");
    text("--subject", options.subject, "Subject", "TEXT");
    text("--body", options.body, "Text; without it, one that tells what this test is", "TEXT");
    text("--body-file", options.body_file, "File with the text", "FILE");
    text("--html", options.html_file, "File with the same in HTML", "FILE");
    list("--attach", options.attachments, "File to attach", "FILE");
    list("--header,--add-header", options.headers, "One more header field", "'NAME: VALUE'");
    app.add_option("--envelope-from", options.envelope_from,
                   "Sender of the envelope when it is another one; <> is none")
        ->option_text("ADDRESS")
        ->group(group);
    text("--dkim-key", options.dkim_key, "Sign with DKIM", "SELECTOR:DOMAIN:FILE");
}

Result<Composed> compose(const MessageOptions& options, const TestFacts& facts, Context& context) {
    const bool has_file = !options.pickup.empty() || !options.message.empty();
    if (!options.pickup.empty() && !options.message.empty())
        return tl::unexpected(wrong("--message", "one message at a time: leave out --pickup or --message"));
    if (const std::string_view option = part_option(options); has_file && !option.empty())
        return tl::unexpected(wrong(std::string(option),
                                    "the file is the whole message: change it there, or leave the file out"));
    auto composed = !options.pickup.empty()    ? from_pickup(options, context)
                    : !options.message.empty() ? from_message(options, context)
                                               : from_options(options, facts, context);
    if (!composed || composed->refusal) return composed;
    if (has_file || options.envelope_from)
        if (auto set = set_envelope(options, composed->envelope); !set) return tl::unexpected(set.error());
    if (composed->envelope.recipients.empty())
        return tl::unexpected(wrong("--to", "the file names no recipient, so give one"));
    if (!options.dkim_key.empty())
        if (auto set = set_signature(options.dkim_key, *composed, context); !set)
            return tl::unexpected(set.error());
    return composed;
}

Result<mail::Written> write(const Composed& composed, mail::Transfer transfer) {
    const auto message = composed.make(transfer);
    if (!message) return tl::unexpected(message.error());
    auto written = mail::write(*message, transfer);
    if (!written || composed.signer == nullptr) return written;
    const auto signature =
        dkim::sign_message(written->octets, composed.identity, *composed.signer, composed.seconds);
    if (!signature) return tl::unexpected(signature.error());
    written->octets.insert(0, *signature);
    return written;
}

} // namespace relaytool::cli
