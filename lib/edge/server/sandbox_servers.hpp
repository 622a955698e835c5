#pragma once

#include "sandbox/host.hpp"

#include <memory>

namespace relaytool::edge {

/// The sandbox's servers, in one thread: the one that waits.
class SandboxServers final : public sandbox::Servers {
public:
    SandboxServers();
    ~SandboxServers() override;

    Result<sandbox::Running> start(const sandbox::Listen& listen, sandbox::Parts parts) override;
    void wait() override;
    Result<void> save(const std::string& folder, const std::string& name, std::string_view octets) override;
    Result<std::unique_ptr<sandbox::Mailroot>> open_mailroot(const std::string& folder) override;

private:
    struct World;
    std::unique_ptr<World> world_;
};

} // namespace relaytool::edge
