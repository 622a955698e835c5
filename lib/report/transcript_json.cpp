#include "report/json.hpp"

namespace relaytool::report {
namespace {

std::string_view speaker_name(smtp::Speaker speaker) {
    switch (speaker) {
    case smtp::Speaker::client: return "client";
    case smtp::Speaker::server: return "server";
    case smtp::Speaker::note: return "note";
    case smtp::Speaker::fault: return "fault";
    }
    return "";
}

} // namespace

double milliseconds(std::chrono::microseconds time) {
    return static_cast<double>(time.count()) / 1000;
}

Json to_json(const smtp::Transcript& transcript) {
    Json list = Json::array();
    for (const smtp::TranscriptLine& line : transcript.lines()) {
        Json json = object_of(4);
        add(json, "ms", milliseconds(line.at));
        add(json, "speaker", std::string(speaker_name(line.speaker)));
        add(json, "tls", line.wire == smtp::Wire::tls);
        add(json, "text", line.text);
        list.push_back(std::move(json));
    }
    return list;
}

} // namespace relaytool::report
