#include "base/ascii.hpp"
#include "dkim/verify.hpp"
#include "dns/idn.hpp"
#include "support/fake_crypto.hpp"

#include <algorithm>
#include <cstdlib>
#include <deque>

namespace {

using namespace relaytool;
using namespace relaytool::dkim;

void check(bool holds) {
    if (!holds) std::abort();
}

/// Has the same text at every name.
class OneText final : public dns::Resolver {
public:
    explicit OneText(std::string_view text) : text_(text) {}

    void ask(const dns::Question& question, std::function<void(dns::Answer)> done) override {
        check(question.type == dns::Type::txt);
        waiting_.push_back(std::move(done));
    }
    std::chrono::nanoseconds wait() override {
        const auto done = std::move(waiting_.front());
        waiting_.pop_front();
        dns::Answer answer{.status = dns::Status::answer};
        answer.records.push_back({300, dns::Text{{text_}}});
        done(std::move(answer));
        return {};
    }

private:
    std::string text_;
    std::deque<std::function<void(dns::Answer)>> waiting_;
};

std::string body_of(std::string_view text, Canon canon, std::optional<std::uint64_t> limit,
                    std::uint64_t& size) {
    std::vector<std::string> log;
    test::FakeDigest digest(log);
    size = add_body(digest, text, canon, limit);
    digest.finish();
    return log.front();
}

/// RFC 6376 sections 3.4.3 and 3.4.4 as they are written, step by step.
std::string plain_body(std::string_view text, Canon canon) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
        out += text[i];
    }
    if (!out.empty() && !out.ends_with("\r\n")) out += "\r\n";
    if (canon == Canon::relaxed) {
        std::string reduced;
        for (const char c : out) {
            const bool is_blank = c == ' ' || c == '\t';
            if (is_blank && reduced.ends_with(' ')) continue;
            if (c == '\n' && reduced.ends_with(" \r")) reduced.erase(reduced.size() - 2, 1);
            reduced += is_blank ? ' ' : c;
        }
        out = reduced;
    }
    while (out.ends_with("\r\n") && (out.size() == 2 || out[out.size() - 3] == '\n'))
        out.resize(out.size() - 2);
    return out.empty() && canon == Canon::simple ? "\r\n" : out;
}

void check_body(std::string_view text) {
    for (const Canon canon : {Canon::simple, Canon::relaxed}) {
        std::uint64_t size = 0;
        const std::string whole = body_of(text, canon, std::nullopt, size);
        check(whole == plain_body(text, canon));
        check(size == whole.size());
        const std::uint64_t limit = text.size() / 2;
        check(body_of(text, canon, limit, size) == whole.substr(0, limit));
        check(size == whole.size());
        check(body_of(whole, canon, std::nullopt, size) == whole);
    }
}

void check_signature(std::string_view value) {
    const Signature read = read_signature(value);
    check(read.fault_detail.size() <= 100);
    check(read.signed_fields.size() <= 1000);
    const std::string_view b = find_signature(value);
    check(b.data() >= value.data() && b.data() + b.size() <= value.data() + value.size());
    check(b.find(';') == std::string_view::npos);
    if (read.fault != SignatureFault::none) return;
    check(algorithm_of(read.algorithm).has_value());
    check(dns::name_from_input(read.key_name()).has_value());
    check(read.body_hash.size() == 32 && !read.signature.empty());
}

void check_results(const std::vector<Verification>& results) {
    for (std::size_t i = 0; i < results.size(); ++i) {
        const Verification& result = results[i];
        check((result.reason == Reason::matched) == (result.outcome == Outcome::pass));
        check(result.outcome != Outcome::pass || (result.body_ok && result.header_ok));
        check((result.reason == Reason::too_many) ==
              (i >= max_signatures || result.outcome == Outcome::neutral));
        check((result.signature.fault == SignatureFault::none) == (result.reason != Reason::bad_signature) ||
              result.reason == Reason::too_many);
    }
}

/// What is signed is verified; a From more either breaks it or is told of. From is signed twice.
void check_signed(std::string_view message) {
    const Header header = read_header(message);
    if (message.starts_with(' ') || message.starts_with('\t') || header.fields.size() + 2 > max_fields)
        return;
    const auto froms = std::count_if(header.fields.begin(), header.fields.end(),
                                     [](const Field& field) { return ascii::iequals(field.name, "From"); });
    OneText resolver(test::rfc6376_record);
    dns::Cache cache(resolver);
    const test::FakeCrypto crypto;
    for (const char* tags :
         {"c=relaxed/relaxed; h=from:subject:to:from", "c=simple/simple; h=subject:from:from"}) {
        std::string text = test::fake_sign(std::string(message), {.tags = tags});
        check(verify(text, Body::there, cache, crypto, 0).front().reason == Reason::matched);
        text.insert(0, "From: a@example.net\r\n");
        const Verification longer = verify(text, Body::there, cache, crypto, 0).front();
        const auto& copies = longer.unsigned_copies;
        check(longer.reason == (froms < 2 ? Reason::header_altered : Reason::matched));
        check((froms < 2) == (std::find(copies.begin(), copies.end(), "From") == copies.end()));
    }
}

} // namespace

/// A key record on the first line, a message on the others.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view message = input.substr(std::min(end + 1, input.size()));
    check_body(message);
    const Header header = read_header(message);
    check(header.body <= message.size() && header.fields.size() <= max_fields);
    for (const Field& field : header.fields)
        check_signature(field.value);
    OneText resolver(input.substr(0, end));
    dns::Cache cache(resolver);
    const test::FakeCrypto crypto;
    prefetch(cache, message);
    check(cache.asked() <= max_signatures);
    const std::size_t asked = cache.asked();
    check_results(verify(message, Body::there, cache, crypto, 1'500'000'000));
    check(cache.asked() == asked);
    check_signed(message);
    return 0;
}
