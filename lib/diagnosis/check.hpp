#pragma once

#include "diagnosis/finding.hpp"
#include "diagnosis/rule.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Findings of our own checks (spf, domain): rows with `.when = {.event = Event::check}`, asked for by id.
namespace relaytool::diagnosis {

/// What fills the placeholders of a check's row: {{"domain", "example.com"}, {"count", "11"}}. Strangers
/// write these values.
using Values = std::vector<std::pair<std::string_view, std::string>>;

/// How much a placeholder's value may hold.
enum class Placeholder {
    none, ///< no placeholder of a check's row
    word, ///< a name, an address, a number: what is safe in a command line
    text, ///< any printable ASCII but backticks: a record, a term. Never stands in a command
};

/// The closed set of placeholders in checks' rows.
/// Words: {domain} {host} {ip} {name} {type} {tag} {selector} {target} {count} {limit} {number} {provider}
/// {include} {before} {after} {from} {to}.
/// Texts: {record} {term} {expected} {found} {value} {chain} {policy} {range} {list} {why}
/// {subject} {correction} {detail} {carrier}.
Placeholder placeholder_of(std::string_view name);

/// The row with that id, filled. What is not in `values`, and what holds more than its placeholder allows,
/// becomes a name in angle brackets: `<domain>`. A step about a value that is there but empty is left out.
/// `evidence` is kept as it is; permanence stays open. The severity is the row's: who asks may change it.
Finding finding_of(std::string_view rule_id, const Values& values, std::string evidence = {});

} // namespace relaytool::diagnosis
