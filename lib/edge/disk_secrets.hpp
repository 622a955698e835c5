#pragma once

#include "base/secrets.hpp"

#include <string>

namespace relaytool::edge {

/// Secrets in a folder of the user's own: mode 0700, files 0600. The folder is made when the first one is
/// written.
class DiskSecrets final : public Secrets {
public:
    /// `folder`: for the tests; empty: `$XDG_STATE_HOME/relaytool/tokens`, else
    /// `~/.local/state/relaytool/tokens`.
    explicit DiskSecrets(std::string folder = {});

    Result<std::unique_ptr<Lock>> lock(const std::string& name, std::chrono::milliseconds patience) override;
    Result<std::optional<std::string>> read(const std::string& name) override;
    Result<void> write(const std::string& name, std::string_view bytes) override;
    Result<bool> remove(const std::string& name) override;
    Result<std::vector<std::string>> list() override;
    std::string path(const std::string& name) override;

private:
    Result<void> make_folder() const;

    std::string folder_;
};

} // namespace relaytool::edge
