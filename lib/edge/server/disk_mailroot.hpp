#pragma once

#include "sandbox/mailroot.hpp"

#include <filesystem>
#include <string>

namespace relaytool::edge {

/// A mailroot folder on a disk.
class DiskMailroot final : public sandbox::Mailroot {
public:
    /// Makes Pickup, Queue, BadMail and Drop where they are missing; names that differ in case are taken as
    /// they are.
    Result<void> open(const std::string& folder);

    Result<sandbox::MailrootListing> list() override;
    Result<void> move_to_queue(const std::string& pickup_name, const std::string& queue_name) override;
    Result<std::string> read_queued(const std::string& name) override;
    Result<void> remove_queued(const std::string& name) override;
    Result<void> write_bad_mail(const std::string& name, std::string_view bytes) override;

private:
    std::filesystem::path pickup_;
    std::filesystem::path queue_;
    std::filesystem::path bad_mail_;
};

} // namespace relaytool::edge
