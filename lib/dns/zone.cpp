#include "dns/zone.hpp"

#include "dns/message.hpp"

#include <algorithm>

namespace relaytool::dns {
namespace {

constexpr std::string_view server_name = "zone file";
/// Sets from this size on keep what they hold in a hash.
constexpr std::size_t many = 16;

} // namespace

bool ZoneResolver::is_known(RecordSet& set, const Data& data) {
    std::string octets = canonical_octets(data);
    if (!set.known && set.records.size() < many)
        return std::any_of(set.records.begin(), set.records.end(),
                           [&](const Record& record) { return canonical_octets(record.data) == octets; });
    if (!set.known) {
        set.known = std::make_unique<std::unordered_set<std::string>>();
        for (const Record& record : set.records)
            set.known->insert(canonical_octets(record.data));
    }
    return !set.known->insert(std::move(octets)).second;
}

const ZoneResolver::RecordSet* ZoneResolver::find(const Node& node, Type type) {
    for (const RecordSet& set : node)
        if (set.type == type) return &set;
    return nullptr;
}

void ZoneResolver::add_node_with_parents(const Name& owner) {
    // RFC 4592 section 2.2.2: a name exists when there is one below it.
    for (Name name = owner; nodes_.try_emplace(name).second && !name.is_root();)
        name = name.parent();
}

void ZoneResolver::add(const Zone& zone) {
    Node* node = nullptr;
    const Name* owner = nullptr;
    for (const ZoneRecord& entry : zone.records) {
        if (owner == nullptr || !(*owner == entry.owner)) {
            add_node_with_parents(entry.owner);
            node = &nodes_.find(entry.owner)->second;
            owner = &entry.owner;
        }
        auto set = std::find_if(node->begin(), node->end(),
                                [&](const RecordSet& other) { return other.type == entry.type; });
        if (set == node->end()) {
            node->push_back({entry.type, {}, nullptr});
            set = node->end() - 1;
            if (entry.type == Type::soa) ++zones_;
        }
        if (!is_known(*set, entry.record.data)) set->records.push_back(entry.record);
    }
}

const ZoneResolver::Node* ZoneResolver::node_for(const Name& name) const {
    const auto found = nodes_.find(name);
    if (found != nodes_.end()) return &found->second;
    // RFC 4592 section 3.3.1: the wildcard right below the closest encloser, and no other.
    for (Name encloser = name.parent(); !nodes_.empty(); encloser = encloser.parent()) {
        if (nodes_.count(encloser) == 0) continue;
        const auto wildcard = encloser.child("*");
        const auto source = wildcard ? nodes_.find(*wildcard) : nodes_.end();
        return source == nodes_.end() ? nullptr : &source->second;
    }
    return nullptr;
}

bool ZoneResolver::covers(const Question& question) const {
    if (const Node* node = node_for(question.name))
        if (find(*node, question.type) != nullptr || find(*node, Type::cname) != nullptr) return true;
    for (Name name = question.name;; name = name.parent()) {
        const auto node = nodes_.find(name);
        if (node != nodes_.end()) {
            if (find(node->second, Type::soa) != nullptr) return true;
            if (find(node->second, Type::ns) != nullptr) return false;
        }
        if (name.is_root()) return false;
    }
}

Answer ZoneResolver::alone(const Question& question) const {
    Answer answer = look_up(question);
    const Name& last = answer.aliases.empty() ? question.name : answer.aliases.back();
    if (answer.status != Status::no_name || zones_ == 0 || covers({last, Type::soa})) return answer;
    for (Name above = last.parent(); above.label_count() >= 2; above = above.parent())
        if (nodes_.count(above) != 0) return answer; // a neighbour of names that are here
    answer.status = Status::failure;
    answer.rcode = 5; // as a server refuses what is not its own
    answer.detail = "not in the zone file; --nameserver asks the network as well";
    return answer;
}

Answer ZoneResolver::look_up(const Question& question) const {
    Answer answer;
    answer.server = server_name;
    answer.status = Status::no_name;
    answer.rcode = 3;
    const auto failed = [&](std::string_view why) {
        answer.status = Status::failure;
        answer.rcode = 2;
        answer.detail = why;
        return answer;
    };
    while (true) {
        const Node* node = node_for(answer.aliases.empty() ? question.name : answer.aliases.back());
        if (node == nullptr) return answer;
        if (const RecordSet* set = find(*node, question.type)) {
            answer.status = Status::answer;
            answer.rcode = 0;
            answer.records = set->records;
            return answer;
        }
        const RecordSet* alias = find(*node, Type::cname);
        if (alias == nullptr) {
            answer.status = Status::no_data;
            answer.rcode = 0;
            return answer;
        }
        const Name& target = std::get<Name>(alias->records.front().data);
        if (target == question.name ||
            std::find(answer.aliases.begin(), answer.aliases.end(), target) != answer.aliases.end())
            return failed("CNAME records in a circle");
        if (answer.aliases.size() == longest_alias_chain) return failed("too many CNAME records in a row");
        answer.aliases.push_back(target);
    }
}

void ZoneResolver::ask(const Question& question, std::function<void(Answer)> done) {
    pending_.emplace_back(question, std::move(done));
}

std::chrono::nanoseconds ZoneResolver::wait() {
    for (auto& [question, done] : std::exchange(pending_, {}))
        done(alone(question));
    return std::chrono::nanoseconds(0);
}

} // namespace relaytool::dns
