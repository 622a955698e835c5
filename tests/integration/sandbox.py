"""`relaytool sandbox` for the tests: on free ports, its events read as they come, gone at the end."""
import base64
import json
import os
import re
import socket
import ssl
import subprocess
import tempfile
import threading
import time

from mail_clients import MESSAGE, PASSWORD, USER, Delivery
from servers import HOST, prepare_child


class Sandbox:
    """`start` is its first line: smtp, mx, dns, ca_file, logins. `events` what followed."""

    def __init__(self, program, *words, tarpit="0"):
        self.command = [program, "sandbox", "--port", "0", "--json", "--tarpit", tarpit, *words]
        self.events, self.changed = [], threading.Condition()

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="relaytool-sandbox-")
        self.errors = open(os.path.join(self.folder.name, "errors"), "w+b")
        self.process = subprocess.Popen([*self.command, "--save", f"{self.folder.name}/mails"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=self.errors, preexec_fn=prepare_child)
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.errors.seek(0)
            raise RuntimeError(f"{self.command}: exit {self.process.returncode}: {self.errors.read()!r}")
        self.start = json.loads(line)
        self.ca = self.start["ca_file"]
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.code = self.process.wait(20)
        self.reader.join(5)
        self.process.stdout.close()
        self.errors.close()
        self.folder.cleanup()

    def read(self):
        for line in self.process.stdout:
            with self.changed:
                self.events.append(json.loads(line))
                self.changed.notify_all()

    def port(self, server="smtp"):
        return int(self.start[server].rpartition(":")[2])

    def mails(self, count=1, seconds=5.0, accepted=True):
        """(event, octets of the file) of each mail so far; waits for that many, and forgets them."""
        def found():
            return [event for event in self.events if event["event"] == "mail" and (event["outcome"] == "accepted") == accepted]
        end = time.monotonic() + seconds
        with self.changed:
            while len(found()) < count and time.monotonic() < end:
                self.changed.wait(0.1)
            mails, self.events = found(), [event for event in self.events if event not in found()]
        return [(event, read_file(event["file"])) for event in mails]

    def memory(self):
        """Octets that it holds."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


def read_file(path):
    if not path:
        return b""
    with open(path, "rb") as file:
        return file.read()


def login(sandbox, **more):
    """A delivery that Office 365 takes, but for what `more` says."""
    return Delivery(sandbox.port(), MESSAGE, tls="starttls", ca=sandbox.ca, user=USER, password=PASSWORD)._replace(**more)


class Raw:
    """A client that sends what the test says."""

    def __init__(self, port, ca=None):
        self.port, self.ca = port, ca

    def __enter__(self):
        self.channel = socket.create_connection((HOST, self.port), timeout=10)
        self.greeting = self.reply()
        return self

    def __exit__(self, *_):
        self.channel.close()

    def reply(self):
        """One reply; what there was when the connection ends."""
        data = b""
        while not re.search(rb"(^|\n)[0-9]{3} [^\n]*\n$", data):
            try:
                more = self.channel.recv(65536)
            except (OSError, ssl.SSLError):
                return data
            if not more:
                return data
            data += more
        return data

    def ask(self, octets):
        try:
            self.channel.sendall(octets)
        except OSError:
            pass
        return self.reply()

    def secure(self, behind=b""):
        self.ask(b"EHLO client.test\r\n")
        answer = self.ask(b"STARTTLS\r\n" + behind)
        if answer.startswith(b"220"):
            self.channel = ssl.create_default_context(cafile=self.ca).wrap_socket(self.channel, server_hostname="localhost")
        return answer

    def log_in(self, behind=b""):
        self.secure(behind)
        self.ask(b"EHLO client.test\r\n")
        self.ask(b"AUTH LOGIN\r\n")
        self.ask(base64.b64encode(USER.encode()) + b"\r\n")
        return self.ask(base64.b64encode(PASSWORD.encode()) + b"\r\n")
