#pragma once

#include "context.hpp"
#include "dns/resolver.hpp"
#include "support/fake_files.hpp"

#include <string>
#include <vector>

namespace relaytool::test {

/// What a run of the program gave.
struct Outcome {
    cli::Exit exit = cli::Exit::good;
    std::string out;
    std::string err;
};

/// Runs `relaytool <arguments>` on made-up files; standard output is no terminal unless `terminal` says so.
Outcome run(const std::vector<std::string>& arguments, const FakeFiles& files,
            cli::Terminal terminal = {.utf8 = true});

/// The same, with `dns` (such as a FakeDns) as the network's DNS, whatever server is asked for.
Outcome run(const std::vector<std::string>& arguments, const FakeFiles& files, dns::Resolver& dns,
            cli::Terminal terminal = {.utf8 = true});

/// The same, with a web beside it.
Outcome run(const std::vector<std::string>& arguments, const FakeFiles& files, dns::Resolver& dns, Web& web);

/// What a run may reach; null stands for what this test has none of.
struct Surroundings {
    dns::Resolver* dns = nullptr;
    Web* web = nullptr;
    smtp::Connector* connector = nullptr;
    Machine* machine = nullptr;
    cli::Terminal terminal{.utf8 = true};
};

/// The same, with any of these.
Outcome run(const std::vector<std::string>& arguments, const FakeFiles& files, const Surroundings& around);

} // namespace relaytool::test
