#include "base/place.hpp"
#include "mail/date.hpp"
#include "report/probe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

/// The form that CI systems read: testsuites, testsuite, testcase with failure, error or skipped.
namespace relaytool::report {
namespace {

using diagnosis::ExpectationLine;
using diagnosis::Finding;
using diagnosis::Met;
using diagnosis::ProbeVerdict;
using diagnosis::StepLine;
using diagnosis::StepVerdict;

constexpr std::size_t date_and_time = 19; ///< of 2026-11-26T08:15:02Z

/// XML 1.0 has no way to write control characters, U+FFFE and U+FFFF: sanitise() makes the first ones
/// visible.
std::string escaped(std::string_view text) {
    std::string safe = sanitise(text, {.unicode = true});
    for (const std::string_view none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
        for (std::size_t at = safe.find(none); at != std::string::npos; at = safe.find(none, at))
            safe.replace(at, none.size(), "\xEF\xBF\xBD");
    std::string out;
    for (const char c : safe) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\n': out += "&#10;"; break;
        case '\t': out += "&#9;"; break;
        default: out += c;
        }
    }
    return out;
}

enum class TestResult { passed, failed, error, skipped };

struct TestCase {
    std::string name;
    std::chrono::microseconds time{0};
    TestResult result = TestResult::passed;
    std::string message; ///< one line
    std::string type;    ///< category of what failed
    std::string detail;
};

const Finding* finding_of(const ProbeVerdict& verdict, const std::string& id) {
    const auto found = std::find_if(verdict.findings.begin(), verdict.findings.end(),
                                    [&](const Finding& finding) { return finding.id == id; });
    return id.empty() || found == verdict.findings.end() ? nullptr : &*found;
}

TestResult result_of(StepVerdict verdict) {
    switch (verdict) {
    case StepVerdict::ok: return TestResult::passed;
    case StepVerdict::problem: return TestResult::failed;
    case StepVerdict::unknown: return TestResult::error;
    case StepVerdict::skipped: return TestResult::skipped;
    }
    return TestResult::error;
}

std::string detail_of(const StepLine& line, const Finding& finding) {
    std::string text = line.evidence + "\n\n" + finding.cause + "\n";
    for (std::size_t i = 0; i < finding.steps.size(); ++i)
        text += fmt::format("\n{}. {}", i + 1, finding.steps[i]);
    return text;
}

TestCase test_of(const StepLine& line, const ProbeVerdict& verdict) {
    TestCase test;
    test.name = to_string(line.step);
    if (!line.address.empty()) test.name += " <" + line.address + ">";
    test.time = line.time;
    test.result = result_of(line.verdict);
    test.message = line.evidence;
    const Finding* finding = finding_of(verdict, line.finding);
    const bool is_bad = test.result == TestResult::failed || test.result == TestResult::error;
    if (!is_bad || finding == nullptr) return test;
    test.message = finding->title;
    test.type = to_string(finding->category);
    test.detail = detail_of(line, *finding);
    return test;
}

TestCase test_of(const ExpectationLine& line) {
    TestCase test;
    test.name = line.term;
    test.result = line.met == Met::yes  ? TestResult::passed
                  : line.met == Met::no ? TestResult::failed
                                        : TestResult::error;
    test.message = line.detail;
    return test;
}

std::string element(std::string_view name, const TestCase& test) {
    std::string out = fmt::format("      <{} message=\"{}\"", name, escaped(test.message));
    if (!test.type.empty()) out += fmt::format(" type=\"{}\"", escaped(test.type));
    if (test.detail.empty()) return out + "/>\n";
    return out + fmt::format(">{}</{}>\n", escaped(test.detail), name);
}

std::string xml_of(const TestCase& test, const std::string& place) {
    std::string out =
        fmt::format("    <testcase classname=\"relaytool.probe {}\" name=\"{}\" time=\"{:.6f}\"", place,
                    escaped(test.name), std::chrono::duration<double>(test.time).count());
    switch (test.result) {
    case TestResult::passed: return out + "/>\n";
    case TestResult::failed: out += ">\n" + element("failure", test); break;
    case TestResult::error: out += ">\n" + element("error", test); break;
    case TestResult::skipped: out += ">\n" + element("skipped", test); break;
    }
    return out + "    </testcase>\n";
}

} // namespace

std::string probe_junit(const ProbeVerdict& verdict) {
    std::vector<TestCase> tests;
    if (verdict.expectations.empty())
        for (const StepLine& line : verdict.steps)
            tests.push_back(test_of(line, verdict));
    for (const ExpectationLine& line : verdict.expectations)
        tests.push_back(test_of(line));
    const auto count = [&](TestResult result) {
        return std::count_if(tests.begin(), tests.end(),
                             [&](const TestCase& test) { return test.result == result; });
    };
    const std::string place = escaped(place_of(verdict.facts.host, verdict.facts.port));
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    out += fmt::format("  <testsuite name=\"relaytool probe {}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
                       "skipped=\"{}\" time=\"{:.6f}\" timestamp=\"{}\">\n",
                       place, tests.size(), count(TestResult::failed), count(TestResult::error),
                       count(TestResult::skipped), std::chrono::duration<double>(verdict.facts.time).count(),
                       mail::to_rfc3339(verdict.at).substr(0, date_and_time));
    for (const TestCase& test : tests)
        out += xml_of(test, place);
    return out + "  </testsuite>\n</testsuites>\n";
}

} // namespace relaytool::report
