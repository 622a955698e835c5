// fmt, compiled once. Debian has it as a shared library, which would bring the shared C++ library with it,
// and as headers that each file would compile again, two seconds a time. What our files call is here because
// its address is taken.
#define FMT_HEADER_ONLY 1
#include <fmt/format.h>

extern std::string (*const relaytool_fmt_vformat)(fmt::string_view, fmt::format_args);
std::string (*const relaytool_fmt_vformat)(fmt::string_view, fmt::format_args) = &fmt::vformat;
