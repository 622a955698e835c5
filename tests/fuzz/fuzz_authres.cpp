#include "diagnosis/headers_verdict.hpp"
#include "fuzz/checks.hpp"
#include "report/headers.hpp"
#include "route/authres.hpp"
#include "route/filter.hpp"

// The whole road of `headers` behind the reading of a file: fields, route, verdict, text, JSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    relaytool::route::read_auth_results(input);
    relaytool::route::read_received_spf(input);
    relaytool::route::read_entries(input);
    relaytool::report::HeadersReport report;
    report.verdict = relaytool::diagnosis::judge_headers(relaytool::route::read_headers(input), std::nullopt);
    relaytool::fuzz::check_terminal(
        relaytool::report::headers_text(report, {.colour = false, .unicode = true, .width = 60}));
    relaytool::fuzz::check_utf8(relaytool::report::headers_json(report));
    return 0;
}
