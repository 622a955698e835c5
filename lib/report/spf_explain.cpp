#include "report/finding.hpp"
#include "report/spf.hpp"
#include "spf/provider.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

using spf::Branch;
using spf::Kind;
using spf::Qualifier;
using spf::Term;

std::string_view effect(Qualifier qualifier) {
    switch (qualifier) {
    case Qualifier::pass: return "may send";
    case Qualifier::fail: return "may not send: refuse";
    case Qualifier::softfail: return "should not send: suspicious, mostly Junk";
    case Qualifier::neutral: return "no opinion";
    }
    return "";
}

std::string hosts(const Branch& branch) {
    std::string names;
    for (const spf::Host& host : branch.hosts)
        names += (names.empty() ? "" : ", ") + host.name.text();
    return names.empty() ? "none" : names;
}

std::string networks(const Branch& branch) {
    constexpr std::size_t most = 4;
    std::string text;
    for (std::size_t i = 0; i < branch.networks.size() && i < most; ++i)
        text += (text.empty() ? "" : ", ") + ip::to_string(branch.networks[i]);
    if (branch.networks.size() > most) text += ", …";
    return text.empty() ? "no address" : text;
}

/// Who a term is about.
std::string subject(const Branch& branch, const Term& term) {
    const std::string target = branch.target ? branch.target->text() : "a name that depends on the message";
    switch (term.kind) {
    case Kind::all: return "everybody else";
    case Kind::include: {
        const spf::Provider* provider = branch.target ? spf::provider_by_include(*branch.target) : nullptr;
        return provider != nullptr ? fmt::format("whoever {} ({}) lets send", provider->name, target)
                                   : fmt::format("whoever the record of {} lets send", target);
    }
    case Kind::a: return fmt::format("the address of {} ({})", target, networks(branch));
    case Kind::mx:
        return fmt::format("the mail hosts of {} ({}: {})", target, hosts(branch), networks(branch));
    case Kind::ptr: return fmt::format("hosts whose reverse name lies below {}", target);
    case Kind::ip4:
    case Kind::ip6: return ip::to_string(term.network);
    case Kind::exists:
        return fmt::format("senders for whom the name {} exists",
                           term.domain && !branch.target ? term.text.substr(term.text.find(':') + 1)
                                                         : target);
    case Kind::redirect: return fmt::format("for everybody else the record of {} counts", target);
    case Kind::exp: return fmt::format("refused mail is told the text at {}", target);
    case Kind::unknown_modifier: return "unknown modifier, passed over";
    case Kind::bad: break;
    }
    return "a mistake: with it the whole record is invalid";
}

std::string sentence(const Branch& branch, const Term& term) {
    std::string text = subject(branch, term);
    if (term.is_mechanism()) text += fmt::format(": {}", effect(term.qualifier));
    if (branch.is_unreachable) return "never looked at: it stands behind all";
    if (branch.lookups > 0) text += fmt::format(" [{}]", plural(branch.lookups, "look-up"));
    return text;
}

} // namespace

std::string spf_explain_text(const SpfRecord& record, const Style& style) {
    const spf::Tree& tree = record.tree;
    const spf::Node& root = tree.root();
    const std::string domain = sanitise_line(root.domain.text(), style);
    if (root.policy->answer->failed()) return fmt::format("The DNS does not answer for {}\n", domain);
    if (root.policy->records == 0) return fmt::format("{} has no SPF record\n", domain);
    std::string out =
        fmt::format("{}\n\n", paint(fmt::format("Who may send as {}", domain), Tone::strong, style));
    out += labelled("Record", root.policy->record.text, style);
    const bool is_usable = root.policy->has_record() && root.policy->record.is_valid;
    const std::string how =
        is_usable ? "Receivers go through it from left to right; the first term that fits decides."
        : root.policy->records > 1
            ? fmt::format("There are {} SPF records, so receivers take none of them: nobody passes.",
                          root.policy->records)
            : "There is a mistake in it, so receivers do not use it: nobody passes. What was meant:";
    out += "\n" + wrap(how, 0, 0, style) + "\n\n";
    std::size_t number = 0;
    for (const Branch& branch : root.branches) {
        const Term& term = tree.term(root, branch);
        out +=
            fmt::format("{:>3}. {}\n", ++number, paint(sanitise_line(term.text, style), Tone::strong, style));
        out += "     " + wrap(sanitise(sentence(branch, term), style), 5, 5, style) + '\n';
    }
    if (is_usable && root.policy->record.all() == nullptr &&
        root.policy->record.modifier(Kind::redirect) == nullptr)
        out += "     Nothing fits: no opinion, as with ?all\n";
    out += fmt::format("\n{}\n\n", paint("The whole tree", Tone::strong, style));
    out += spf_tree_text(tree, TreeDetail::full, style);
    const double v4 = record.sources.pass.size(ip::Family::v4);
    const double v6 = record.sources.pass.size(ip::Family::v6);
    out += fmt::format("\nLook-ups: {} of 10. Addresses that may send: {} IPv4, {} IPv6.\n", root.lookups,
                       count_text(v4), count_text(v6));
    return out;
}

} // namespace relaytool::report
