#pragma once

#include "smtp/connector.hpp"

namespace relaytool::edge {

/// Connections made by libcurl, which is loaded at the first one.
class CurlConnector final : public smtp::Connector {
public:
    smtp::Spoken<smtp::Connection> connect(const smtp::Target& target, smtp::Opening reach,
                                           smtp::Transcript& transcript) override;
};

} // namespace relaytool::edge
