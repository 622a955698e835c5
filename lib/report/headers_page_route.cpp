#include "mail/date.hpp"
#include "report/headers_page.hpp"
#include "report/headers_words.hpp"
#include "report/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace relaytool::report {
namespace {

using diagnosis::HeadersVerdict;
using diagnosis::Placement;
using route::Hop;
using route::Trust;

/// Longer lines are cut.
constexpr std::size_t longest_line = 1000;

/// A line from station to station. Its strokes are borders and its bars are SVG: printers leave out
/// backgrounds.
class RouteDrawing {
public:
    explicit RouteDrawing(const HeadersVerdict& verdict, std::string_view id)
        : hops_(verdict.headers.route.hops), border_(verdict.headers.route.border), id_(id),
          placement_(verdict.filter.placement) {
        for (const Hop& hop : hops_)
            longest_ = std::max(longest_, hop.delay.value_or(0));
    }

    std::string html() {
        const std::size_t left_out = hops_.size() > most_drawn_hops ? hops_.size() - most_drawn_hops : 0;
        std::string out = "<ol class=\"way\">\n" + start();
        for (std::size_t i = 0; i < hops_.size(); ++i) {
            if (left_out > 0 && i == most_drawn_hops / 2) {
                out += gap(i, i + left_out);
                i += left_out;
            }
            if (border_ == i && i > 0) out += boundary();
            out += station(i);
        }
        return out + end() + "</ol>\n" + legend();
    }

private:
    std::string start() const {
        return fmt::format("<li class=\"end\"><span class=\"dot\" aria-hidden=\"true\"></span>"
                           "<div class=\"what\"><p><b>{}</b></p><p class=\"quiet\">the sender, as the first "
                           "server saw it</p></div></li>\n",
                           html_value(client_words(hops_.front().received)));
    }

    std::string end() const {
        if (placement_ == Placement::unknown) return {};
        return fmt::format("<li class=\"end\"><span class=\"dot\" aria-hidden=\"true\"></span>"
                           "<div class=\"what\"><p><b>put into {}</b></p></div></li>\n",
                           placement_words(placement_));
    }

    static std::string boundary() {
        return fmt::format("<li class=\"border\"><span>{}</span></li>\n", border_words);
    }

    /// Instead of the hops from `begin` up to `end`.
    std::string gap(std::size_t begin, std::size_t end) const {
        std::string out = fmt::format(
            "<li class=\"border gap\"><span>{} more hops; --json has them all</span></li>\n", end - begin);
        if (border_ && *border_ >= begin && *border_ < end) out += boundary();
        return out;
    }

    std::string station(std::size_t i) {
        const Hop& hop = hops_[i];
        std::string out = fmt::format("<li class=\"hop {}\" id=\"{}-hop{}\"><span class=\"dot\">{}</span>",
                                      to_string(hop.trust), id_, i + 1, i + 1);
        out += "<div class=\"when\">" + time(hop) + delay(hop) + "</div>";
        return out + "<div class=\"what\">" + server(hop) + "</div></li>\n";
    }

    /// Times are in UTC; the day is said where it is another one.
    std::string time(const Hop& hop) {
        if (!hop.received.time) return {};
        const std::string text = mail::to_rfc3339(*hop.received.time);
        const std::size_t t = text.find('T');
        const std::string day = text.substr(0, t);
        std::string out;
        if (day != day_) out = fmt::format("<span class=\"day\">{}</span> ", day);
        day_ = day;
        return out +
               fmt::format("<time datetime=\"{}\">{}</time> ", text, text.substr(t + 1, text.size() - t - 2));
    }

    std::string delay(const Hop& hop) const {
        const std::string words = delay_words(hop);
        if (words.empty()) return {};
        if (has_wrong_clock(hop)) return fmt::format("<span class=\"mark warning\">{}</span>", words);
        std::string out = fmt::format("<span class=\"delay\">{}</span>", words);
        const std::int64_t delay = hop.delay.value_or(0);
        if (longest_ == 0 || delay <= 0) return out;
        const double share = static_cast<double>(delay) / static_cast<double>(longest_);
        return out + fmt::format("<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"8\"><rect "
                                 "width=\"{}%\" height=\"8\"></rect></svg>",
                                 std::max(2, static_cast<int>(std::ceil(share * 100))));
    }

    static std::string server(const Hop& hop) {
        std::string out = "<p><b>" +
                          (hop.received.by.empty() ? std::string("not said") : html_value(hop.received.by)) +
                          "</b>";
        if (hop.carrier) out += fmt::format(" <span class=\"quiet\">{}</span>", html_text(hop.carrier->name));
        if (hop.trust != Trust::own)
            out += fmt::format(" <span class=\"mark {0}\">{0}</span>", to_string(hop.trust));
        out += fmt::format("</p><p>took it from {}</p>", html_value(client_words(hop.received)));
        const std::string protocol = protocol_words(hop.received);
        if (!protocol.empty()) out += fmt::format("<p class=\"quiet\">{}</p>", html_value(protocol));
        return out +
               fmt::format("<details><summary>its line in the header</summary><code>{}</code></details>",
                           html_value("Received: " + hop.text, longest_line));
    }

    std::string legend() const {
        std::string out;
        for (const Trust trust : {Trust::vouched, Trust::claimed}) {
            const bool is_there =
                std::any_of(hops_.begin(), hops_.end(), [&](const Hop& hop) { return hop.trust == trust; });
            if (is_there)
                out += fmt::format("<li><span class=\"mark {0}\">{0}</span> {1}</li>\n", to_string(trust),
                                   trust_words(trust));
        }
        return "<ul class=\"legend quiet\">\n<li>Times are in UTC; a bar is as long as the wait in front of that "
               "server.</li>\n" +
               out + "</ul>\n";
    }

    const std::vector<Hop>& hops_;
    std::optional<std::size_t> border_;
    std::string_view id_;
    Placement placement_;
    std::int64_t longest_ = 0;
    std::string day_;
};

} // namespace

std::string route_part(const HeadersVerdict& verdict, const PagePlace& place) {
    if (verdict.headers.route.hops.empty()) return {};
    return html_heading(place.level, "The way it went") + RouteDrawing(verdict, place.id).html();
}

std::string evidence_part(const HeadersVerdict& verdict, const PagePlace& place) {
    const diagnosis::Origin& origin = verdict.origin;
    if (origin.evidence.empty()) return {};
    std::string out = html_heading(place.level, "What shows it") + "<ul class=\"evidence\">\n";
    const std::size_t shown = std::min(origin.evidence.size(), most_page_rows);
    for (std::size_t i = 0; i < shown; ++i) {
        const diagnosis::OriginEvidence& one = origin.evidence[i];
        out += "<li>" + html_value(one.says);
        if (one.hop) out += fmt::format(" (hop {})", *one.hop + 1);
        const std::string line = one.text.empty() ? one.field : fmt::format("{}: {}", one.field, one.text);
        out += fmt::format("<br><code>{}</code></li>\n", html_value(line, longest_line));
    }
    out += "</ul>\n" + html_left_out(origin.evidence.size(), shown);
    if (origin.is_claimed)
        out += fmt::format(
            "<p><span class=\"mark claimed\">claimed</span> What decided is not certain: {}.</p>\n",
            trust_words(Trust::claimed));
    return out;
}

} // namespace relaytool::report
