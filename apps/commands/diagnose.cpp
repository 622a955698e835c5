#include "report/diagnose.hpp"

#include "base/ascii.hpp"
#include "command.hpp"
#include "diagnosis/verdict.hpp"
#include "in_order.hpp"
#include "mail/mbox.hpp"
#include "mail/text.hpp"
#include "options/output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace relaytool::cli {
namespace {

using bounce::Kind;
using diagnosis::Verdict;

struct Options {
    std::vector<std::string> inputs;
    bool each = false;
    OutputOptions output;
};

/// One mail of one file, explained; in JSON forms only its line is kept.
struct Answer {
    std::string file;
    Kind kind = Kind::not_a_bounce;
    bool explained = false;
    bool has_messages = false; ///< nothing else is known yet: its messages are still to be read
    Verdict verdict;
    std::string json;
};

/// Files are handed to the workers by the dozen: a file is read in microseconds.
constexpr std::size_t files_per_task = 32;

std::string_view extension_of(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos || name.find_first_of("/\\", dot) != std::string_view::npos
               ? ""
               : name.substr(dot);
}

bool has_extension(std::string_view name, std::string_view extension) {
    return ascii::iequals(extension_of(name), extension);
}

/// Reads files and what lies beside them in BadMail.
class Diagnosis {
public:
    Diagnosis(const Files& files, Form form) : files_(files), form_(form) {}

    Answer run(const std::string& file) const {
        if (file == "-") return unread_messages(file); // can be read only once
        if (has_extension(file, ".bdp"))
            return answer(file,
                          diagnosis::unreadable("the .BDP file holds binary pointers; give the .BAD or .BDR "
                                                "file beside it"));
        const std::string report = has_extension(file, ".bad") ? read_report(file) : std::string{};
        Answer result;
        const Result<void> done =
            files_.read(file, [&](std::string_view bytes) { result = read(file, bytes, report); });
        return done ? result : answer(file, diagnosis::unreadable(done.error().why));
    }

    /// The messages of an mbox file or of standard input, in batches that the workers share; `use` gets the
    /// answers in their order.
    template <class Use>
    void run_messages(const std::string& file, unsigned cores, Use use) const {
        constexpr std::size_t batch_size = 2048;
        const auto read_all = [&](std::string_view bytes) {
            std::string storage;
            mail::Mbox mbox(mail::readable_text(bytes, storage));
            std::vector<std::string_view> batch;
            std::size_t number = 0;
            std::string_view message;
            bool more = true;
            if (bytes.empty()) use(answer(shown(file), judge({}, {}, diagnosis::Place::anywhere)));
            while (more) {
                more = mbox.next(message);
                if (more) batch.push_back(message);
                if (more && batch.size() < batch_size) continue;
                const auto produce = [&](std::size_t i) {
                    const std::string name =
                        mbox.is_mbox() ? fmt::format("{}:{}", shown(file), number + i + 1) : shown(file);
                    return answer(name, judge(batch[i], {}, diagnosis::Place::anywhere));
                };
                in_order(batch.size(), cores, produce, use);
                number += batch.size();
                batch.clear();
            }
        };
        const Result<void> done = files_.read(file, read_all);
        if (!done) use(answer(shown(file), diagnosis::unreadable(done.error().why)));
    }

    Answer answer(const std::string& name, Verdict verdict) const {
        Answer result;
        result.file = name;
        result.kind = verdict.bounce.kind;
        result.explained = verdict.category() != diagnosis::Category::unknown;
        if (form_ == Form::text)
            result.verdict = std::move(verdict);
        else
            result.json = report::verdict_json(result.file, std::move(verdict));
        return result;
    }

private:
    /// The text of the .BDR file beside a .BAD file, or "".
    std::string read_report(const std::string& file) const {
        std::string text;
        const std::string name = files_.beside(file, ".bdr");
        if (name.empty()) return text;
        const auto keep = [&](std::string_view bytes) {
            std::string storage;
            text = mail::readable_text(bytes, storage);
        };
        return files_.read(name, keep) ? text : std::string{}; // the mail itself is explained all the same
    }

    Answer read(const std::string& file, std::string_view bytes, std::string_view report) const {
        std::string storage;
        const std::string_view text = mail::readable_text(bytes, storage);
        if (mail::Mbox(text).is_mbox()) return unread_messages(file);
        const auto place =
            has_extension(file, ".bad") ? diagnosis::Place::badmail : diagnosis::Place::anywhere;
        return answer(file, judge(text, report, place));
    }

    static Verdict judge(std::string_view message, std::string_view report, diagnosis::Place place) {
        if (ascii::trim(message.substr(0, 4096)).empty() && report.empty())
            return diagnosis::unreadable("there is no mail in it: it is empty");
        return diagnosis::judge(message, report, place);
    }

    static std::string shown(const std::string& file) { return file == "-" ? "(standard input)" : file; }

    static Answer unread_messages(const std::string& file) {
        Answer result;
        result.file = file;
        result.has_messages = true;
        return result;
    }

    const Files& files_;
    Form form_;
};

/// Prints the answers as they come.
class Printer {
public:
    Printer(const Options& options, Context& context, std::size_t total)
        : options_(options), context_(context), style_(style_of(options.output, context.terminal)),
          total_(total) {
        if (options_.output.form == Form::json) context_.out(report::diagnose_json_begin());
    }

    void add(Answer answer) {
        unreadable_ = unreadable_ || answer.kind == Kind::unreadable;
        unexplained_ = unexplained_ || answer.kind == Kind::not_a_bounce || !answer.explained;
        switch (options_.output.form) {
        case Form::json: context_.out((mails_ == 0 ? "\n" : ",\n") + answer.json); break;
        case Form::jsonl: context_.out(answer.json + '\n'); break;
        case Form::text: add_text(std::move(answer)); break;
        }
        ++mails_;
    }

    /// One file among `total_` is done.
    void progress(std::size_t files) {
        constexpr std::size_t worth_showing = 500;
        if (!context_.terminal.err || total_ < worth_showing) return;
        constexpr std::size_t width = 30;
        const std::size_t filled = width * files / total_;
        context_.err(
            fmt::format("\r[{:#<{}}{:.<{}}] {} of {} files", "", filled, "", width - filled, files, total_));
        if (files == total_) context_.err("\r\x1b[K");
    }

    Exit finish() {
        if (options_.output.form == Form::json) context_.out(report::diagnose_json_end());
        if (options_.output.form == Form::text && !options_.each) {
            if (mails_ == 1)
                context_.out(report::verdict_text(only_.file, only_.verdict, style_));
            else if (mails_ > 1)
                context_.out(summary_.text(style_));
        }
        return unreadable_ ? Exit::could_not_tell : unexplained_ ? Exit::bad : Exit::good;
    }

private:
    void add_text(Answer answer) {
        if (options_.each) {
            context_.out((mails_ == 0 ? "" : "\n") +
                         report::verdict_text(answer.file, answer.verdict, style_));
            return;
        }
        summary_.add(answer.file, answer.verdict);
        if (mails_ == 0) only_ = std::move(answer);
    }

    const Options& options_;
    Context& context_;
    report::Style style_;
    std::size_t total_;
    std::size_t mails_ = 0;
    bool unreadable_ = false;
    bool unexplained_ = false;
    report::Summary summary_;
    Answer only_;
};

/// Without what belongs to another file of the list: X.BDR and X.BDP when X.BAD is there.
void drop_companions(std::vector<std::string>& files) {
    std::unordered_set<std::string> bad;
    const auto stem = [](const std::string& file) {
        return ascii::to_lower(std::string_view(file).substr(0, file.size() - extension_of(file).size()));
    };
    for (const std::string& file : files)
        if (has_extension(file, ".bad")) bad.insert(stem(file));
    const bool lone_pointers = bad.empty();
    std::erase_if(files, [&](const std::string& file) {
        if (has_extension(file, ".bdp")) return !lone_pointers || files.size() > 1;
        return has_extension(file, ".bdr") && bad.count(stem(file)) != 0;
    });
}

Exit run_diagnose(const Options& options, Context& context) {
    std::vector<std::string> files;
    std::vector<Error> missing;
    for (const std::string& input : options.inputs) {
        auto found = context.files.expand(input);
        if (!found) {
            complain(context, found.error());
            missing.push_back(std::move(found.error()));
            continue;
        }
        files.insert(files.end(), std::make_move_iterator(found->begin()),
                     std::make_move_iterator(found->end()));
    }
    drop_companions(files);
    const Diagnosis diagnosis(context.files, options.output.form);
    Printer printer(options, context, files.size());
    const std::size_t tasks = (files.size() + files_per_task - 1) / files_per_task;
    std::size_t files_done = 0;
    const auto produce = [&](std::size_t task) {
        std::vector<Answer> answers;
        const std::size_t end = std::min(files.size(), (task + 1) * files_per_task);
        for (std::size_t i = task * files_per_task; i < end; ++i)
            answers.push_back(diagnosis.run(files[i]));
        return answers;
    };
    const auto print = [&](Answer answer) { printer.add(std::move(answer)); };
    in_order(tasks, context.terminal.cores, produce, [&](std::vector<Answer> answers) {
        for (Answer& answer : answers) {
            if (answer.has_messages)
                diagnosis.run_messages(answer.file, context.terminal.cores, print);
            else
                print(std::move(answer));
        }
        files_done = std::min(files.size(), files_done + files_per_task);
        printer.progress(files_done);
    });
    for (Error& error : missing)
        print(diagnosis.answer(error.what, diagnosis::unreadable(std::move(error.why))));
    return printer.finish();
}

} // namespace

Run setup_diagnose(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("FILE", options->inputs,
                   "Mail files, folders (BadMail, Queue, Drop, Maildir), mbox files, or - for standard input")
        ->required()
        ->option_text("...");
    app.add_flag("--each", options->each, "Show every file, not a summary by cause");
    add_output_options(app, options->output);
    app.footer("Examples:\n"
               "  relaytool diagnose BadMail/*.bad\n"
               "  relaytool diagnose --each C:\\inetpub\\mailroot\\Badmail\n"
               "  relaytool diagnose --jsonl bounces.mbox");
    return [options](Context& context) { return run_diagnose(*options, context); };
}

} // namespace relaytool::cli
