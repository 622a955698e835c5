#pragma once

#include "diagnosis/probe_verdict.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::diagnosis {

/// The ways into Microsoft 365 for mail of programs.
enum class Path {
    submission,  ///< log in at smtp.office365.com
    direct_send, ///< to the domain's own MX, for recipients of that domain
    connector,   ///< to the domain's own MX, for anybody: an inbound connector knows this machine
};
/// "client-submission", "direct-send", "connector".
std::string_view to_string(Path path);

/// What a way needs and allows, in a few words each.
struct PathNeeds {
    std::string_view title;
    std::string_view login;
    std::string_view address; ///< whether the machine needs a fixed one
    std::string_view recipients;
    std::string_view sender;
    std::string_view encryption;
};
const PathNeeds& needs_of(Path path);

/// One way, as it is from this machine today.
struct PathLine {
    Path path = Path::submission;
    StepVerdict verdict = StepVerdict::unknown;
    std::string place;    ///< host and port; empty when none was found
    std::string evidence; ///< what decided
    std::string finding;  ///< id of the finding about it, or empty
};

/// The walks that tell about the ways.
struct PathWalks {
    ProbeVerdict submission;
    std::optional<ProbeVerdict> exchanger; ///< of the domain's MX; absent when there is none
    std::string no_exchanger;              ///< why it is absent
    std::string inside;                    ///< recipient of the domain itself that was tried; may be empty
    std::string outside;                   ///< recipient elsewhere that was tried; may be empty
};

struct PathsVerdict {
    PathWalks walks;
    std::array<PathLine, 3> lines;
    std::optional<Path> recommended; ///< absent: none works, and none is close
    std::string why;                 ///< one sentence
    std::vector<Finding> findings;   ///< of the recommended way, where it does not work yet
};

/// Compares them and recommends one. A way that reaches everybody counts for more than one that does not,
/// unless only recipients inside were asked for.
PathsVerdict judge_paths(PathWalks walks);

} // namespace relaytool::diagnosis
