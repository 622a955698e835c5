#pragma once

#include "diagnosis/finding.hpp"
#include "report/style.hpp"
#include "spf/evaluate.hpp"
#include "spf/sources.hpp"
#include "spf/suggest.hpp"
#include "spf/tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relaytool::report {

/// What `relaytool spf check DOMAIN` found out about a record.
struct SpfRecord {
    spf::Tree tree;
    spf::Sources sources;
    std::vector<diagnosis::Finding> findings;
    spf::Suggestion suggestion; ///< the corrected record; without records where none was asked for
};

/// What `relaytool spf check DOMAIN --ip …` found out about one sender.
struct SpfCheck {
    spf::Check check;
    diagnosis::Finding finding;
};

// One `relaytool/spf/1` document each (docs/json.md), with a line end.
std::string spf_record_json(const SpfRecord& record);
std::string spf_checks_json(const std::vector<SpfCheck>& checks);
std::string spf_suggestion_json(const spf::Tree& tree, const spf::Suggestion& suggestion,
                                const std::vector<diagnosis::Finding>& findings);
std::string spf_sources_json(const spf::Tree& tree, const spf::Sources& sources);

/// One check as an object on one line, without a line end: for --jsonl, and what stands in `checks`.
std::string spf_check_json(const SpfCheck& check);
std::string_view spf_checks_json_begin();
std::string_view spf_checks_json_end();

/// The verdict in one line, the record, its tree, then every finding with what to do.
std::string spf_record_text(const SpfRecord& record, const Style& style);
/// The tree in words: each term, what it allows, and what it costs.
std::string spf_explain_text(const SpfRecord& record, const Style& style);
std::string spf_check_text(const SpfCheck& check, const Style& style);
/// One line for a check among many: result, address, domain, the way to the term.
std::string spf_check_line(const spf::Check& check, const Style& style);
/// `findings`: what is wrong with the new record.
std::string spf_suggestion_text(const spf::Tree& tree, const spf::Suggestion& suggestion,
                                const std::vector<diagnosis::Finding>& findings, const Style& style);
/// CIDR lines; what cannot be listed as comments behind `#`.
std::string spf_sources_text(const spf::Tree& tree, const spf::Sources& sources, const Style& style);

/// The record's tree as a drawing. `brief` leaves single addresses out.
enum class TreeDetail { brief, full };
std::string spf_tree_text(const spf::Tree& tree, TreeDetail detail, const Style& style);

/// "13.2 million", "2^77": a number of addresses in words.
std::string count_text(double count);

} // namespace relaytool::report
