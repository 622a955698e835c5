#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::mail {

/// One header field as it stands in the text (RFC 5322 section 2.2): the views reach into the parsed text.
struct Field {
    std::string_view name; ///< without the colon and blanks around it
    std::string_view raw;  ///< the value with its folds, without the last line end
};

/// The fields of one header, in order of appearance.
class Fields {
public:
    /// The first field of that name (case ignored), unfolded and trimmed; empty when there is none.
    std::string value(std::string_view name) const;
    /// The same, as it stands; `nullptr` data when there is none.
    std::string_view raw(std::string_view name) const;
    bool has(std::string_view name) const;

    const std::vector<Field>& all() const { return fields_; }
    bool empty() const { return fields_.empty(); }
    void add(Field field) {
        if (fields_.empty()) fields_.reserve(16); // a mail has a dozen or two
        fields_.push_back(field);
    }

private:
    std::vector<Field> fields_;
};

/// A header, and where its body begins.
struct Header {
    Fields fields;
    std::size_t body = 0; ///< offset behind the blank line that ends the header
};

/// Fields kept of one header where nobody asks for more; the rest is skipped.
inline constexpr std::size_t max_fields = 2000;

/// Reads the header at the start of `text`. Never fails: where the text is no header, the body begins at 0;
/// behind a blank first line the header is empty. A line that is neither field nor fold is skipped when a
/// field follows it, and begins the body otherwise (old programs forget the blank line). At most `most`
/// fields are kept.
Header read_header(std::string_view text, std::size_t most = max_fields);

/// Takes `line` apart when it is the first line of a field: printable name without blanks, then a colon (RFC
/// 5322 section 2.2; blanks before the colon are allowed as in section 4.5). False when it is not.
bool read_field_line(std::string_view line, Field& field);

/// A folded value on one line: line ends removed, white space runs at the folds become one blank, trimmed.
std::string unfold(std::string_view raw);

} // namespace relaytool::mail
