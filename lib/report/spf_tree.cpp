#include "report/spf.hpp"
#include "spf/provider.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace relaytool::report {
namespace {

using spf::Branch;
using spf::Kind;
using spf::Node;
using spf::Term;

/// The parts of a drawing, in Unicode or ASCII.
struct Lines {
    std::string_view fork;
    std::string_view last;
    std::string_view bar;
};

Lines lines_of(const Style& style) {
    return style.unicode ? Lines{"├─ ", "└─ ", "│  "} : Lines{"|- ", "`- ", "|  "};
}

std::string addresses_of(const std::vector<ip::Network>& networks) {
    ip::Set set;
    set.add(networks);
    const double v4 = set.size(ip::Family::v4);
    const double v6 = set.size(ip::Family::v6);
    if (v4 + v6 == 1) return "1 address";
    if (v6 == 0) return count_text(v4) + " addresses";
    if (v4 == 0) return count_text(v6) + " IPv6 addresses";
    return fmt::format("{} IPv4 and {} IPv6 addresses", count_text(v4), count_text(v6));
}

std::string_view sharing_words(spf::Sharing sharing) {
    switch (sharing) {
    case spf::Sharing::mailboxes: return "";
    case spf::Sharing::isp:
    case spf::Sharing::hosting: return ": shared by all its customers";
    case spf::Sharing::bulk: return ": shared by its customers";
    }
    return "";
}

/// What is to be said about a term beside it.
std::string remark(const spf::Tree& tree, const Branch& branch, const Term& term) {
    if (term.kind == Kind::bad) return "mistake: the whole record is invalid";
    if (branch.is_unreachable) return "never looked at";
    if (branch.is_loop) return "leads back to a record above";
    if (branch.is_left_out) return "not followed: too deep";
    if (branch.node != spf::no_node) {
        const spf::Policy& below = *tree.nodes[branch.node].policy;
        if (below.answer->failed())
            return fmt::format("the DNS does not answer ({})", to_string(below.answer->status));
        if (below.records == 0) return "no SPF record there";
        if (below.records > 1) return fmt::format("{} SPF records there", below.records);
        if (!below.record.is_valid) return "the record there is invalid";
        const spf::Provider* provider = spf::provider_by_include(*branch.target);
        return provider == nullptr ? ""
                                   : fmt::format("{}{}", provider->name, sharing_words(provider->sharing));
    }
    if (branch.answer && branch.answer->failed())
        return fmt::format("the DNS does not answer ({})", to_string(branch.answer->status));
    if (term.kind == Kind::a || term.kind == Kind::mx)
        return !branch.target            ? "depends on the message"
               : branch.networks.empty() ? "no address there"
                                         : addresses_of(branch.networks);
    if (term.kind == Kind::ptr) return "depends on the sender's reverse name";
    if (term.kind == Kind::exists) return branch.target ? "" : "depends on the message";
    if (term.kind == Kind::ip4 || term.kind == Kind::ip6) return addresses_of(branch.networks);
    return {};
}

/// Draws the tree without recursion.
class Drawing {
public:
    Drawing(const spf::Tree& tree, TreeDetail detail, const Style& style)
        : tree_(tree), detail_(detail), style_(style), lines_(lines_of(style)) {}

    std::string draw() {
        const Node& root = tree_.root();
        out_ = fmt::format("{}  {}\n", paint(sanitise_line(root.domain.text(), style_), Tone::strong, style_),
                           paint(plural(root.lookups, "look-up"),
                                 root.lookups > spf::max_lookup_terms ? Tone::bad : Tone::quiet, style_));
        open_.push_back({0, shown(root), 0});
        while (!open_.empty())
            step();
        return std::move(out_);
    }

private:
    /// A record whose terms are being drawn.
    struct Open {
        std::size_t node;
        std::vector<std::size_t> branches; ///< those that are drawn
        std::size_t next;
    };

    /// In brief, runs of addresses are one line.
    std::vector<std::size_t> shown(const Node& node) const {
        constexpr std::size_t most = 300;
        std::vector<std::size_t> branches;
        for (std::size_t i = 0; i < node.branches.size() && branches.size() < most; ++i)
            if (!continues_run(node, i)) branches.push_back(i);
        return branches;
    }

    bool is_network(const Node& node, std::size_t i) const {
        const Term& term = tree_.term(node, node.branches[i]);
        return (term.kind == Kind::ip4 || term.kind == Kind::ip6) && term.qualifier == spf::Qualifier::pass &&
               !node.branches[i].is_unreachable;
    }

    bool continues_run(const Node& node, std::size_t i) const {
        return detail_ == TreeDetail::brief && i > 0 && is_network(node, i) && is_network(node, i - 1) &&
               node.depth > 0;
    }

    std::string margin() const {
        std::string text;
        for (std::size_t i = 0; i + 1 < open_.size(); ++i)
            text += open_[i].next < open_[i].branches.size() ? lines_.bar : "   ";
        const Open& top = open_.back();
        return text + std::string(top.next < top.branches.size() ? lines_.fork : lines_.last);
    }

    /// What stands in front of the second line of a term.
    std::string continued() const {
        std::string text;
        for (const Open& open : open_)
            text += open.next < open.branches.size() ? lines_.bar : "   ";
        return text + "   ";
    }

    void step() {
        Open& top = open_.back();
        if (top.next == top.branches.size()) {
            open_.pop_back();
            return;
        }
        const Node& node = tree_.nodes[top.node];
        const std::size_t i = top.branches[top.next++];
        const Branch& branch = node.branches[i];
        line(node, i);
        if (branch.node == spf::no_node) return;
        open_.push_back({branch.node, shown(tree_.nodes[branch.node]), 0});
    }

    void line(const Node& node, std::size_t i) {
        const Branch& branch = node.branches[i];
        const Term& term = tree_.term(node, branch);
        std::string words = term.text;
        std::string beside = remark(tree_, branch, term);
        if (std::size_t end = i + 1; end < node.branches.size() && continues_run(node, end)) {
            std::vector<ip::Network> networks = branch.networks;
            for (; end < node.branches.size() && continues_run(node, end); ++end)
                networks.insert(networks.end(), node.branches[end].networks.begin(),
                                node.branches[end].networks.end());
            words = fmt::format("{} networks", end - i);
            beside = addresses_of(networks);
        }
        if (branch.lookups > 0)
            beside = plural(branch.lookups, "look-up") + (beside.empty() ? "" : ", " + beside);
        const std::string front = margin() + sanitise_line(words, style_);
        const Tone tone = term.kind == Kind::bad || branch.is_loop ? Tone::bad : Tone::quiet;
        out_ += front;
        beside = sanitise_line(beside, style_);
        if (columns(front) + 2 + columns(beside) > style_.width && !beside.empty())
            out_ += '\n' + continued() +
                    paint(wrap(beside, columns(continued()), columns(continued()), style_), tone, style_);
        else if (!beside.empty())
            out_ += "  " + paint(beside, tone, style_);
        out_ += '\n';
    }

    const spf::Tree& tree_;
    TreeDetail detail_;
    const Style& style_;
    Lines lines_;
    std::string out_;
    std::vector<Open> open_;
};

} // namespace

std::string count_text(double count) {
    if (count < 10'000) return fmt::format("{:.0f}", count);
    if (count < 1e6) return fmt::format("{},{:03.0f}", std::floor(count / 1000), std::fmod(count, 1000));
    if (count < 1e9) return fmt::format("{:.1f} million", count / 1e6);
    if (count <= 4294967296.0) return fmt::format("{:.1f} billion", count / 1e9);
    return fmt::format("2^{:.0f}", std::log2(count));
}

std::string spf_tree_text(const spf::Tree& tree, TreeDetail detail, const Style& style) {
    return Drawing(tree, detail, style).draw();
}

} // namespace relaytool::report
