#include "diagnosis/spf_findings.hpp"
#include "dns/zone.hpp"
#include "fuzz/checks.hpp"
#include "report/spf.hpp"
#include "spf/form.hpp"
#include "spf/term_typo.hpp"

#include <algorithm>

namespace {

using namespace relaytool;

/// The first line is the record of example.com, the next ones those of n1.example.com, n2.example.com, …:
/// they can name each other, and the hosts beside them.
dns::ZoneResolver world_of(std::string_view input) {
    dns::Zone zone;
    const dns::Name domain = *dns::Name::from_text("example.com");
    const auto add = [&](const dns::Name& owner, dns::Type type, dns::Data data) {
        zone.records.push_back({owner, type, {300, std::move(data)}});
    };
    const dns::Name host = *domain.child("host");
    add(host, dns::Type::a, ip::Address::v4(0xC0000201));
    add(host, dns::Type::aaaa, ip::Address::v6(0x20010DB800000000, 1));
    add(domain, dns::Type::mx, dns::Mx{10, host});
    add(domain, dns::Type::mx, dns::Mx{20, *dns::Name::from_text("example-com.mail.protection.outlook.com")});
    constexpr std::size_t most = 40;
    for (std::size_t line = 0; line < most && !input.empty(); ++line) {
        const std::size_t end = std::min(input.find('\n'), input.size());
        dns::Text text;
        for (std::size_t at = 0; at == 0 || at < end; at += 255)
            text.strings.emplace_back(input.substr(at, std::min<std::size_t>(255, end - at)));
        add(line == 0 ? domain : *domain.child("n" + std::to_string(line)), dns::Type::txt, std::move(text));
        input.remove_prefix(std::min(end + 1, input.size()));
    }
    dns::ZoneResolver resolver;
    resolver.add(zone);
    return resolver;
}

void check(bool holds) {
    if (!holds) std::abort();
}

/// Every term is a stretch of the record, in order; a correction is a record's term itself.
void check_record(std::string_view text) {
    const spf::Record record = spf::read_record(text);
    std::size_t from = 0;
    bool valid = !record.is_cut;
    for (const spf::Term& term : record.terms) {
        check(term.offset >= from && text.substr(term.offset, term.text.size()) == term.text &&
              !term.text.empty());
        from = term.offset + term.text.size();
        valid = valid && term.kind != spf::Kind::bad;
        const std::string better = spf::corrected(term);
        check(better.empty() || spf::read_record("v=spf1 " + better).is_valid);
    }
    check(valid == record.is_valid);
    check(!spf::is_record(text) || !spf::is_almost_a_record(text));
}

void check_renderers(const report::SpfRecord& record) {
    using fuzz::check_terminal;
    using fuzz::check_utf8;
    const report::Style style{.unicode = true, .width = 60};
    check_utf8(report::spf_record_json(record));
    check_utf8(report::spf_sources_json(record.tree, record.sources));
    check_utf8(report::spf_suggestion_json(record.tree, record.suggestion, record.findings));
    check_terminal(report::spf_record_text(record, style));
    check_terminal(report::spf_explain_text(record, style));
    check_terminal(report::spf_sources_text(record.tree, record.sources, style));
    check_terminal(report::spf_suggestion_text(record.tree, record.suggestion, record.findings, style));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    check_record(input.substr(0, input.find('\n')));
    dns::ZoneResolver resolver = world_of(input);
    dns::Cache cache(resolver);
    spf::Policies policies(cache);
    const dns::Name domain = *dns::Name::from_text("example.com");
    report::SpfRecord record;
    record.tree = spf::walk(policies, domain);
    const spf::Surroundings around = spf::look_around(cache, domain);
    record.findings = diagnosis::findings_of(record.tree, spf::lint(record.tree, around));
    record.sources = spf::sources(record.tree);
    record.suggestion = spf::suggest(record.tree, around, {});
    check_renderers(record);
    // What is suggested is a record that can be read.
    check(spf::read_record(record.suggestion.records.front().text).is_valid);
    const auto senders = spf::read_senders(input.substr(0, std::min<std::size_t>(input.size(), 200)));
    spf::SuggestOptions options;
    if (senders) options.senders = *senders;
    for (const auto form : {spf::SuggestOptions::Form::includes, spf::SuggestOptions::Form::flat}) {
        options.form = form;
        record.suggestion = spf::propose(policies, record.tree, around, options);
        check_renderers(record);
    }
    return 0;
}
