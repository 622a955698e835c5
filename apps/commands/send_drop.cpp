#include "commands/send_drop.hpp"

#include "base/ascii.hpp"
#include "diagnosis/check.hpp"
#include "iis/follow.hpp"
#include "iis/mailroot.hpp"
#include "mail/text.hpp"
#include "report/send_drop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace relaytool::cli {
namespace {

using diagnosis::Finding;
using iis::Whereabouts;

constexpr std::chrono::milliseconds poll_interval{500};

/// Unique as the Message-ID is, and fit for every file system. Exchange wants the extension.
std::string file_name_for(std::string_view message_id) {
    constexpr std::size_t longest = 60;
    std::string name = "relaytool-";
    for (const char c : message_id)
        if (ascii::is_alnum(c) && name.size() < longest) name += c;
    return name + ".eml";
}

/// The text of a file as far as it matters; nothing when it cannot be read.
std::optional<std::string> read_text(const Files& files, const std::string& path, std::size_t limit) {
    std::string text;
    const auto keep = [&](std::string_view bytes) {
        std::string storage;
        text = mail::readable_text(bytes.substr(0, limit), storage);
    };
    if (!files.read(path, keep)) return std::nullopt;
    return text;
}

std::string without_brackets(std::string_view message_id) {
    message_id = ascii::trim(message_id);
    if (message_id.starts_with('<') && message_id.ends_with('>'))
        message_id = message_id.substr(1, message_id.size() - 2);
    return std::string(message_id);
}

/// Watches one message on its way through the folders.
class Watch {
public:
    Watch(Context& context, iis::Mailroot root) : context_(context), root_(std::move(root)) {}

    iis::Snapshot look() const {
        iis::Snapshot snapshot;
        if (auto pickup = context_.folders->list(root_.pickup)) snapshot.pickup = *std::move(pickup);
        snapshot.queue = listing(root_.queue);
        snapshot.badmail = listing(root_.badmail);
        return snapshot;
    }

    /// Until it is decided, or the time is over.
    iis::Sighting follow(iis::Follower& follower, std::chrono::seconds wait) {
        const auto read = [this](const std::string& path) {
            return read_text(context_.files, path, iis::Follower::longest_look);
        };
        const std::int64_t start = seconds();
        const auto looks = std::max<std::int64_t>(1, wait / poll_interval);
        iis::Sighting sighting = follower.step(look(), read, start);
        for (std::int64_t i = 0; i < looks && !is_decided(sighting.where); ++i) {
            show(sighting);
            if (seconds() - start >= wait.count()) break;
            context_.machine->sleep(poll_interval);
            sighting = follower.step(look(), read, seconds());
        }
        if (sighting.where == Whereabouts::bounced) { // the .BDR is written behind the .BAD
            context_.machine->sleep(poll_interval);
            sighting = follower.step(look(), read, seconds());
        }
        if (context_.terminal.err) context_.err("\r\x1b[K");
        return sighting;
    }

private:
    std::int64_t seconds() const {
        return std::chrono::duration_cast<std::chrono::seconds>(context_.machine->uptime()).count();
    }

    static bool is_decided(Whereabouts where) {
        return where == Whereabouts::gone || where == Whereabouts::picked_up || where == Whereabouts::bounced;
    }

    std::optional<std::vector<FolderEntry>> listing(const std::string& folder) const {
        if (folder.empty()) return std::nullopt;
        auto entries = context_.folders->list(folder);
        if (!entries) return std::nullopt;
        return *std::move(entries);
    }

    void show(const iis::Sighting& sighting) const {
        if (!context_.terminal.err) return;
        context_.err(fmt::format("\r\x1b[K{}: {} s", report::progress_of(sighting.where), sighting.age));
    }

    Context& context_;
    iis::Mailroot root_;
};

/// The same as `relaytool diagnose` says about the file.
report::Bounced explain(const Files& files, const std::string& file) {
    constexpr std::size_t longest_mail = 64 * 1024 * 1024;
    const std::optional<std::string> mail = read_text(files, file, longest_mail);
    if (!mail) return {file, diagnosis::unreadable("it cannot be read any more")};
    const std::string beside = files.beside(file, ".bdr");
    const std::optional<std::string> report =
        beside.empty() ? std::nullopt : read_text(files, beside, longest_mail);
    return {file, diagnosis::judge(*mail, report.value_or(""), diagnosis::Place::badmail)};
}

Finding finding_for(const iis::Sighting& sighting, const iis::Mailroot& root, const std::string& name) {
    const std::string seconds = std::to_string(sighting.age);
    switch (sighting.where) {
    case Whereabouts::gone: return diagnosis::finding_of("pickup-handed-on", {});
    case Whereabouts::leaving:
    case Whereabouts::picked_up:
        return diagnosis::finding_of("pickup-queue-unknown", {{"value", root.pickup}});
    case Whereabouts::in_pickup:
        return diagnosis::finding_of("pickup-not-taken",
                                     {{"name", name}, {"value", root.pickup}, {"number", seconds}});
    case Whereabouts::in_queue:
    case Whereabouts::bounced: break;
    }
    return diagnosis::finding_of("pickup-still-queued", {{"value", root.queue}, {"number", seconds}});
}

Exit exit_of(Whereabouts where) {
    if (where == Whereabouts::gone) return Exit::good;
    return where == Whereabouts::bounced ? Exit::bad : Exit::could_not_tell;
}

Result<iis::Mailroot> mailroot_of(const DropOptions& options, const Folders& folders) {
    if (options.mailroot.empty()) return iis::mailroot_around(folders, options.drop);
    if (options.drop.empty()) return iis::find_mailroot(folders, options.mailroot);
    auto around = iis::mailroot_around(folders, options.drop);
    if (!around) return around;
    auto root = iis::find_mailroot(folders, options.mailroot);
    if (!root) return root;
    return iis::Mailroot{options.drop, root->queue, root->badmail};
}

} // namespace

Exit run_drop(const DropOptions& options, const DropMessage& message, Context& context) {
    if (context.folders == nullptr || context.machine == nullptr) {
        complain(context, {"--drop", "this program cannot write into folders here"});
        return Exit::could_not_tell;
    }
    const Result<iis::Mailroot> root = mailroot_of(options, *context.folders);
    if (!root) {
        complain(context, root.error());
        return Exit::could_not_tell;
    }
    Watch watch(context, *root);
    const std::string message_id = without_brackets(message.message_id);
    const std::string name = file_name_for(message_id);
    iis::Follower follower(name, message_id, watch.look());
    const Result<std::string> path = context.folders->put(root->pickup, name, message.bytes);
    if (!path) {
        complain(context, path.error());
        return Exit::could_not_tell;
    }
    report::Dropped dropped;
    dropped.file = *path;
    dropped.message_id = message_id;
    dropped.recipients = message.recipients;
    dropped.sighting = watch.follow(follower, std::min(options.wait, longest_wait));
    for (const std::string& file : dropped.sighting.badmail)
        dropped.bounces.push_back(explain(context.files, file));
    if (dropped.bounces.empty()) dropped.finding = finding_for(dropped.sighting, *root, name);
    if (options.output.form == Form::text)
        context.out(report::dropped_text(dropped, style_of(options.output, context.terminal)));
    else
        context.out(report::dropped_json(dropped));
    return exit_of(dropped.sighting.where);
}

} // namespace relaytool::cli
