#include "report/html.hpp"
#include "report/sandbox_web.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

std::string_view notice_of(sandbox::DevicePage::State state) {
    using State = sandbox::DevicePage::State;
    switch (state) {
    case State::asks: return "A program asks for a token to send mail. Enter the code that it shows.";
    case State::unknown_code: return "There is no such code, or it has expired. Let the program ask again.";
    case State::confirmed: return "Confirmed. The program gets its token now; this page can be closed.";
    case State::declined: return "Declined. The program gets no token.";
    }
    return "";
}

} // namespace

std::string html_page(std::string_view title, std::string_view body) {
    return html_document(title, "<link rel=\"stylesheet\" href=\"/style.css\">\n",
                         fmt::format("<main>\n{}</main>\n", body));
}

sandbox::WebReply page_reply(int status, std::string html) {
    return {status,
            "text/html; charset=utf-8",
            std::move(html),
            {{"Content-Security-Policy",
              "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
              "frame-ancestors 'none'"},
             {"X-Content-Type-Options", "nosniff"},
             {"Referrer-Policy", "no-referrer"},
             {"Cache-Control", "no-store"}}};
}

std::string device_page(const sandbox::DevicePage& page) {
    using State = sandbox::DevicePage::State;
    std::string body =
        fmt::format("<h1>Sign in to the sandbox</h1>\n<p role=\"status\">{}</p>\n", notice_of(page.state));
    if (page.state == State::asks || page.state == State::unknown_code)
        body += fmt::format(
            "<form method=\"post\" action=\"/device\">\n"
            "<p><label>Code <input name=\"user_code\" value=\"{}\" autocomplete=\"off\" required>"
            "</label></p>\n"
            "<p><label>Login <input name=\"login\" value=\"{}\" placeholder=\"relay@contoso.com\">"
            "</label></p>\n"
            "<p><button name=\"answer\" value=\"confirm\">Confirm</button> "
            "<button name=\"answer\" value=\"decline\">Decline</button></p>\n</form>\n"
            "<p>No password is asked for: nothing here is real. A login named after an error, such as "
            "<code>AADSTS50076@contoso.com</code>, gets that error.</p>\n",
            html_text(page.user_code), html_text(page.login));
    return html_page("Device login", body);
}

} // namespace relaytool::report
