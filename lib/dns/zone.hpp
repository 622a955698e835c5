#pragma once

#include "base/result.hpp"
#include "dns/resolver.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace relaytool::dns {

/// A record of a master file. `data` is an empty Opaque for types of which only the existence is known.
struct ZoneRecord {
    Name owner;
    Type type = Type::a;
    Record record;
};

/// What a master file says, in its order.
struct Zone {
    std::vector<ZoneRecord> records;
};

/// Reads a master file (RFC 1035 section 5.1, with $TTL of RFC 2308, BIND's time units and the unknown types
/// of RFC 3597). Records of other classes and those of a zone's signature are left out. `file` is its name in
/// errors: what = "file:line", why = the reason and the fix.
Result<Zone> read_zone(std::string_view text, std::string_view file);

/// Answers from master files in memory, as a server of their zones would: wildcards (RFC 4592), names that
/// exist because others stand below them, chains of aliases as long as they stay in the files. A name that is
/// in none of them does not exist.
class ZoneResolver final : public Resolver {
public:
    /// Adds a file's records; those that are there already are not doubled (RFC 2181 section 5).
    void add(const Zone& zone);

    /// Whether the files speak for the question: it lies in a zone that is here with its SOA record and is
    /// not given away to other servers (NS below it), or they have the record asked for, or an alias there.
    bool covers(const Question& question) const;

    /// The answer, at once. A name outside the zones is a failure, not a name that does not exist: that is
    /// for others to say. (Files without any SOA record, and domains that they have names of, are taken for
    /// all there is.)
    Answer look_up(const Question& question) const;

    /// The answer where nobody else is asked: that a name outside the zones does not exist is not for them to
    /// say. (Files without any SOA record, and domains that they have names of, are taken for all there is.)
    Answer alone(const Question& question) const;

    /// Answers come in wait(), which takes no time. Names outside the zones are a failure, unless there is no
    /// SOA.
    void ask(const Question& question, std::function<void(Answer)> done) override;
    std::chrono::nanoseconds wait() override;

private:
    struct RecordSet {
        Type type = Type::a;
        std::vector<Record> records;
        /// Octets of the records, once they are many.
        std::unique_ptr<std::unordered_set<std::string>> known;
    };
    using Node = std::vector<RecordSet>;

    static bool is_known(RecordSet& set, const Data& data);
    static const RecordSet* find(const Node& node, Type type);
    void add_node_with_parents(const Name& owner);
    /// The records at a name, or those a wildcard has for it; null when there is no such name.
    const Node* node_for(const Name& name) const;

    std::unordered_map<Name, Node> nodes_;
    std::size_t zones_ = 0; ///< SOA records
    std::deque<std::pair<Question, std::function<void(Answer)>>> pending_;
};

} // namespace relaytool::dns
