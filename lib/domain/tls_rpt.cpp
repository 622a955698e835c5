#include "domain/tls_rpt.hpp"

#include "base/ascii.hpp"
#include "domain/tags.hpp"
#include "mail/address.hpp"

#include <algorithm>

namespace relaytool::domain {
namespace {

bool is_report_address(std::string_view text) {
    if (ascii::istarts_with(text, "https://")) return text.size() > 8;
    return ascii::istarts_with(text, "mailto:") && mail::is_address(text.substr(7));
}

} // namespace

TlsRpt read_tls_rpt(std::string_view text) {
    TlsRpt report;
    report.texts.emplace_back(text);
    const TagList tags = read_tags(text);
    report.rua = read_list(tags.value("rua"), ',');
    if (report.rua.empty())
        report.fault = TlsRptFault::no_rua;
    else if (!std::all_of(report.rua.begin(), report.rua.end(), is_report_address))
        report.fault = TlsRptFault::bad_rua;
    return report;
}

void prefetch_tls_rpt(dns::Cache& cache, const dns::Name& domain) {
    cache.prefetch({name_below(domain, "_smtp._tls"), dns::Type::txt});
}

TlsRpt look_at_tls_rpt(dns::Cache& cache, const dns::Name& domain) {
    TextRecords records = look_at_text(cache, name_below(domain, "_smtp._tls"));
    const std::vector<std::string> texts = records.of_version("v=TLSRPTv1");
    TlsRpt report;
    if (!texts.empty()) report = read_tls_rpt(texts.front());
    // RFC 8460 section 3: with more than one, senders assume that there is none.
    if (texts.size() > 1) report.fault = TlsRptFault::several;
    report.texts = texts;
    report.records = std::move(records);
    return report;
}

Bimi read_bimi(std::string_view text) {
    const TagList tags = read_tags(text);
    Bimi bimi;
    bimi.texts.emplace_back(text);
    bimi.logo = tags.value("l");
    bimi.evidence = tags.value("a");
    bimi.declined = tags.find("l") != nullptr && bimi.logo.empty() && bimi.evidence.empty();
    if (bimi.declined) return bimi;
    if (bimi.logo.empty() && bimi.evidence.empty())
        bimi.fault = BimiFault::no_logo;
    else if (!bimi.logo.empty() && !ascii::istarts_with(bimi.logo, "https://"))
        bimi.fault = BimiFault::not_https;
    else if (!bimi.logo.empty() && !ascii::iends_with(bimi.logo, ".svg") &&
             !ascii::iends_with(bimi.logo, ".svgz"))
        bimi.fault = BimiFault::not_svg;
    return bimi;
}

void prefetch_bimi(dns::Cache& cache, const dns::Name& domain) {
    cache.prefetch({name_below(domain, "default._bimi"), dns::Type::txt});
}

Bimi look_at_bimi(dns::Cache& cache, const dns::Name& domain) {
    TextRecords records = look_at_text(cache, name_below(domain, "default._bimi"));
    const std::vector<std::string> texts = records.of_version("v=BIMI1");
    Bimi bimi;
    if (!texts.empty()) bimi = read_bimi(texts.front());
    if (texts.size() > 1) bimi.fault = BimiFault::several;
    bimi.texts = texts;
    bimi.records = std::move(records);
    return bimi;
}

} // namespace relaytool::domain
