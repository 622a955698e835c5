#include "iis/mailroot.hpp"

#include "base/ascii.hpp"

namespace relaytool::iis {
namespace {

Mailroot among(const std::vector<FolderEntry>& entries) {
    Mailroot found;
    for (const FolderEntry& entry : entries) {
        if (entry.kind != EntryKind::folder) continue;
        if (ascii::iequals(entry.name, "Pickup")) found.pickup = entry.path;
        if (ascii::iequals(entry.name, "Queue")) found.queue = entry.path;
        if (ascii::iequals(entry.name, "BadMail")) found.badmail = entry.path;
    }
    return found;
}

} // namespace

Result<Mailroot> find_mailroot(const Folders& folders, const std::string& root) {
    const auto entries = folders.list(root);
    if (!entries) return tl::unexpected(entries.error());
    Mailroot found = among(*entries);
    if (found.pickup.empty())
        return tl::unexpected(Error{root,
                                    "there is no folder Pickup in it; give the MailRoot folder of the SMTP "
                                    "virtual server, C:\\inetpub\\mailroot unless it was moved"});
    return found;
}

Result<Mailroot> mailroot_around(const Folders& folders, const std::string& pickup) {
    if (const auto entries = folders.list(pickup); !entries) return tl::unexpected(entries.error());
    Mailroot found;
    const std::string root = folders.parent(pickup);
    const auto entries = root.empty() ? Result<std::vector<FolderEntry>>{} : folders.list(root);
    if (entries) found = among(*entries);
    found.pickup = pickup;
    return found;
}

} // namespace relaytool::iis
