"""What may stand between a client and its mail server: a proxy that passes on, changes or answers in its place."""
import contextlib
import re
import socket
import ssl
import threading

from servers import HOST, free_port


class Proxy:
    """Passes connections on to a port of this machine. `change`: what becomes of the octets from the server while they are
    in clear; `certificate`: TLS ends here, and goes on in a TLS of its own behind (a firewall that reads along)."""

    def __init__(self, port, change=lambda data: data, certificate=None):
        self.behind, self.change, self.certificate = port, change, certificate
        self.open = True

    def __enter__(self):
        self.listener = socket.socket()
        self.listener.bind((HOST, 0))
        self.listener.listen(32)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.open = False
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def serve(self):
        while self.open:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(client,), daemon=True).start()

    def talk(self, client):
        with contextlib.suppress(OSError, ValueError), client, socket.create_connection((HOST, self.behind)) as server:
            if self.certificate:
                client, server = self.in_the_middle(client, server)
            threading.Thread(target=pump, args=(client, server, lambda data: data), daemon=True).start()
            pump(server, client, self.change)

    def in_the_middle(self, client, server):
        """Line by line until the answer to STARTTLS; from then on with a certificate of our own."""
        to_client, to_server = server.makefile("rb", buffering=0), client.makefile("rb", buffering=0)
        client.sendall(read_reply(to_client))
        while True:
            line = to_server.readline()
            if not line:
                raise OSError
            server.sendall(line)
            client.sendall(read_reply(to_client))
            if line.upper().startswith(b"STARTTLS"):
                break
        ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ours.load_cert_chain(self.certificate.certificate, self.certificate.key)
        theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        theirs.check_hostname, theirs.verify_mode = False, ssl.CERT_NONE
        return ours.wrap_socket(client, server_side=True), theirs.wrap_socket(server)


def read_reply(lines):
    reply = b""
    while line := lines.readline():
        reply += line
        if line[3:4] != b"-":
            return reply
    raise OSError


def pump(source, sink, change):
    with contextlib.suppress(OSError, ValueError):
        while data := source.recv(65536):
            sink.sendall(change(data))
    for channel in (source, sink):
        with contextlib.suppress(OSError):
            channel.shutdown(socket.SHUT_RDWR)


def without_starttls(data):
    """The line is gone."""
    return data.replace(b"250-STARTTLS\r\n", b"")


def overwritten(data):
    """As some firewalls do: a word that they do not know becomes X's of the same length."""
    return re.sub(rb"(?m)^(250[- ])STARTTLS", rb"\1XXXXXXXA", data)


def nobody(_=None):
    """A port where nobody listens."""
    return free_port()
