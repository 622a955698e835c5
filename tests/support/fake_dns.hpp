#pragma once

#include "dns/resolver.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relaytool::test {

/// A made-up DNS: `dns.txt("example.com", "v=spf1 -all")`. Names that hold nothing are NXDOMAIN unless they
/// have records of another type. Answers come in wait(), one level at a time, as from a network; `rounds`
/// counts the levels.
struct FakeDns final : dns::Resolver {
    using Key = std::pair<std::string, dns::Type>;

    std::map<Key, std::vector<dns::Data>> data;
    std::map<Key, dns::Status> broken; ///< look-ups that end in that way
    std::map<std::string, std::string> aliases;
    std::vector<std::string> asked; ///< "TXT example.com", in order
    std::size_t rounds = 0;

    static dns::Name name(std::string_view text) { return dns::Name::from_text(text).value(); }

    void add(const std::string& owner, dns::Type type, dns::Data value) {
        data[{name(owner).text(), type}].push_back(std::move(value));
    }
    void txt(const std::string& owner, std::string text) {
        add(owner, dns::Type::txt, dns::Text{{std::move(text)}});
    }
    void txt(const std::string& owner, std::vector<std::string> strings) {
        add(owner, dns::Type::txt, dns::Text{std::move(strings)});
    }
    /// A or AAAA, as the address is.
    void address(const std::string& owner, std::string_view text) {
        const ip::Address value = ip::read_address(text).value();
        add(owner, value.family() == ip::Family::v4 ? dns::Type::a : dns::Type::aaaa, value);
    }
    void mx(const std::string& owner, std::uint16_t preference, std::string_view exchange) {
        add(owner, dns::Type::mx, dns::Mx{preference, name(exchange)});
    }
    void ptr(std::string_view address, std::string_view target) {
        add(ip::reverse_name(ip::read_address(address).value()), dns::Type::ptr, name(target));
    }
    void srv(const std::string& owner, dns::Srv value) { add(owner, dns::Type::srv, std::move(value)); }
    void cname(const std::string& owner, std::string target) { aliases[owner] = std::move(target); }
    void breaks(const std::string& owner, dns::Type type, dns::Status status) {
        broken[{name(owner).text(), type}] = status;
    }

    void ask(const dns::Question& question, std::function<void(dns::Answer)> done) override {
        asked.push_back(dns::to_string(question.type) + " " + question.name.text());
        pending_.emplace_back(question, std::move(done));
    }

    std::chrono::nanoseconds wait() override {
        ++rounds;
        for (auto& [question, done] : std::exchange(pending_, {}))
            done(look_up(question));
        return std::chrono::milliseconds(20);
    }

private:
    dns::Answer look_up(const dns::Question& question) const {
        dns::Answer answer{.status = dns::Status::no_name, .rcode = 3, .server = "fake"};
        std::string owner = lower(question.name.text());
        for (int hops = 0; hops < 10; ++hops) {
            const auto alias = aliases.find(owner);
            if (alias == aliases.end() || question.type == dns::Type::cname) break;
            owner = alias->second;
            answer.aliases.push_back(name(owner));
        }
        if (const auto found = broken.find({owner, question.type}); found != broken.end()) {
            answer.status = found->second;
            answer.rcode = found->second == dns::Status::failure ? 2 : 0;
            return answer;
        }
        if (question.type == dns::Type::cname && aliases.count(owner) != 0)
            return {
                .status = dns::Status::answer, .records = {{300, name(aliases.at(owner))}}, .server = "fake"};
        for (const auto& [key, values] : data) {
            if (lower(key.first) != owner) continue;
            if (answer.status == dns::Status::no_name) answer.status = dns::Status::no_data;
            answer.rcode = 0;
            if (key.second != question.type) continue;
            answer.status = dns::Status::answer;
            for (const dns::Data& value : values)
                answer.records.push_back({300, value});
        }
        if (answer.status == dns::Status::no_name && aliases.count(owner) != 0)
            answer.status = dns::Status::no_data;
        return answer;
    }

    static std::string lower(std::string text) {
        for (char& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        return text;
    }

    std::deque<std::pair<dns::Question, std::function<void(dns::Answer)>>> pending_;
};

} // namespace relaytool::test
