#include "diagnosis/paths_verdict.hpp"

#include "base/place.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::diagnosis {
namespace {

// Microsoft's comparison of the three options for devices and applications.
constexpr PathNeeds submission_needs{
    .title = "Client submission",
    .login = "a licensed mailbox, by OAuth or (for now) password; SMTP AUTH switched on for it",
    .address = "any",
    .recipients = "anybody",
    .sender = "the login, or an address with Send As",
    .encryption = "TLS 1.2 or newer",
};
constexpr PathNeeds direct_send_needs{
    .title = "Direct send",
    .login = "none; the tenant must not refuse it (RejectDirectSend)",
    .address = "a fixed one in the SPF record, or mail lands in Junk; port 25 open",
    .recipients = "your own domain only",
    .sender = "any address of your domain, no mailbox needed",
    .encryption = "where both can",
};
constexpr PathNeeds connector_needs{
    .title = "Connector",
    .login = "none; an inbound connector in Exchange Online that knows this machine",
    .address = "a fixed one of your own (or a TLS certificate), also in the SPF record; port 25 open",
    .recipients = "anybody",
    .sender = "any address of an accepted domain",
    .encryption = "where both can; a must with a certificate",
};

const StepLine* line_of(const ProbeVerdict& verdict, ProbeStep step, const std::string& address) {
    const auto found = std::find_if(verdict.steps.begin(), verdict.steps.end(), [&](const StepLine& line) {
        return line.step == step && (address.empty() || line.address == address);
    });
    return found == verdict.steps.end() ? nullptr : &*found;
}

/// The first step that is not as it should be, or null.
const StepLine* first_break(const ProbeVerdict& verdict) {
    const auto found = std::find_if(verdict.steps.begin(), verdict.steps.end(), [](const StepLine& line) {
        return line.verdict == StepVerdict::problem || line.verdict == StepVerdict::unknown;
    });
    return found == verdict.steps.end() ? nullptr : &*found;
}

std::string place_of_walk(const ProbeVerdict& verdict) {
    return relaytool::place_of(verdict.facts.host, verdict.facts.port);
}

PathLine submission_line(const ProbeVerdict& walk) {
    PathLine line{.path = Path::submission, .place = place_of_walk(walk)};
    if (const StepLine* broken = first_break(walk)) {
        line.verdict = broken->verdict;
        line.evidence = std::string(to_string(broken->step)) + ": " + broken->evidence;
        line.finding = broken->finding;
    } else if (walk.facts.login.empty()) {
        line.evidence = "the server is reached; whether the login works was not tried: give --user";
    } else {
        line.verdict = StepVerdict::ok;
        const StepLine* auth = line_of(walk, ProbeStep::auth, {});
        line.evidence = auth == nullptr ? "" : auth->evidence;
    }
    return line;
}

/// A way through the MX: it is as good as the answer to one recipient.
PathLine exchanger_line(Path path, const PathWalks& walks, const std::string& recipient) {
    PathLine line{.path = path};
    if (!walks.exchanger) {
        line.evidence = walks.no_exchanger;
        return line;
    }
    const ProbeVerdict& walk = *walks.exchanger;
    line.place = place_of_walk(walk);
    const StepLine* answer = recipient.empty() ? nullptr : line_of(walk, ProbeStep::rcpt, recipient);
    const StepLine* broken = first_break(walk);
    if (answer != nullptr && answer->verdict != StepVerdict::skipped) {
        line.verdict = answer->verdict;
        line.evidence = answer->evidence;
        line.finding = answer->finding;
    } else if (broken != nullptr && broken->step != ProbeStep::rcpt) {
        line.verdict = broken->verdict;
        line.evidence = std::string(to_string(broken->step)) + ": " + broken->evidence;
        line.finding = broken->finding;
    } else {
        line.evidence = path == Path::connector ? "not tried: give --to with an address of another domain"
                                                : "not tried: give --from with an address of the domain";
    }
    return line;
}

const PathLine& line_of(const PathsVerdict& verdict, Path path) {
    return verdict.lines[static_cast<std::size_t>(path)];
}

/// Whether a server answered at all.
bool is_reached(const ProbeVerdict& walk) {
    return walk.facts.outcome.greeting.code != 0;
}

bool works(const PathsVerdict& verdict, Path path) {
    return line_of(verdict, path).verdict == StepVerdict::ok;
}

void recommend(PathsVerdict& verdict) {
    const bool only_inside = verdict.walks.outside.empty() && !verdict.walks.inside.empty();
    const auto take = [&](Path path, std::string why) {
        verdict.recommended = path;
        verdict.why = std::move(why);
    };
    if (works(verdict, Path::submission))
        take(Path::submission, "it works from here, reaches everybody and needs no fixed address");
    else if (works(verdict, Path::connector))
        take(Path::connector,
             "the tenant takes mail of this machine for anybody, and the login does not work");
    else if (line_of(verdict, Path::submission).verdict == StepVerdict::unknown)
        take(Path::submission,
             "it is reached from here, reaches everybody and needs no fixed address; whether "
             "the login works is still to be tried");
    else if (only_inside && works(verdict, Path::direct_send))
        take(Path::direct_send,
             "it works from here for recipients of your own domain, and the login does not");
    else if (!is_reached(verdict.walks.submission) &&
             !(verdict.walks.exchanger && is_reached(*verdict.walks.exchanger)))
        verdict.why = "neither the smart host nor the domain's MX is reached from here";
    else
        take(Path::submission,
             "it is the one that reaches everybody without a fixed address; mend what breaks it");
}

} // namespace

std::string_view to_string(Path path) {
    switch (path) {
    case Path::submission: return "client-submission";
    case Path::direct_send: return "direct-send";
    case Path::connector: return "connector";
    }
    return "";
}

const PathNeeds& needs_of(Path path) {
    switch (path) {
    case Path::direct_send: return direct_send_needs;
    case Path::connector: return connector_needs;
    case Path::submission: break;
    }
    return submission_needs;
}

PathsVerdict judge_paths(PathWalks walks) {
    PathsVerdict verdict;
    verdict.walks = std::move(walks);
    verdict.lines = {submission_line(verdict.walks.submission),
                     exchanger_line(Path::direct_send, verdict.walks, verdict.walks.inside),
                     exchanger_line(Path::connector, verdict.walks, verdict.walks.outside)};
    recommend(verdict);
    if (!verdict.recommended || works(verdict, *verdict.recommended)) return verdict;
    const std::string& id = line_of(verdict, *verdict.recommended).finding;
    for (const Finding& finding : verdict.walks.submission.findings)
        if (finding.id == id) verdict.findings.push_back(finding);
    return verdict;
}

} // namespace relaytool::diagnosis
