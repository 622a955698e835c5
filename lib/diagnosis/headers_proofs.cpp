#include "diagnosis/filter_words.hpp"
#include "diagnosis/headers_sheet.hpp"
#include "mail/address.hpp"
#include "spf/provider.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

using route::AuthField;
using route::AuthResults;
using route::MethodResult;

/// `a@contoso.com`, `@contoso.com` and `contoso.com` → `contoso.com`.
std::string domain_in(std::string_view value) {
    const std::size_t at = value.rfind('@');
    return std::string(at == std::string_view::npos ? value : value.substr(at + 1));
}

Severity severity_of(std::string_view method, std::string_view result) {
    if (result == "pass" || result == "softpass" || result == "bestguesspass") return Severity::ok;
    if (result == "fail" || result == "hardfail" || result == "permerror")
        return method == "dkim" || method == "arc" ? Severity::warning : Severity::error;
    if (result == "softfail" || result == "temperror") return Severity::warning;
    return Severity::info;
}

std::string dmarc_words(const MethodResult& dmarc) {
    const std::string action(dmarc.property("action"));
    if (dmarc.result == "bestguesspass") return "no policy is published; it would have passed";
    if (dmarc.result == "none") return "no policy is published";
    if (action == "oreject" || action == "o.reject")
        return "the policy asks to refuse it; the recipient overrode that";
    if (action.starts_with("pct."))
        return "the policy asks for " + action.substr(4) + " of a part only; this was not in it";
    if (action == "quarantine" || action == "reject") return "the policy asks for " + action;
    if (dmarc.result == "fail")
        return action == "none" ? "the policy asks for nothing to be done" : dmarc.comment;
    return {};
}

class Proofs {
public:
    explicit Proofs(HeadersSheet& sheet) : sheet_(sheet), from_(sheet.headers().from_domain()) {}

    void judge() {
        for (const AuthField& field : sheet_.headers().authentication)
            if (field.is_own && !field.is_original) add(field.results);
        if (!has_spf_) add_received_spf();
        if (!has_dkim_) add_signatures();
        add_arc();
        decide_dmarc();
        find();
    }

private:
    bool aligned(std::string_view domain) const { return route::same_organisation(domain, from_); }

    void add(const AuthResults& results) {
        const std::string source = results.server.empty() ? "the recipient's server" : results.server;
        for (const MethodResult& method : results.results) {
            if (method.method == "spf" && !has_spf_)
                add_spf(method.result, method.property("smtp.mailfrom"), method.property("smtp.helo"),
                        source);
            else if (method.method == "dkim")
                add_dkim(method, source);
            else if (method.method == "dmarc" && stated_dmarc_.empty())
                add_dmarc(method, source);
            else if (method.method == "compauth" && compauth_.empty())
                add_compauth(method, source);
        }
    }

    void add_spf(std::string result, std::string_view mail_from, std::string_view helo, std::string source) {
        has_spf_ = true;
        spf_result_ = result;
        spf_domain_ = domain_in(mail_from.empty() ? helo : mail_from);
        spf_aligned_ = aligned(spf_domain_);
        const Severity severity = severity_of("spf", result);
        sheet_.line({"SPF", std::move(result), spf_domain_, spf_aligned_, {}, std::move(source), severity});
    }

    void add_dkim(const MethodResult& method, const std::string& source) {
        has_dkim_ = true;
        std::string domain = domain_in(method.property("header.d"));
        if (domain.empty()) domain = domain_in(method.property("header.i"));
        if (domain == "none") domain.clear();
        const bool is_aligned = aligned(domain);
        dkim_aligned_ = dkim_aligned_ || (is_aligned && method.result == "pass");
        if (severity_of("dkim", method.result) == Severity::warning)
            failed_dkim_.push_back({domain, method.comment.empty() ? method.result : method.comment});
        std::optional<bool> shown_aligned;
        if (!domain.empty()) shown_aligned = is_aligned;
        sheet_.line({"DKIM", method.result, domain, shown_aligned,
                     method.result == "none" ? "not signed" : method.comment, source,
                     severity_of("dkim", method.result)});
    }

    void add_dmarc(const MethodResult& method, const std::string& source) {
        stated_dmarc_ = method.result;
        sheet_.line({"DMARC",
                     method.result,
                     domain_in(method.property("header.from")),
                     {},
                     dmarc_words(method),
                     source,
                     severity_of("dmarc", method.result)});
    }

    void add_compauth(const MethodResult& method, const std::string& source) {
        compauth_ = method.result;
        compauth_reason_ = method.reason;
        const std::string words = compauth_words(method.reason);
        sheet_.line({"compauth",
                     method.result,
                     {},
                     {},
                     method.reason.empty() ? words : fmt::format("reason {}: {}", method.reason, words),
                     source,
                     severity_of("compauth", method.result)});
    }

    void add_received_spf() {
        for (const route::SpfField& field : sheet_.headers().received_spf) {
            if (!field.is_own || field.spf.result.empty()) continue;
            std::string receiver(field.spf.value("receiver"));
            if (receiver.empty()) receiver = "the recipient's server";
            std::string mail_from(field.spf.value("envelope-from"));
            if (mail_from.empty() && sheet_.headers().return_path) mail_from = *sheet_.headers().return_path;
            add_spf(field.spf.result, mail_from, field.spf.value("helo"), std::move(receiver));
            return;
        }
    }

    /// Signatures that nobody says to have checked.
    void add_signatures() {
        for (const dkim::Signature& signature : sheet_.headers().signatures) {
            if (signature.domain.empty()) continue;
            sheet_.line({"DKIM", "signed", signature.domain, aligned(signature.domain),
                         "nobody says whether it is right; --verify does", "the header", Severity::info});
        }
    }

    void add_arc() {
        const auto& sets = sheet_.headers().arc;
        if (sets.empty()) return;
        const route::ArcSet& last = sets.back();
        const std::string& who = last.sealer.empty() ? last.results.server : last.sealer;
        std::string says = sets.size() == 1
                               ? who + " vouched for it"
                               : fmt::format("{} servers vouched for it; the last was {}", sets.size(), who);
        const std::string result = last.chain.empty() ? "unknown" : last.chain;
        sheet_.line({"ARC", result, {}, {}, std::move(says), who, severity_of("arc", result)});
        arc_failed_ = result == "fail";
    }

    /// DMARC from the single results: one that passed for a domain of From's organisation is enough. That it
    /// fails is certain only when both were looked at, or there is no signature to look at.
    void decide_dmarc() {
        if (from_.empty()) return;
        const bool passes = (spf_result_ == "pass" && spf_aligned_) || dkim_aligned_;
        const bool all_known = has_spf_ && (has_dkim_ || sheet_.headers().signatures.empty());
        if (passes || all_known) sheet_.set_dmarc(passes);
        if (stated_dmarc_.empty() && (passes || all_known))
            sheet_.line({"DMARC",
                         passes ? "pass" : "fail",
                         from_,
                         {},
                         "worked out from the lines above",
                         "recomputed",
                         passes ? Severity::ok : Severity::error});
    }

    void find() {
        find_spf();
        for (const auto& [name, why] : failed_dkim_)
            sheet_.find("headers-dkim-fail", {{"name", name}, {"value", why}});
        const bool is_own_mail = sheet_.so_far().origin.kind == OriginKind::internal;
        const bool is_signed =
            dkim_aligned_ ||
            std::any_of(sheet_.headers().signatures.begin(), sheet_.headers().signatures.end(),
                        [&](const auto& signature) { return aligned(signature.domain); });
        if (!is_own_mail && !is_signed && !from_.empty() && (has_spf_ || has_dkim_))
            sheet_.find("headers-dkim-none");
        const bool fails =
            stated_dmarc_ == "fail" || (stated_dmarc_.empty() && sheet_.so_far().dmarc == false);
        // A server that vouched (ARC), or a list, may have made up for it.
        if (fails)
            sheet_.find("headers-dmarc-fail", {}, {},
                        compauth_ == "pass" ? std::optional(Severity::warning) : std::nullopt);
        if (compauth_ == "fail") {
            std::string words = compauth_words(compauth_reason_);
            sheet_.find(
                "headers-compauth-fail",
                {{"number", compauth_reason_.empty() ? "unknown" : compauth_reason_},
                 {"why", words.empty() ? "a reason that Microsoft does not document" : std::move(words)}});
        }
        if (arc_failed_) sheet_.find("headers-arc-fail");
    }

    void find_spf() {
        const Values values{{"domain", spf_domain_}, {"value", spf_result_}};
        if (spf_result_ == "fail" || spf_result_ == "softfail" || spf_result_ == "neutral")
            sheet_.find("headers-spf-fail", values, {},
                        spf_result_ == "fail" && sheet_.so_far().dmarc != true ? Severity::error
                                                                               : Severity::warning);
        else if (spf_result_ == "permerror" || spf_result_ == "temperror")
            sheet_.find("headers-spf-broken", values);
        else if (spf_result_ == "none" && !spf_domain_.empty())
            sheet_.find("headers-spf-none", values);
        else if (spf_result_ == "pass" && spf_aligned_)
            find_shared();
        else if (spf_result_ == "pass" && sheet_.so_far().dmarc == false)
            sheet_.find("headers-spf-unaligned", {{"name", spf_domain_}});
    }

    /// The hole: an internet provider's servers in the record let in all of its customers.
    void find_shared() {
        const Origin& origin = sheet_.so_far().origin;
        if (origin.kind != OriginKind::isp || !origin.carrier) return;
        if (route::carrier_of(spf_domain_) != origin.carrier)
            sheet_.find("headers-spf-shared", {{"domain", spf_domain_}});
    }

    struct FailedSignature {
        std::string domain;
        std::string why;
    };

    HeadersSheet& sheet_;
    std::string from_;
    bool has_spf_ = false;
    bool has_dkim_ = false;
    bool spf_aligned_ = false;
    bool dkim_aligned_ = false; ///< and passed
    bool arc_failed_ = false;
    std::string spf_result_;
    std::string spf_domain_;
    std::string stated_dmarc_;
    std::string compauth_;
    std::string compauth_reason_;
    std::vector<FailedSignature> failed_dkim_;
};

} // namespace

void judge_proofs(HeadersSheet& sheet) {
    Proofs(sheet).judge();
}

} // namespace relaytool::diagnosis
