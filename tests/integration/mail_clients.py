"""The mail clients that people try a relay with: swaks, msmtp and curl, called alike."""
import shutil
import subprocess
import tempfile
import time
from typing import NamedTuple

from checks import Run
from servers import HOST

USER, PASSWORD = "invoicing@here.test", "s3cret-Straw=berry"
# With what a sender may get wrong: dots, octets beyond ASCII, the longest line, empty lines, blanks at the end.
MESSAGE = ("From: Invoicing <invoicing@here.test>\r\nTo: boss@here.test\r\nSubject: test\r\nMessage-ID: <1@here.test>\r\n"
           "Date: Thu, 5 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
           "Content-Transfer-Encoding: 8bit\r\n\r\n"
           ".\r\n..\r\n.a line with a dot\r\nfrom caf\u00e9 \u20ac\r\n" + "x" * 998 +
           "\r\n\r\n\ttab and trailing space \r\n.\r\nlast\r\n").encode()


class Delivery(NamedTuple):
    """What to bring, and where. `tls`: off, starttls or implicit."""
    port: int
    message: bytes  # with CRLF
    sender: str = USER
    recipients: tuple = ("boss@here.test",)
    tls: str = "off"
    ca: str = ""
    user: str = ""
    password: str = ""
    mechanism: str = "login"


def run(command, message=b"", limit=30.0):
    start = time.monotonic()
    try:
        done = subprocess.run(command, input=message, capture_output=True, timeout=limit)
        return Run(" ".join(command), done.returncode, done.stdout, done.stderr, time.monotonic() - start)
    except subprocess.TimeoutExpired as late:
        return Run(" ".join(command), None, late.stdout or b"", late.stderr or b"", time.monotonic() - start)


def with_file(content, work):
    with tempfile.NamedTemporaryFile(prefix="relaytool-client-") as file:
        file.write(content)
        file.flush()
        return work(file.name)


def swaks(one, *words):
    command = ["swaks", "--server", HOST, "--port", str(one.port), "--from", one.sender, "--to", ",".join(one.recipients),
               "--helo", "client.test", "--timeout", "10", *words]
    command += {"off": [], "starttls": ["--tls"], "implicit": ["--tls-on-connect"]}[one.tls]
    command += ["--tls-verify", "--tls-ca-path", one.ca] if one.ca else []
    command += ["--auth", one.mechanism.upper(), "--auth-user", one.user, "--auth-password", one.password] if one.user else []
    # It reads LF and writes CRLF; it wants one more line end than it sends; "%" begins its own words.
    text = one.message.replace(b"\r\n", b"\n")
    return with_file(text, lambda path: run([*command, "--data", f"@{path}"]))


def msmtp(one, *words):
    command = ["msmtp", "--file=/dev/null", f"--host={HOST}", f"--port={one.port}", f"--from={one.sender}", "--timeout=10",
               "--domain=client.test", "--set-date-header=off", "--set-msgid-header=off", "--set-from-header=off",
               "--remove-bcc-headers=off", "--undisclosed-recipients=off", "--debug", *words]
    command += ["--tls=off"] if one.tls == "off" else [
        "--tls=on", f"--tls-starttls={'on' if one.tls == 'starttls' else 'off'}",
        f"--tls-trust-file={one.ca}" if one.ca else "--tls-certcheck=off"]
    command += [f"--auth={one.mechanism}", f"--user={one.user}", f"--passwordeval=printf %s '{one.password}'"] if one.user else []
    return run([*command, "--", *one.recipients], one.message.replace(b"\r\n", b"\n"))


def curl(one, *words):
    command = ["curl", "-v", "--silent", "--show-error", "--max-time", "20", "--mail-from", one.sender]
    command += [f"smtp{'s' if one.tls == 'implicit' else ''}://{HOST}:{one.port}/client.test", "--upload-file", "-"]
    command += ["--ssl-reqd"] if one.tls != "off" else []
    command += ["--cacert", one.ca] if one.ca else ["--insecure"]
    command += ["--user", f"{one.user}:{one.password}", "--login-options", f"AUTH={one.mechanism.upper()}"] if one.user else []
    for recipient in one.recipients:
        command += ["--mail-rcpt", recipient]
    return run([*command, *words], one.message)


CLIENTS = {"swaks": swaks, "msmtp": msmtp, "curl": curl}


def absent():
    """Those that are not installed."""
    return [name for name in CLIENTS if not shutil.which(name)]
