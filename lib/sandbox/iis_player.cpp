#include "sandbox/iis_player.hpp"

#include "mail/message.hpp"
#include "mail/pickup.hpp"
#include "smtp/reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace relaytool::sandbox {
namespace {

enum class Answer { accepted, later, refused };

Answer read_answer(const smtp::Reply& reply) {
    if (reply.code >= 200 && reply.code < 300) return Answer::accepted;
    return reply.code >= 500 ? Answer::refused : Answer::later;
}

/// As SMTPSVC writes it: the server's own status, or its class alone.
std::string status_of(const smtp::Reply& reply) {
    if (reply.code == 0) return "4.4.7"; // RFC 3463: delivery time expired
    if (reply.enhanced) return smtp::to_string(*reply.enhanced);
    return reply.code >= 500 ? "5.0.0" : "4.0.0";
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_hidden(const std::string& name) {
    return name.empty() || name.front() == '.';
}

/// The mail as SMTPSVC hands it on: with a trace, and with the fields that an old program left out. Nothing
/// when it cannot be written.
std::optional<PickedUp> handed_on(mail::Pickup pickup, const IisSettings& settings, const iis::MailId& id) {
    mail::add_missing(pickup.message, {id.seconds, iis::file_stem(id) + '@' + settings.host});
    const Result<mail::Written> written = mail::write(pickup.message, {mail::Offer::yes, mail::Offer::yes});
    if (!written) return std::nullopt;
    const std::string trace = fmt::format(
        "Received: from mail pickup service by {} with Microsoft SMTPSVC(10.0.20348.1);\r\n\t {}\r\n",
        settings.host, iis::smtpsvc_date(id.seconds));
    return PickedUp{std::move(pickup.envelope.sender), std::move(pickup.envelope.recipients),
                    trace + written->octets};
}

} // namespace

void IisPlayer::forget_missing(const MailrootListing& listing) {
    std::map<std::string, Waiting> kept;
    for (const FolderFile& file : listing.queue)
        if (auto found = waiting_.extract(file.name)) kept.insert(std::move(found));
    waiting_ = std::move(kept);
}

IisPlayer::Waiting& IisPlayer::waiting_for(const std::string& name, std::int64_t now) {
    const auto [place, is_new] = waiting_.try_emplace(name);
    if (is_new) place->second = {next_id(now), now, {}, {}};
    return place->second;
}

std::vector<MailrootAction> IisPlayer::step(const MailrootListing& listing, std::int64_t now) {
    std::vector<MailrootAction> actions;
    forget_missing(listing);
    std::size_t opened = 0;
    for (const FolderFile& file : listing.queue) {
        if (is_hidden(file.name) || opened == max_files_per_step) continue;
        if (waiting_for(file.name, now).next_attempt > now) continue;
        actions.emplace_back(OpenQueued{file.name});
        ++opened;
    }
    std::map<std::string, std::uint64_t> seen;
    for (const FolderFile& file : listing.pickup) {
        if (is_hidden(file.name) || seen.size() == max_files_per_step) continue;
        const auto before = seen_.find(file.name);
        if (before != seen_.end() && before->second == file.size)
            actions.emplace_back(MoveToQueue{file.name, iis::queue_file_name(next_id(now))});
        seen.emplace(file.name, file.size);
    }
    seen_ = std::move(seen);
    return actions;
}

std::variant<PickedUp, std::vector<MailrootAction>>
IisPlayer::open(const std::string& name, std::string_view bytes, std::int64_t now) {
    const auto refused = [&] {
        return bad_mail(name, std::string(bytes), iis::BadMailReason::bad_pickup_file, next_id(now));
    };
    auto pickup = mail::read_pickup(bytes);
    if (!pickup) return refused();
    Waiting& waiting = waiting_for(name, now);
    auto mail = handed_on(*std::move(pickup), settings_, waiting.id);
    if (!mail) return refused();
    std::erase_if(mail->recipients,
                  [&waiting](const std::string& address) { return contains(waiting.settled, address); });
    if (mail->recipients.empty())
        return finished(name, *mail, now); // once more: a folder could not be written
    return std::move(*mail);
}

std::vector<MailrootAction> IisPlayer::answered(const std::string& name, const PickedUp& mail,
                                                const std::vector<RecipientReply>& replies,
                                                std::int64_t now) {
    Waiting& waiting = waiting_for(name, now);
    waiting.next_attempt = now + settings_.retry_seconds;
    const bool is_too_old = now - waiting.id.seconds >= settings_.give_up_seconds;
    for (const RecipientReply& answer : replies) {
        const smtp::Reply reply = smtp::read_reply(answer.reply);
        const Answer kind = read_answer(reply);
        if (contains(waiting.settled, answer.address) || (kind == Answer::later && !is_too_old)) continue;
        waiting.settled.push_back(answer.address);
        if (kind != Answer::accepted)
            waiting.failed.push_back({answer.address, status_of(reply), answer.reply});
    }
    const bool is_done =
        std::all_of(mail.recipients.begin(), mail.recipients.end(),
                    [&waiting](const std::string& r) { return contains(waiting.settled, r); });
    return is_done ? finished(name, mail, now) : std::vector<MailrootAction>{};
}

/// The report goes to BadMail at once: the next hop refuses those of IIS, whose sender is empty.
std::vector<MailrootAction> IisPlayer::finished(const std::string& name, const PickedUp& mail,
                                                std::int64_t now) {
    Waiting& waiting = waiting_.at(name);
    waiting.next_attempt = now + settings_.retry_seconds;
    if (waiting.failed.empty()) return {RemoveQueued{name}};
    const bool was_heard = std::any_of(waiting.failed.begin(), waiting.failed.end(),
                                       [](const iis::UndeliveredTo& one) { return !one.reply.empty(); });
    iis::DeliveryReport report;
    report.id = next_id(now);
    report.host = settings_.host;
    report.client = settings_.client;
    report.sender = mail.sender;
    report.arrived = waiting.id.seconds;
    report.written = now;
    report.cause = was_heard ? iis::NotDelivered::refused_by_next_hop : iis::NotDelivered::no_connection;
    report.recipients = waiting.failed;
    report.original = mail.message;
    return bad_mail(name, iis::write_report(report), iis::BadMailReason::report_undeliverable, report.id);
}

/// The report first, the queued file last: nothing is lost when the program ends in between.
std::vector<MailrootAction> IisPlayer::bad_mail(const std::string& name, std::string bytes,
                                                iis::BadMailReason reason, const iis::MailId& id) const {
    const std::string stem = iis::file_stem(id);
    return {WriteBadMail{stem + ".BDR", iis::write_bdr(reason)},
            WriteBadMail{stem + ".BAD", std::move(bytes)}, RemoveQueued{name}};
}

} // namespace relaytool::sandbox
