#include "base/ascii.hpp"
#include "smtp/session.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace relaytool::smtp {
namespace {

/// The verb of a command line, and what stands behind it without blanks around it.
struct Command {
    std::string_view verb;
    std::string_view argument;
};

Command command_in(std::string_view line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    return {line.substr(0, end), ascii::trim(line.substr(end))};
}

bool is_printable(std::string_view line) {
    return std::none_of(line.begin(), line.end(),
                        [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

/// What stands behind `FROM:` or `TO:`; nothing when it is not there.
std::optional<std::string_view> behind(std::string_view keyword, std::string_view argument) {
    if (!ascii::istarts_with(argument, keyword)) return std::nullopt;
    return argument.substr(keyword.size());
}

Trouble trouble_of(PathError error, PathKind kind) {
    switch (error) {
    case PathError::syntax: return Trouble::syntax;
    case PathError::parameter: return Trouble::bad_parameter;
    case PathError::utf8: return Trouble::needs_smtputf8;
    case PathError::address: break;
    }
    return kind == PathKind::sender ? Trouble::bad_sender : Trouble::bad_recipient;
}

/// RFC 3030 section 2: `BDAT <size> [LAST]`.
struct Chunk {
    std::uint64_t size = 0;
    bool is_last = false;
};

std::optional<Chunk> read_chunk(std::string_view argument) {
    const Command parts = command_in(argument);
    Chunk chunk{0, ascii::iequals(parts.argument, "LAST")};
    const char* const end = parts.verb.data() + parts.verb.size();
    const auto [stop, error] = std::from_chars(parts.verb.data(), end, chunk.size);
    if (parts.verb.empty() || error != std::errc{} || stop != end) return std::nullopt;
    if (!chunk.is_last && !parts.argument.empty()) return std::nullopt;
    return chunk;
}

} // namespace

void Session::on_line(std::string_view line) {
    if (mode_ == Mode::command)
        on_command(line);
    else
        on_response(line);
}

void Session::on_command(std::string_view line) {
    const auto [verb, argument] = command_in(line);
    const auto is = [verb = verb](std::string_view name) { return ascii::iequals(verb, name); };
    if (!is_printable(line))
        complain(Trouble::syntax, line);
    else if (is("EHLO") || is("HELO"))
        on_hello(argument, is("EHLO"));
    else if (is("STARTTLS"))
        on_starttls(argument);
    else if (is("AUTH"))
        on_auth(argument);
    else if (is("MAIL"))
        on_mail(argument);
    else if (is("RCPT"))
        on_rcpt(argument);
    else if (is("DATA"))
        on_data(argument);
    else if (is("BDAT"))
        on_bdat(argument);
    else
        on_other(verb, line);
}

void Session::on_hello(std::string_view name, bool is_extended) {
    if (name.empty()) {
        complain(Trouble::syntax);
        return;
    }
    // RFC 5321 section 4.1.4: as RSET does.
    forget_mail();
    if (say(ask({.step = Step::hello, .text = name, .is_extended = is_extended}))) state_.name = name;
}

void Session::on_starttls(std::string_view argument) {
    if (state_.tls != Tls::none) {
        complain(Trouble::second_starttls);
    } else if (!argument.empty()) {
        complain(Trouble::syntax); // RFC 3207 section 4: no parameters
    } else if (say(ask({.step = Step::starttls}))) {
        actions_.push_back({.what = Action::What::start_tls});
        mode_ = Mode::handshake;
    }
}

void Session::on_mail(std::string_view argument) {
    const auto path = behind("FROM:", argument);
    if (state_.name.empty()) {
        complain(Trouble::hello_first);
        return;
    }
    if (state_.sender || !path) {
        complain(state_.sender ? Trouble::nested_mail : Trouble::syntax);
        return;
    }
    PathReading reading = read_path(*path, PathKind::sender);
    if (reading.error) {
        complain(trouble_of(*reading.error, PathKind::sender), argument);
        return;
    }
    if (declared_size(reading.path).value_or(0) > limits_.message) {
        complain(Trouble::message_too_big);
        return;
    }
    if (say(ask({.step = Step::mail, .text = reading.path.address, .path = &reading.path})))
        state_.sender = std::move(reading.path);
}

void Session::on_rcpt(std::string_view argument) {
    const auto path = behind("TO:", argument);
    if (!state_.sender || !path) {
        complain(path ? Trouble::mail_first : Trouble::syntax);
        return;
    }
    PathReading reading = read_path(*path, PathKind::recipient);
    if (!reading.error && is_beyond_ascii(reading.path.address) && state_.sender->find("SMTPUTF8") == nullptr)
        reading.error = PathError::utf8;
    if (reading.error) {
        complain(trouble_of(*reading.error, PathKind::recipient), argument);
        return;
    }
    if (state_.recipients.size() >= limits_.recipients) {
        complain(Trouble::too_many_recipients); // RFC 5321 section 4.5.3.1.10
        return;
    }
    if (say(ask({.step = Step::rcpt, .text = reading.path.address, .path = &reading.path})))
        state_.recipients.push_back(std::move(reading.path));
}

void Session::on_data(std::string_view argument) {
    const std::string* body = state_.sender ? state_.sender->find("BODY") : nullptr;
    if (!argument.empty())
        complain(Trouble::syntax);
    else if (!state_.sender || state_.recipients.empty())
        complain(state_.sender ? Trouble::rcpt_first : Trouble::mail_first);
    else if (has_chunks_ || (body != nullptr && ascii::iequals(*body, "BINARYMIME")))
        complain(Trouble::data_in_chunks);
    else if (say(ask({.step = Step::data})))
        mode_ = Mode::data;
}

void Session::on_bdat(std::string_view argument) {
    const auto chunk = read_chunk(argument);
    if (!chunk) {
        // How many octets follow is not known: whatever they are, they are no commands.
        complain(Trouble::syntax);
        end(Action::What::close);
        return;
    }
    chunk_left_ = chunk->size;
    is_last_chunk_ = chunk->is_last;
    // RFC 3030 section 2: the octets come in any case, and have to be taken.
    is_chunk_refused_ = !state_.sender || state_.recipients.empty();
    has_chunks_ = !is_chunk_refused_;
    mode_ = Mode::chunk;
    if (chunk_left_ == 0) take_chunk({});
}

void Session::on_other(std::string_view verb, std::string_view line) {
    const auto is = [verb](std::string_view name) { return ascii::iequals(verb, name); };
    if (is("RSET")) forget_mail();
    if (is("RSET") || is("NOOP") || is("VRFY") || is("HELP")) {
        say(ask({.step = Step::other, .text = line}));
    } else if (is("QUIT")) {
        say(ask({.step = Step::other, .text = line}));
        end(Action::What::close);
    } else {
        complain(Trouble::unknown_verb, line);
    }
}

} // namespace relaytool::smtp
