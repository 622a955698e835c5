#!/usr/bin/python3
"""No Received field may get lost: headers_corpus_test.py PROGRAM SOURCE_FOLDER

`relaytool headers --json` reads real reports of failure and BadMail files; the hops that it names are counted against
the Received fields that a reader of lines finds here, in the header and in those of the mails inside. The mails stand
beside the source folder (../shared) where the developers have them; elsewhere this is skipped."""
import email
import email.errors
import json
import os
import re
import subprocess
import sys

import servers

FOLDERS = ["corpora/ndr/mail", "corpora/badmail"]
FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
INNER = ["message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers"]
UNDERSTOOD = 0.99  # of all hops, at least


def received_in(text):
    """How many Received fields the header at the start of the text has."""
    count = 0
    lines = re.split(rb"\r\n|\n", text.lstrip(b"\r\n"))
    for number, line in enumerate(lines):
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t"):
            continue
        field = FIELD.match(line)
        if field:
            count += field[1].lower() == b"received"
        elif number > 0 and not (number + 1 < len(lines) and FIELD.match(lines[number + 1])):
            break  # a body without a blank line in front of it
    return count


def quoted_headers(text):
    """Numbers of Received fields of what looks like headers inside a body: runs of fields and folds."""
    counts, run = [], []
    for line in re.split(rb"\r\n|\n", text) + [b""]:
        line = re.sub(rb"^(?:>[ ]?|    ?)(?=[A-Z][A-Za-z-]+:|[ \t])", b"", line)
        if FIELD.match(line) or (run and line[:1] in (b" ", b"\t") and line.strip()):
            run.append(line)
            continue
        counts.append(received_in(b"\n".join(run)))
        run = []
    return [count for count in counts if count]


def text_of(inner):
    """A mail as it stood. Where lines were broken without indentation, the library puts a blank line in: taken out."""
    text = inner.as_bytes()
    if any(isinstance(defect, email.errors.MissingHeaderBodySeparatorDefect) for defect in inner.defects):
        head, _, body = text.partition(b"\n\n")
        text = b"\n".join(line for line in (head + b"\n" + body).partition(b"\n\n")[0].split(b"\n")
                          if FIELD.match(line) or line[:1] in (b" ", b"\t"))
    return text


def inner_mails(message):
    """The texts of the mails inside a mail, however deep."""
    texts = []
    for part in message.walk():
        if part is message or part.get_content_type() not in INNER:
            continue
        if part.is_multipart():
            texts += map(text_of, part.get_payload())
        else:
            texts.append(part.get_payload(decode=True) or b"")
    return [text for text in texts if text.strip()]


def quoted_in(text, message):
    """Numbers of Received fields of the headers in a body, as it stands; where none do, in its decoded texts."""
    quoted = quoted_headers(re.split(rb"\r?\n\r?\n", text, maxsplit=1)[-1])
    for part in message.walk():
        if not quoted and part.get_content_maintype() == "text":
            quoted = quoted_headers(part.get_payload(decode=True) or b"")
    return quoted


def headers_of(program, path):
    """What the program says of the file, and of the mails inside it: a list, the outermost first."""
    done = subprocess.run([program, "headers", "--json", path], capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
    if done.returncode not in (0, 1, 3) or done.stderr:
        sys.exit(f"{path}: exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    document = json.loads(done.stdout)
    chain = []
    while document:
        chain.append(document)
        document = document.get("original")
    return chain


def is_understood(hop):
    return bool(hop["by"]["host"] or any(hop["from"].values()) or hop["local"] or hop["software"] != "unknown")


def main():
    program, source = sys.argv[1:3]
    shared = os.path.join(source, "../shared")
    files = sorted(os.path.join(folder, name) for wanted in FOLDERS for folder, _, names in os.walk(os.path.join(shared, wanted))
                   for name in names if name.endswith((".eml", ".bad")))
    if not files:
        print("The mails are not here (../shared), so nothing was tested")
        sys.exit(servers.SKIPPED)
    faults, hops, fields = [], [], {"own": 0, "inside": 0, "quoted": 0}
    for path in files:
        with open(path, "rb") as file:
            text = file.read()
        own, *inside = headers_of(program, path)
        hops += own["hops"] + [hop for mail in inside for hop in mail["hops"]]
        expected = received_in(text)
        fields["own"] += expected
        if len(own["hops"]) != expected:
            faults.append(f"{path}: {len(own['hops'])} hops of {expected} fields")
        # A mail inside may have none.
        got = [len(mail["hops"]) for mail in inside if mail["hops"]]
        message = email.message_from_bytes(text)
        expected = [count for count in map(received_in, inner_mails(message)) if count]
        if expected:
            fields["inside"] += sum(expected)
            if got != expected:
                faults.append(f"{path}: inside it {got} hops of {expected} fields")
            continue
        quoted = quoted_in(text, message)
        fields["quoted"] += sum(got)
        # Lines that were broken without indentation make one header look like several here.
        if sum(got) not in quoted + [sum(quoted)]:
            faults.append(f"{path}: quoted in it {got} hops of {quoted} fields")
    understood = sum(map(is_understood, hops))
    print(f"{len(files)} mails; {fields['own']} Received fields of their own, {fields['inside']} of mails inside, "
          f"{fields['quoted']} of mails quoted; {len(hops)} hops, {understood} of them understood")
    print("\n".join(faults))
    if understood < UNDERSTOOD * len(hops):
        faults.append("too few understood")
    sys.exit(1 if faults or not hops else 0)


if __name__ == "__main__":
    main()
