#include "sandbox/mailroot.hpp"

namespace relaytool::sandbox {
namespace {

using What = MailrootEvent::What;

/// Does what the player decides, and keeps the log.
class Worker {
public:
    Worker(IisPlayer& player, Mailroot& mailroot, NextHop& next_hop, std::int64_t now)
        : player_(player), mailroot_(mailroot), next_hop_(next_hop), now_(now) {}

    void work(const MailrootAction& action) {
        if (const auto* move = std::get_if<MoveToQueue>(&action)) {
            const auto moved = mailroot_.move_to_queue(move->pickup_name, move->queue_name);
            note(moved, What::picked_up, move->pickup_name, move->queue_name);
        } else if (const auto* open = std::get_if<OpenQueued>(&action)) {
            hand_on(open->name);
        }
    }

    std::vector<MailrootEvent> take_events() { return std::move(events_); }

private:
    bool note(const Result<void>& result, What what, const std::string& file, const std::string& detail) {
        if (result)
            events_.push_back({what, file, detail});
        else
            events_.push_back({What::trouble, file, result.error().why});
        return result.has_value();
    }

    void hand_on(const std::string& name) {
        const Result<std::string> bytes = mailroot_.read_queued(name);
        if (!bytes) {
            events_.push_back({What::trouble, name, bytes.error().why});
            return;
        }
        const auto opened = player_.open(name, *bytes, now_);
        if (const auto* actions = std::get_if<std::vector<MailrootAction>>(&opened)) {
            settle(name, *actions);
            return;
        }
        const PickedUp& mail = std::get<PickedUp>(opened);
        const std::vector<RecipientReply> replies = next_hop_.deliver(mail);
        const std::vector<MailrootAction> actions = player_.answered(name, mail, replies, now_);
        if (actions.empty())
            events_.push_back({What::waiting, name, replies.empty() ? std::string{} : replies.back().reply});
        else
            settle(name, actions);
    }

    /// A file that could not be written to BadMail keeps its mail in Queue.
    void settle(const std::string& name, const std::vector<MailrootAction>& actions) {
        const bool is_bad = actions.size() > 1;
        for (const MailrootAction& action : actions) {
            if (const auto* write = std::get_if<WriteBadMail>(&action)) {
                if (!note(mailroot_.write_bad_mail(write->name, write->bytes), What::bad_mail, write->name,
                          name))
                    return;
            } else if (std::holds_alternative<RemoveQueued>(action)) {
                const auto removed = mailroot_.remove_queued(name);
                if (!removed || !is_bad) note(removed, What::delivered, name, {});
            }
        }
    }

    IisPlayer& player_;
    Mailroot& mailroot_;
    NextHop& next_hop_;
    std::int64_t now_;
    std::vector<MailrootEvent> events_;
};

} // namespace

Result<std::vector<MailrootEvent>> play_mailroot(IisPlayer& player, Mailroot& mailroot, NextHop& next_hop,
                                                 std::int64_t now) {
    const Result<MailrootListing> listing = mailroot.list();
    if (!listing) return tl::unexpected(listing.error());
    Worker worker(player, mailroot, next_hop, now);
    for (const MailrootAction& action : player.step(*listing, now))
        worker.work(action);
    return worker.take_events();
}

} // namespace relaytool::sandbox
