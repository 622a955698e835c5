#include "probe/envelope.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::probe {
namespace {

constexpr std::size_t commands_at_once = 100; ///< their answers must fit into the buffers on the way

struct Command {
    std::string line;
    smtp::Reply* reply = nullptr; ///< where the answer goes; null for RSET
    std::chrono::microseconds* time = nullptr;
};

bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string mail_command(const std::string& sender, const smtp::Capabilities& offered) {
    return "MAIL FROM:<" + sender + ">" + (!is_ascii(sender) && offered.smtputf8 ? " SMTPUTF8" : "");
}

class Envelope {
public:
    Envelope(smtp::Dialogue& dialogue, const Plan& plan, const smtp::Capabilities& offered, Facts& facts)
        : dialogue_(dialogue), plan_(plan), offered_(offered), facts_(facts) {}

    void add_sender(SenderTrial& sender) {
        commands_.push_back({mail_command(sender.address, offered_), &sender.reply, &sender.time});
    }

    void add_recipients() {
        for (RecipientTrial& recipient : facts_.recipients)
            commands_.push_back({"RCPT TO:<" + recipient.address + ">", &recipient.reply, &recipient.time});
    }

    void add_reset() { commands_.push_back({"RSET", nullptr, nullptr}); }

    /// Says all that was added. False when the connection ended.
    bool run() {
        const std::size_t group = offered_.pipelining ? commands_at_once : 1;
        const std::vector<Command> commands = std::exchange(commands_, {});
        for (std::size_t first = 0; first < commands.size(); first += group) {
            const std::size_t end = std::min(first + group, commands.size());
            for (std::size_t i = first; i < end; ++i)
                dialogue_.queue(commands[i].line);
            const std::chrono::microseconds start = dialogue_.transcript().elapsed();
            for (std::size_t i = first; i < end; ++i)
                if (!take_answer(commands[i], start)) return false;
        }
        return true;
    }

private:
    bool take_answer(const Command& command, std::chrono::microseconds start) {
        smtp::Spoken<smtp::Reply> reply = dialogue_.reply(plan_.target.patience.command);
        if (!reply) {
            facts_.envelope_broken = std::move(reply.error());
            return false;
        }
        if (command.reply != nullptr) {
            *command.reply = *std::move(reply);
            *command.time = dialogue_.transcript().elapsed() - start;
        }
        return true;
    }

    smtp::Dialogue& dialogue_;
    const Plan& plan_;
    const smtp::Capabilities& offered_;
    Facts& facts_;
    std::vector<Command> commands_;
};

} // namespace

void try_envelope(smtp::Dialogue& dialogue, const Plan& plan, const smtp::Capabilities& offered,
                  Facts& facts) {
    for (const std::string& sender : plan.senders)
        facts.senders.push_back({sender, {}, {}, {}});
    for (const std::string& recipient : plan.recipients)
        facts.recipients.push_back({recipient, {}, {}});
    if (facts.senders.empty()) return;
    Envelope envelope(dialogue, plan, offered, facts);
    for (SenderTrial& sender : facts.senders) {
        envelope.add_sender(sender);
        if (&sender == &facts.senders.front()) envelope.add_recipients();
        envelope.add_reset();
    }
    if (!envelope.run() || smtp::is_positive(facts.senders.front().reply)) return;
    // Their answers were to a sender that was refused.
    for (RecipientTrial& recipient : facts.recipients)
        recipient.reply = {};
    const auto taken =
        std::find_if(facts.senders.begin(), facts.senders.end(),
                     [](const SenderTrial& sender) { return smtp::is_positive(sender.reply); });
    if (taken == facts.senders.end() || facts.recipients.empty()) return;
    SenderTrial again{taken->address, {}, {}, {}};
    envelope.add_sender(again);
    envelope.add_recipients();
    envelope.add_reset();
    envelope.run();
}

} // namespace relaytool::probe
