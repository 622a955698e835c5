#include "commands/probe_watch.hpp"

#include "diagnosis/probe_changes.hpp"
#include "report/probe.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace relaytool::cli {
namespace {

using diagnosis::ExpectationLine;
using diagnosis::ProbeVerdict;

bool fares_alike(const ProbeVerdict& before, const ProbeVerdict& after) {
    return std::equal(before.expectations.begin(), before.expectations.end(), after.expectations.begin(),
                      after.expectations.end(),
                      [](const ExpectationLine& a, const ExpectationLine& b) { return a.met == b.met; });
}

class Watch {
public:
    Watch(const ProbeOutput& output, Context& context) : output_(output), context_(context) {}

    void take(Result<Look> look) {
        if (!look) {
            complain_once(look.error());
            return;
        }
        error_.clear();
        context_.out(text_of(*look));
        context_.flush();
        last_ = std::move(look->verdict);
    }

private:
    /// What could not even be tried, as long as it is not the same again.
    void complain_once(const Error& error) {
        const bool is_new = std::exchange(error_, error.what + error.why) != error_;
        const bool is_document = format_of(output_) == ProbeFormat::nagios;
        if (is_new || is_document) fail(error, format_of(output_), context_);
        context_.flush();
    }

    std::string text_of(const Look& look) const {
        if (!last_ || format_of(output_) != ProbeFormat::text) return look.shown;
        const report::Style style = style_of(output_.common, context_.terminal);
        if (!look.verdict.expectations.empty())
            return fares_alike(*last_, look.verdict) ? std::string()
                                                     : report::dated_line(look.verdict.at, look.shown);
        return report::changes_text(diagnosis::changes_between(*last_, look.verdict), look.verdict.at, style);
    }

    const ProbeOutput& output_;
    Context& context_;
    std::optional<ProbeVerdict> last_;
    std::string error_; ///< the last one
};

} // namespace

Exit watch(std::chrono::milliseconds pause, const ProbeOutput& output,
           const std::function<Result<Look>()>& look, Context& context) {
    Watch watch(output, context);
    do
        watch.take(look());
    while (context.machine->sleep_interruptibly(pause) == Waking::slept);
    return Exit::interrupted;
}

} // namespace relaytool::cli
