#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// TransWARE Active!hunter: the list of sendmail, the transcript of nothing but the reply.
bool claims_activehunter(const Source& source) {
    return source.header().has("X-AHMAILID") &&
           (sent_by_daemon(source) || subject_has(source, "FAILURE NOTICE"));
}

void read_activehunter(const Source& source, Bounce& bounce) {
    static constexpr std::string_view list[] = {"The following addresses had"};
    static constexpr std::string_view session[] = {"Transcript of session follows"};
    static constexpr std::string_view end[] = {"Unsent message"};
    std::vector<Recipient> told = read_list(section_of(source.report, list, session));
    tell_all(told, section_of(source.report, session, end));
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect activehunter;
const Dialect activehunter{"activehunter", claims_activehunter, read_activehunter};

} // namespace relaytool::bounce
