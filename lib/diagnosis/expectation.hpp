#pragma once

#include "base/result.hpp"
#include "diagnosis/category.hpp"
#include "diagnosis/probe_verdict.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What somebody expects of a server: `auth=ok,tls>=1.2,sendas:invoicing@shortstraw.be=ok`. The grammar
/// stands in docs/man/relaytool-probe.1.
namespace relaytool::diagnosis {

/// What a term is about.
enum class Subject {
    outcome,   ///< of a step: STEP=ok, auth=smtp-auth-disabled, to:ADDRESS=refused
    version,   ///< the TLS version agreed on: tls>=1.2
    offer,     ///< the TLS versions that the server would take: tls-offers!=1.0
    days_left, ///< of the certificate: certificate>=14d
    time,      ///< of a step, or of everything: auth<=2s, time<=5s
    finding,   ///< finding!=warning, finding!=probe-open-relay
};

enum class Relation { is, is_not, at_least, at_most };

struct Expectation {
    std::string term; ///< as it was written
    Subject subject = Subject::outcome;
    Relation relation = Relation::is;
    std::optional<ProbeStep> step;      ///< of Subject::outcome and time; absent: of everything
    std::optional<std::string> address; ///< of from:, to: and sendas:; "" is the empty sender
    std::optional<StepVerdict> verdict; ///< the outcome that is expected, ...
    std::optional<Category> category;   ///< ... or why it has to fail
    std::string finding;                ///< its id, or a severity
    std::int64_t number = 0;            ///< smtp::TlsVersion, days, or milliseconds
};

/// Terms between commas. The Error is about the option `--expect`, names the term, and says what may stand
/// there.
Result<std::vector<Expectation>> read_expectations(std::string_view text);

/// Whether each of them is so.
std::vector<ExpectationLine> judge_expectations(const std::vector<Expectation>& expectations,
                                                const ProbeVerdict& verdict);

/// no when one is not met, else unknown when it could not be told of one, else yes.
Met sum_of(const std::vector<ExpectationLine>& lines);

} // namespace relaytool::diagnosis
