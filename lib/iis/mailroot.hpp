#pragma once

#include "base/folders.hpp"
#include "base/result.hpp"

#include <string>

namespace relaytool::iis {

/// The folders of an SMTP virtual server (KB Q247958). Empty: not known.
struct Mailroot {
    std::string pickup;
    std::string queue;
    std::string badmail;
};

/// The folders below `root` (C:\inetpub\mailroot), case ignored. An Error when there is no Pickup.
Result<Mailroot> find_mailroot(const Folders& folders, const std::string& root);

/// The folders beside `pickup`, as far as they are there.
Result<Mailroot> mailroot_around(const Folders& folders, const std::string& pickup);

} // namespace relaytool::iis
