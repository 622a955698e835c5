"""An SMTP server for the tests that does what it is told: it may stall, drop or say anything in any phase.

The phases, in order: banner, helo, starttls, tls, helo2, auth, password, mail, rcpt, data, body, dot, quit; and rset,
noop, bdat. `faults` says for a phase what comes instead of the usual reply: octets, STALL, DROP, RESET, a number (a pause in
seconds), a list of these, a generator of these, or a function of the line that gives one of these. The dialogue goes on
after a reply, whatever it was; the message follows where the reply to DATA begins with 354."""
import base64
import contextlib
import hashlib
import hmac
import re
import socket
import ssl
import struct
import threading
import time
from typing import NamedTuple

from servers import HOST

STALL, DROP, RESET = "stall", "drop", "reset"
HELLO = ["scripted.test", "SIZE 1000000", "PIPELINING", "8BITMIME", "DSN", "ENHANCEDSTATUSCODES", "SMTPUTF8"]
CHALLENGE = b"<1.2@scripted.test>"
LONGEST = 4 << 20  # octets of a line, and of what comes before the dot


class Message(NamedTuple):
    mail: bytes  # the whole line, without its end
    recipients: list
    data: bytes  # dots undone, with the last line's end


class Gone(Exception):
    """The conversation is over."""


def trickle(data, pause=0.002):
    """One octet at a time."""
    for octet in data:
        yield bytes([octet])
        yield pause


def endless(line=b"250-and one more\r\n"):
    """Lines without end, as fast as they go."""
    while True:
        yield line * 500


def slowly_endless(line=b"250-and one more\r\n", pause=0.05):
    """Lines without end, a line at a time: no single wait is long."""
    while True:
        yield line
        yield pause


def flood(octets, line=b"250-" + b"x" * 60 + b"\r\n", last=b"250 done\r\n"):
    """A reply of that many octets that does end."""
    for _ in range(octets // (len(line) * 1000)):
        yield line * 1000
    yield last


class ScriptedSmtp:
    """`certificate`: STARTTLS is offered (or TLS from the start: `implicit`). `users`: {login: password}; nothing means
    everybody. `log` is what clients sent, in lines; `messages` what they brought; `octets` all of it, as it came."""

    def __init__(self, faults=None, certificate=None, implicit=False, auth="PLAIN LOGIN", hello=HELLO, users=None,
                 client_ca=None, tls_versions=None, auth_in_clear=False, port=0):
        self.faults, self.certificate, self.implicit, self.auth = faults or {}, certificate, implicit, auth
        self.hello, self.users, self.auth_in_clear = hello, users, auth_in_clear
        self.log, self.messages, self.octets, self.connections, self.lock = [], [], b"", 0, threading.Lock()
        self.context = self.make_context(client_ca, tls_versions) if certificate else None
        self.open, self.channels, self.port = True, set(), port

    def make_context(self, client_ca, tls_versions):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate.certificate, self.certificate.key)
        if client_ca:
            context.load_verify_locations(client_ca)
            context.verify_mode = ssl.CERT_REQUIRED
        if tls_versions:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version, context.maximum_version = tls_versions
        return context

    def __enter__(self):
        self.listener = socket.socket()
        self.listener.bind((HOST, self.port))
        self.listener.listen(64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.open = False
        with self.lock:
            for channel in [self.listener, *self.channels]:
                with contextlib.suppress(OSError):
                    channel.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    @property
    def server(self):
        return f"{HOST}:{self.port}"

    def serve(self):
        while self.open:
            try:
                channel, _ = self.listener.accept()
            except OSError:
                return
            channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.talk, args=(channel,), daemon=True).start()

    def talk(self, channel):
        with self.lock:
            self.connections += 1
            self.channels.add(channel)
        talk = Conversation(self, channel)
        try:
            talk.run()
        except (OSError, Gone, ValueError):  # ssl raises all three
            pass
        with self.lock:
            self.channels.discard(channel)
        with contextlib.suppress(OSError):
            talk.channel.close()
            channel.close()


class Conversation:
    def __init__(self, server, channel):
        self.server, self.channel, self.buffer = server, channel, b""
        self.secure, self.envelope = False, None
        self.end = time.monotonic() + 120
        channel.settimeout(60)

    def run(self):
        if self.server.implicit:
            self.handshake()
        self.answer("banner", b"220 scripted.test ESMTP ready\r\n")
        while True:
            line = self.line()
            verb = re.match(rb"[A-Za-z0-9]*", line)[0].upper().decode()
            handler = getattr(self, f"on_{verb.lower()}", None) if verb else None
            if handler:
                handler(line)
            else:
                self.answer("other", b"500 5.5.1 what is that?\r\n", line)

    # What comes and goes

    def more(self):
        data = self.channel.recv(65536)
        if not data:
            raise Gone
        with self.server.lock:
            self.server.octets += data
        self.buffer += data
        if len(self.buffer) > LONGEST:
            raise Gone

    def line(self):
        while b"\n" not in self.buffer:
            self.more()
        line, _, self.buffer = self.buffer.partition(b"\n")
        line = line[:-1] if line.endswith(b"\r") else line
        with self.server.lock:
            self.server.log.append(line)
        return line

    def answer(self, phase, usual, line=b""):
        """Says what the phase is to say; its code."""
        reply = self.server.faults.get(phase, usual)
        if callable(reply):
            reply = reply(line)
        parts = [reply] if isinstance(reply, (bytes, str, int, float)) else reply if reply is not None else [usual]
        first = b""
        for part in parts:
            if part in (STALL, DROP, RESET):
                self.leave(part)
            elif isinstance(part, (int, float)):
                time.sleep(part)
            else:
                first += part[:3 - len(first)]
                self.channel.sendall(part)
        return first

    def leave(self, way):
        """STALL keeps the connection, reading nothing, until the test is over or the client leaves."""
        while way == STALL and self.server.open and time.monotonic() < self.end:
            if self.peer_has_left():
                break
            time.sleep(0.05)
        if way == RESET:
            self.channel.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Gone

    def peer_has_left(self):
        state = self.channel.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
        return state != 1  # TCP_ESTABLISHED

    def handshake(self):
        if "tls" in self.server.faults:
            self.answer("tls", b"")
        self.channel = self.server.context.wrap_socket(self.channel, server_side=True)
        self.buffer, self.secure = b"", True

    # The verbs

    def on_ehlo(self, line):
        words = list(self.server.hello)
        if self.server.context and not self.secure:
            words.append("STARTTLS")
        if self.server.auth and (self.secure or self.server.auth_in_clear or not self.server.context):
            words.append("AUTH " + self.server.auth)
        lines = [f"250{'-' if number + 1 < len(words) else ' '}{word}\r\n" for number, word in enumerate(words)]
        self.answer("helo2" if self.secure else "helo", "".join(lines).encode(), line)
        self.envelope = None

    def on_helo(self, line):
        self.answer("helo2" if self.secure else "helo", b"250 scripted.test\r\n", line)

    def on_starttls(self, line):
        if self.answer("starttls", b"220 2.0.0 go ahead\r\n", line).startswith(b"220"):
            self.handshake()

    def on_auth(self, line):
        words = line.split()
        kind = words[1].upper().decode("latin-1") if len(words) > 1 else ""
        if "auth" in self.server.faults:
            if not self.answer("auth", b"", line).startswith(b"334"):
                return
        right = self.credentials(kind, words[2] if len(words) > 2 else None)
        usual = b"235 2.7.0 Authentication successful\r\n" if right else b"535 5.7.8 Authentication credentials invalid\r\n"
        self.answer("password", usual, line)

    def ask(self, challenge):
        if "auth" not in self.server.faults:
            self.channel.sendall(b"334 " + base64.b64encode(challenge) + b"\r\n")
        answer = self.line()
        return b"" if answer == b"*" else base64.b64decode(answer)

    def credentials(self, kind, first):
        """Whether the login is right."""
        users = self.server.users
        given = base64.b64decode(first.replace(b"=", b"", 1) if first == b"=" else first) if first is not None else None
        if kind == "LOGIN":
            user, password = given if given is not None else self.ask(b"Username:"), self.ask(b"Password:")
        elif kind == "CRAM-MD5":
            user, _, digest = self.ask(CHALLENGE).rpartition(b" ")
            secret = (users or {}).get(user.decode(), "").encode()
            return users is None or hmac.new(secret, CHALLENGE, hashlib.md5).hexdigest().encode() == digest
        else:
            given = given if given is not None else self.ask(b"")
            if kind in ("XOAUTH2", "OAUTHBEARER"):
                token = re.search(rb"auth=Bearer ([^\x01]*)\x01", given)
                return bool(token) and (users is None or token[1].decode() in users.values())
            _, user, password = (given.split(b"\0") + [b"", b"", b""])[:3]
        return users is None or users.get(user.decode("utf-8", "replace")) == password.decode("utf-8", "replace")

    def on_mail(self, line):
        if self.answer("mail", b"250 2.1.0 ok\r\n", line).startswith(b"2"):
            self.envelope = (line, [])

    def on_rcpt(self, line):
        reply = b"250 2.1.5 ok\r\n" if self.envelope else b"503 5.5.1 MAIL first\r\n"
        if self.answer("rcpt", reply, line).startswith(b"2") and self.envelope:
            self.envelope[1].append(line)

    def on_data(self, line):
        usual = b"354 go on\r\n" if self.envelope and self.envelope[1] else b"554 5.5.1 no valid recipients\r\n"
        if not self.answer("data", usual, line).startswith(b"354"):
            return
        if "body" in self.server.faults:
            self.answer("body", b"")
        data = b"\r\n" + self.buffer
        self.buffer = b""
        while b"\r\n.\r\n" not in data:
            self.more()
            data, self.buffer = data + self.buffer, b""
            if len(data) > LONGEST:
                raise Gone
        data, _, self.buffer = data.partition(b"\r\n.\r\n")
        self.keep((data + b"\r\n").replace(b"\r\n.", b"\r\n")[2:])
        self.answer("dot", b"250 2.0.0 ok queued as 4XyZ12\r\n")

    def on_bdat(self, line):
        words = line.split()
        size = int(words[1])
        while len(self.buffer) < size:
            self.more()
        self.chunks = getattr(self, "chunks", b"") + self.buffer[:size]
        self.buffer = self.buffer[size:]
        last = words[-1].upper() == b"LAST"
        if last:
            self.keep(self.chunks)
            self.chunks = b""
        self.answer("dot" if last else "bdat", b"250 2.0.0 ok\r\n", line)

    def keep(self, data):
        with self.server.lock:
            self.server.messages.append(Message(*(self.envelope or (b"", [])), data))
        self.envelope = None

    def on_rset(self, line):
        self.envelope = None
        self.answer("rset", b"250 2.0.0 ok\r\n", line)

    def on_noop(self, line):
        self.answer("noop", b"250 2.0.0 ok\r\n", line)

    def on_quit(self, line):
        self.answer("quit", b"221 2.0.0 bye\r\n", line)
        raise Gone


@contextlib.contextmanager
def full_backlog():
    """The address of a listener that takes no more connections: a new one stalls before TCP is up."""
    with socket.socket() as listener, contextlib.ExitStack() as stack:
        listener.bind((HOST, 0))
        listener.listen(0)
        for _ in range(3):
            channel = stack.enter_context(socket.socket())
            channel.setblocking(False)
            channel.connect_ex(listener.getsockname())
        time.sleep(0.05)
        yield "%s:%d" % listener.getsockname()
