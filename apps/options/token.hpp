#pragma once

#include "context.hpp"
#include "oauth/documents.hpp"
#include "oauth/grants.hpp"

#include <optional>
#include <string>

namespace relaytool::cli {

/// How the application of a login proves who it is: its secret from where the login says it is, or an
/// assertion signed with its certificate; nothing for a public client. `RELAYTOOL_CLIENT_SECRET` counts when
/// nothing is said.
Result<oauth::Proof> proof_of(const oauth::CachedLogin& login, Context& context);

/// What a login asks for, and where.
oauth::Asking asking_of(const oauth::CachedLogin& login);

/// The login of a mailbox from the cache, its token renewed when it is over in ten minutes: what `send`,
/// `probe` and `login --print-token` use. Nothing when there is no such login. The Error says what to do when
/// the token cannot be renewed.
Result<std::optional<oauth::CachedLogin>> fresh_login(const std::string& user, Context& context);

/// The first line of a file, where secrets stand. The Error names the file.
Result<std::string> first_line_of_file(const std::string& name, Context& context);

} // namespace relaytool::cli
