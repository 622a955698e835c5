#include "options/profile.hpp"

// Header only: the compiled library would be loaded at every start of the program.
#define TOML_HEADER_ONLY 1
#include <CLI/Option.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>
#include <toml++/toml.h>
#include <utility>
#include <vector>

namespace relaytool::cli {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

struct BuiltIn {
    std::string_view name;
    std::string_view key;
    std::string_view value;
};

// Hosts and ports: Microsoft's and Google's documentation of their submission services.
constexpr std::array built_in{
    BuiltIn{"o365", "server", "smtp.office365.com:587"},
    BuiltIn{"o365-direct", "mx", "true"},
    BuiltIn{"o365-direct", "tls", "opportunistic"},
    BuiltIn{"o365-gcc-high", "server", "smtp.office365.us:587"},
    BuiltIn{"o365-china", "server", "smtp.partner.outlook.cn:587"},
    BuiltIn{"gmail", "server", "smtp.gmail.com:587"},
    BuiltIn{"sandbox", "server", "127.0.0.1:2587"},
    BuiltIn{"sandbox", "insecure", "true"},
};

std::string config_file(Machine& machine) {
    std::string folder = machine.environment("XDG_CONFIG_HOME");
    if (folder.empty()) folder = machine.environment("APPDATA");
    if (folder.empty()) folder = machine.environment("HOME") + "/.config";
    return folder + "/relaytool/config.toml";
}

/// The value as on a command line; nothing for a table or a list.
std::optional<std::string> text_of(const toml::node& node) {
    if (!node.is_value()) return std::nullopt;
    if (const auto* text = node.as_string()) return text->get();
    std::ostringstream out;
    node.visit([&out](const auto& value) { out << value; });
    return out.str();
}

/// Adds the value of a key, or each of a list of values; false when there is something else.
bool add_values(std::string_view key, const toml::node& node, Values& values) {
    const auto add = [&](const toml::node& item) {
        std::optional<std::string> text = text_of(item);
        if (!text) return false;
        values.emplace_back(std::string(key), *std::move(text));
        return true;
    };
    const toml::array* list = node.as_array();
    return list == nullptr ? add(node) : std::all_of(list->begin(), list->end(), add);
}

Result<Values> read_table(std::string_view text, const std::string& name, const std::string& file) {
    Values values;
    try {
        const toml::table config = toml::parse(text);
        const toml::table* table = config[name].as_table();
        if (table == nullptr) return values;
        for (const auto& [key, node] : *table)
            if (!add_values(key.str(), node, values))
                return tl::unexpected(Error{file, "[" + name + "] " + std::string(key.str()) +
                                                      ": not a value, nor a list of values"});
    } catch (const toml::parse_error& error) {
        std::ostringstream why;
        why << error.description() << ", line " << error.source().begin.line;
        return tl::unexpected(Error{file, why.str()});
    }
    return values;
}

Result<Values> values_of(const std::string& name, const std::string& file, const Files& files) {
    Result<Values> values = Values{};
    if (const auto found = files.expand(file); found) {
        const auto read =
            files.read(file, [&](std::string_view text) { values = read_table(text, name, file); });
        if (!read) return tl::unexpected(read.error());
    }
    if (!values) return values;
    // A table of the user's completes the built-in profile of that name.
    const auto is_set = [&](std::string_view key) {
        return std::any_of(values->begin(), values->end(),
                           [&](const auto& value) { return value.first == key; });
    };
    Values defaults;
    for (const BuiltIn& row : built_in)
        if (row.name == name && !is_set(row.key))
            defaults.emplace_back(std::string(row.key), std::string(row.value));
    values->insert(values->end(), defaults.begin(), defaults.end());
    return values;
}

std::string known_names() {
    std::string names;
    for (const BuiltIn& row : built_in)
        if (names.find(row.name) == std::string::npos)
            names += (names.empty() ? "" : ", ") + std::string(row.name);
    return names;
}

/// Whether any command has that option: a profile serves them all.
bool is_known_to_others(const CLI::App& app, const std::string& option) {
    if (app.get_parent() == nullptr) return false;
    const std::vector<const CLI::App*> commands =
        app.get_parent()->get_subcommands([](const CLI::App*) { return true; });
    return std::any_of(commands.begin(), commands.end(), [&](const CLI::App* command) {
        return command->get_option_no_throw(option) != nullptr;
    });
}

} // namespace

bool is_profile(const std::string& name, Context& context) {
    const Result<Values> values = values_of(name, config_file(*context.machine), context.files);
    return values && !values->empty();
}

Result<void> apply_profile(CLI::App& app, const std::string& name, Context& context) {
    if (name.empty()) return {};
    const std::string file = config_file(*context.machine);
    const Result<Values> values = values_of(name, file, context.files);
    if (!values) return tl::unexpected(values.error());
    if (values->empty())
        return tl::unexpected(
            Error{"--profile " + name,
                  "no table [" + name + "] in " + file + ", nor a built-in profile (" + known_names() + ")"});
    std::map<CLI::Option*, bool> is_free; // whether the command line left it alone
    for (const auto& [key, value] : *values) {
        CLI::Option* option = app.get_option_no_throw("--" + key);
        const bool is_for_people = option == app.get_help_ptr() || key == "profile";
        if (option == nullptr && is_known_to_others(app, "--" + key)) continue;
        if (option == nullptr || is_for_people)
            return tl::unexpected(Error{file, fmt::format("[{}] {}: no such option", name, key)});
        if (is_free.emplace(option, option->empty()).first->second) option->add_result(value);
    }
    try {
        for (const auto& [option, free] : is_free)
            if (free) option->run_callback();
    } catch (const CLI::Error& error) {
        return tl::unexpected(Error{file, "[" + name + "] " + error.what()});
    }
    return {};
}

} // namespace relaytool::cli
