#include "diagnosis/origin.hpp"

#include "base/ascii.hpp"
#include "mail/address.hpp"
#include "route/access_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace relaytool::diagnosis {
namespace {

using route::Carriage;
using route::Hop;
using route::MicrosoftHost;
using route::Received;
using route::Software;
using route::Trust;

std::string spoken(const std::optional<ip::Address>& address) {
    return address ? ip::to_string(*address) : std::string("an unknown address");
}

class Finder {
public:
    explicit Finder(const route::Headers& headers) : headers_(headers), hops_(headers.route.hops) {}

    Origin find() {
        for (std::size_t i = 0; i < hops_.size() && origin_.kind == OriginKind::unknown; ++i)
            visit(i);
        if (origin_.kind == OriginKind::unknown) decide_without_stranger();
        if (origin_.has_iis && is_microsoft_way(origin_.kind)) {
            origin_.through = origin_.kind;
            origin_.kind = OriginKind::iis_relay;
        }
        add_fields();
        return std::move(origin_);
    }

private:
    static bool is_microsoft_way(OriginKind kind) {
        return kind == OriginKind::smtp_auth || kind == OriginKind::direct_send ||
               kind == OriginKind::connector;
    }

    void visit(std::size_t i) {
        const Hop& hop = hops_[i];
        if (hop.received.software == Software::iis) {
            origin_.has_iis = true;
            note(i, hop.received.local ? "an IIS SMTP server picked it up from its Pickup folder"
                                       : "an IIS SMTP server took it");
        } else if (hop.microsoft != MicrosoftHost::none && is_believed(hop)) {
            visit_microsoft(i);
        } else if (i == border() || i + 1 == hops_.size()) {
            visit_border(i);
        } else if (hop.carrier && hop.carrier->carriage != Carriage::filter) {
            decide_carrier(i, *hop.carrier, hop.received.by,
                           fmt::format("{} took it from {}", hop.carrier->name, sender_of(i)));
        }
    }

    /// Lines of Microsoft's that a stranger could have made up count when what Microsoft leaves behind is
    /// there, too.
    bool is_believed(const Hop& hop) const {
        return hop.trust != Trust::claimed || !headers_.exchange.originator_org.empty() ||
               !headers_.exchange.tenant.empty();
    }

    std::size_t border() const { return headers_.route.border.value_or(hops_.size()); }

    void visit_microsoft(std::size_t i) {
        const Received& received = hops_[i].received;
        const bool from_inside = route::is_from_microsoft(received, headers_.filter) || received.local;
        switch (hops_[i].microsoft) {
        case MicrosoftHost::submission:
            decide(OriginKind::smtp_auth, i,
                   fmt::format("Microsoft 365 took it from a client at {} that logged in", sender_of(i)));
            break;
        case MicrosoftHost::entry: visit_entry(i); break;
        case MicrosoftHost::mailbox:
            if (from_inside || (received.ip && ip::is_private(*received.ip)))
                visit_inside(i);
            else
                decide(OriginKind::smtp_auth, i,
                       fmt::format("a mailbox server of Microsoft 365 took it from a client at {}",
                                   sender_of(i)));
            break;
        default: break;
        }
    }

    /// From one of Microsoft's servers to the next: it began in a mailbox, unless a client shows up further
    /// on.
    void visit_inside(std::size_t i) {
        if (inside_) return;
        inside_ = i;
        note(i, "it began inside Microsoft 365, in a mailbox");
    }

    /// Microsoft's MX took it from outside.
    void visit_entry(std::size_t i) {
        const Received& received = hops_[i].received;
        if (route::is_from_microsoft(received, headers_.filter)) {
            visit_inside(i);
            return;
        }
        if (decide_client(i)) return;
        const std::string where = sender_of(i);
        const auto& exchange = headers_.exchange;
        const bool was_forwarded = headers_.return_path && ascii::icontains(*headers_.return_path, "SRS=");
        const bool relayed_on =
            !was_forwarded && std::any_of(hops_.begin() + static_cast<std::ptrdiff_t>(i), hops_.end(),
                                          [&](const Hop& hop) { return is_outbound(hop.received); });
        const bool is_own = headers_.from_domain().empty() || headers_.recipient_domain().empty() ||
                            route::same_organisation(headers_.from_domain(), headers_.recipient_domain());
        if (relayed_on || exchange.is_authenticated() || exchange.is_originating())
            decide(
                OriginKind::connector, i,
                fmt::format("the MX of Microsoft 365 took it from {}, and took it for the organisation's own",
                            where));
        else if (is_own)
            decide(OriginKind::direct_send, i,
                   fmt::format("the MX of Microsoft 365 took it from {}, without a login", where));
        else
            decide(OriginKind::other_provider, i,
                   fmt::format("the recipient's MX took it straight from {}", where));
    }

    /// Microsoft 365 handed it to somebody else.
    bool is_outbound(const Received& received) const {
        return route::is_from_microsoft(received, headers_.filter) &&
               (route::microsoft_host(received.helo) == MicrosoftHost::outbound ||
                route::microsoft_host(received.host) == MicrosoftHost::outbound);
    }

    /// The recipient's side took it from somebody: who handed it over decides.
    void visit_border(std::size_t i) {
        const Received& received = hops_[i].received;
        const bool is_outside = i == border();
        if (inside_ || (is_outside && is_outbound(received))) {
            if (!inside_) note(i, "Microsoft 365 handed it over");
            origin_.kind = OriginKind::mailbox;
            origin_.hop = inside_.value_or(i);
            return;
        }
        if (decide_client(i)) return;
        if (is_outside && !received.local)
            decide(OriginKind::other_provider, i,
                   fmt::format("the recipient's server took it straight from {}", sender_of(i)));
    }

    /// A known company's mail server handed it to hop `i`.
    bool decide_client(std::size_t i) {
        const Received& received = hops_[i].received;
        std::string_view name = headers_.filter.reverse_name(received.ip);
        if (name.empty()) name = received.client_name();
        const route::Carrier* const carrier = route::carrier_of(name);
        if (!carrier || carrier == hops_[i].carrier || route::is_access_line(name, received.ip)) return false;
        decide_carrier(i, *carrier, std::string(name),
                       fmt::format("{} handed it over from {}", carrier->name, spoken(received.ip)));
        return true;
    }

    void decide_carrier(std::size_t i, const route::Carrier& carrier, std::string host, std::string says) {
        origin_.carrier = &carrier;
        decide(carrier.carriage == Carriage::isp ? OriginKind::isp : OriginKind::other_provider, i,
               std::move(says));
        origin_.host = std::move(host);
    }

    void decide(OriginKind kind, std::size_t i, std::string says) {
        const Hop& hop = hops_[i];
        origin_.kind = kind;
        origin_.hop = i;
        origin_.sender = hop.received.ip;
        origin_.host = hop.received.by;
        origin_.is_claimed = hop.trust == Trust::claimed;
        note(i, std::move(says));
    }

    /// The road was walked to its end, and nobody else's server was met.
    void decide_without_stranger() {
        if (hops_.empty()) return;
        const bool went_out = std::any_of(hops_.begin(), hops_.end(),
                                          [&](const Hop& hop) { return is_outbound(hop.received); });
        if (inside_) {
            origin_.kind = went_out ? OriginKind::mailbox : OriginKind::internal;
            origin_.hop = inside_;
            return;
        }
        if (headers_.route.border || !hops_.back().received.is_understood()) return;
        origin_.kind = OriginKind::internal;
        origin_.hop = hops_.size() - 1;
        note(hops_.size() - 1, "all servers on the way are of one network");
    }

    std::string sender_of(std::size_t i) const {
        const Received& received = hops_[i].received;
        const std::string_view name = received.client_name();
        if (!received.ip) return name.empty() ? "an unknown client" : std::string(name);
        if (name.empty() || name.find(ip::to_string(*received.ip)) != std::string_view::npos)
            return spoken(received.ip);
        return fmt::format("{} ({})", name, spoken(received.ip));
    }

    void note(std::size_t i, std::string says) {
        origin_.evidence.push_back({"Received", i, hops_[i].text, std::move(says)});
    }

    void add_field(std::string_view field, const std::string& value, std::string says) {
        if (!value.empty()) origin_.evidence.push_back({std::string(field), {}, value, std::move(says)});
    }

    /// What Exchange wrote beside the route, where it bears on the verdict.
    void add_fields() {
        const auto& exchange = headers_.exchange;
        add_field("X-OriginatorOrg", exchange.originator_org,
                  "Exchange Online sent it for this organisation");
        if (exchange.is_authenticated())
            add_field("AuthAs", exchange.auth_as.empty() ? exchange.cross_auth_as : exchange.auth_as,
                      "Exchange Online knew who handed it over");
        else if (exchange.is_anonymous())
            add_field("AuthAs", exchange.auth_as.empty() ? exchange.cross_auth_as : exchange.auth_as,
                      "for the server that wrote this, the sender was a stranger");
        if (exchange.originator_org.empty() &&
            (origin_.kind == OriginKind::isp || origin_.kind == OriginKind::other_provider))
            origin_.evidence.push_back(
                {"X-OriginatorOrg", {}, "", "not there: Exchange Online leaves it in what it sends"});
    }

    const route::Headers& headers_;
    const std::vector<Hop>& hops_;
    Origin origin_;
    std::optional<std::size_t> inside_; ///< the first hop inside Microsoft 365
};

} // namespace

std::string_view to_string(OriginKind kind) {
    switch (kind) {
    case OriginKind::smtp_auth: return "smtp-auth";
    case OriginKind::direct_send: return "direct-send";
    case OriginKind::connector: return "connector";
    case OriginKind::iis_relay: return "iis-relay";
    case OriginKind::isp: return "isp";
    case OriginKind::other_provider: return "other-provider";
    case OriginKind::mailbox: return "mailbox";
    case OriginKind::internal: return "internal";
    case OriginKind::unknown: return "unknown";
    }
    return "";
}

Origin find_origin(const route::Headers& headers) {
    return Finder(headers).find();
}

} // namespace relaytool::diagnosis
