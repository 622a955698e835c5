#pragma once

#include "dns/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace relaytool::test {

/// A DNS answer put together octet by octet, to be as wrong as a test wants it.
class AnswerOctets {
public:
    explicit AnswerOctets(const dns::Question& question, unsigned flags = 0x8180) : flags_(flags) {
        body_ = question.name.wire();
        number(body_, static_cast<unsigned>(question.type));
        number(body_, 1);
    }

    static void number(std::string& out, unsigned value) {
        out += static_cast<char>(value >> 8 & 0xFF);
        out += static_cast<char>(value & 0xFF);
    }
    /// A name's octets.
    static std::string name(std::string_view text) { return dns::Name::from_text(text).value().wire(); }
    /// A pointer.
    static std::string pointer(unsigned target) {
        std::string out;
        number(out, 0xC000 | target);
        return out;
    }
    /// A TXT record's string.
    static std::string string(std::string text) { return text.insert(0, 1, static_cast<char>(text.size())); }

    /// Adds a record to the answer section; returns where its owner stands.
    std::size_t add(const std::string& owner, dns::Type type, const std::string& rdata, unsigned in = 1) {
        const std::size_t at = 12 + body_.size();
        ++answers_;
        body_ += record(owner, static_cast<unsigned>(type), rdata, in);
        return at;
    }
    /// Adds a record behind the answers: authority, or additional.
    void add_authority(const std::string& owner, dns::Type type, const std::string& rdata) {
        ++authorities_;
        rest_ += record(owner, static_cast<unsigned>(type), rdata, 1);
    }
    void add_opt(unsigned high_rcode) {
        ++additional_;
        rest_ += std::string(1, '\0');
        number(rest_, 41);
        number(rest_, 1232);
        number(rest_, high_rcode << 8);
        number(rest_, 0);
        number(rest_, 0);
    }
    void count(unsigned answers) { answers_ = answers; }
    void questions(unsigned count) { questions_ = count; }

    std::string octets(unsigned id = 0) const {
        std::string out;
        for (const unsigned field : {id, flags_, questions_, answers_, authorities_, additional_})
            number(out, field);
        return out + body_ + rest_;
    }

private:
    static std::string record(const std::string& owner, unsigned type, const std::string& rdata,
                              unsigned in) {
        std::string out = owner;
        number(out, type);
        number(out, in);
        number(out, 0);
        number(out, 300);
        number(out, static_cast<unsigned>(rdata.size()));
        return out + rdata;
    }

    unsigned flags_;
    unsigned questions_ = 1;
    unsigned answers_ = 0;
    unsigned authorities_ = 0;
    unsigned additional_ = 0;
    std::string body_;
    std::string rest_;
};

} // namespace relaytool::test
