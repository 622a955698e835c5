"""Servers for the tests: Debian's nsd with the example zones, and stubs that answer as a test wants. Loopback only."""
import ctypes
import os
import random
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time

HOST = "127.0.0.1"
SKIPPED = 77  # what CTest takes for "not run"


def bind_both(address=HOST, port=0):
    """A UDP and a TCP socket with the same number: `port`, or one that is free in both. Not from the range that the
    system hands out, where a connection of another test could be in the way at any moment."""
    while True:
        udp, tcp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket()
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        number = port or random.randrange(10240, 32000)
        try:
            udp.bind((address, number))
            tcp.bind((address, number))
            return udp, tcp
        except OSError:
            udp.close()
            tcp.close()
            if port:
                raise


def free_port():
    """A port that neither UDP nor TCP uses now."""
    udp, tcp = bind_both()
    with udp, tcp:
        return udp.getsockname()[1]


def exchange(address, message, tcp=False, timeout=5.0):
    """One query, one answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM) as channel:
        channel.settimeout(timeout)
        channel.connect(address)
        if not tcp:
            channel.send(message)
            return channel.recv(65535)
        channel.sendall(struct.pack("!H", len(message)) + message)
        return read_exactly(channel, struct.unpack("!H", read_exactly(channel, 2))[0])


def read_exactly(channel, size):
    data = b""
    while len(data) < size:
        more = channel.recv(size - len(data))
        if not more:
            raise ConnectionError("closed")
        data += more
    return data


def find_nsd():
    return shutil.which("nsd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def prepare_child():
    """The test may be killed; its server must not stay behind."""
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


class Nsd:
    """nsd on a free port: zones is {name: file}. A file that does not exist makes nsd answer SERVFAIL for the zone."""

    def __init__(self, zones, address=HOST, port=None, control=False):
        self.zones, self.address, self.fixed_port, self.control = zones, address, port, control

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="relaytool-nsd-")
        for _ in range(5):  # somebody may take the port first
            self.port = self.fixed_port or free_port()
            self.process = self.start()
            if self.ready():
                return self
            self.stop()
        with open(os.path.join(self.folder.name, "log")) as log:
            text = log.read()
        self.folder.cleanup()
        raise RuntimeError("nsd does not start:\n" + text)

    def start(self):
        conf = os.path.join(self.folder.name, "nsd.conf")
        with open(conf, "w") as file:
            file.write("server:\n" + "".join(f"  {line}\n" for line in (
                f"ip-address: {self.address}@{self.port}", "do-ip6: no", 'username: ""', 'chroot: ""', 'database: ""',
                f'zonesdir: "{self.folder.name}"', f'pidfile: "{self.folder.name}/pid"', f'xfrdir: "{self.folder.name}"',
                f'xfrdfile: "{self.folder.name}/xfrd"', f'zonelistfile: "{self.folder.name}/zones"',
                "ipv4-edns-size: 4096", "server-count: 1", "rrl-ratelimit: 0")))
            file.write("remote-control:\n" + (f'  control-enable: yes\n  control-interface: "{self.folder.name}/control"\n'
                                              if self.control else "  control-enable: no\n"))
            for zone, path in self.zones.items():
                file.write(f'zone:\n  name: {zone}\n  zonefile: "{os.path.abspath(path)}"\n')
        with open(os.path.join(self.folder.name, "log"), "w") as log:
            return subprocess.Popen([find_nsd(), "-d", "-c", conf], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                    start_new_session=True, preexec_fn=prepare_child)

    def ready(self):
        question = struct.pack("!6H", 1, 0, 1, 0, 0, 0) + b"\0" + struct.pack("!HH", 6, 1)
        end = time.monotonic() + 20
        while time.monotonic() < end and self.process.poll() is None:
            try:
                exchange((self.address, self.port), question, timeout=0.2)
                return True
            except OSError:
                time.sleep(0.02)
        return False

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()

    @property
    def name(self):
        return f"{self.address}:{self.port}"


class Stub:
    """Answers as `handler(message, tcp)` says: with the messages of the list that it returns, each in a packet of its
    own or, over TCP, behind its length. `Raw` goes out without a length. None means silence; a number is a pause."""

    class Raw(bytes):
        pass

    def __init__(self, handler, address=HOST, port=0):
        self.handler, self.counts, self.lock = handler, {"udp": 0, "tcp": 0}, threading.Lock()
        self.udp, self.tcp = bind_both(address, port)
        self.udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.tcp.listen(64)
        self.name = "%s:%d" % self.udp.getsockname()
        self.closed = False

    def __enter__(self):
        for work in (self.serve_udp, self.serve_tcp):
            threading.Thread(target=work, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.closed = True
        self.udp.close()
        self.tcp.close()

    def count(self, kind):
        with self.lock:
            self.counts[kind] += 1

    def serve_udp(self):
        while not self.closed:
            try:
                message, sender = self.udp.recvfrom(65535)
            except OSError:
                return
            self.count("udp")
            threading.Thread(target=self.answer, daemon=True,
                             args=(message, False, lambda data: self.udp.sendto(data, sender))).start()

    def serve_tcp(self):
        while not self.closed:
            try:
                channel, _ = self.tcp.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, daemon=True, args=(channel,)).start()

    def talk(self, channel):
        def send(data):
            channel.sendall(data if isinstance(data, Stub.Raw) else struct.pack("!H", len(data)) + data)
        with channel:
            channel.settimeout(30)
            try:
                while not self.closed:
                    message = read_exactly(channel, struct.unpack("!H", read_exactly(channel, 2))[0])
                    self.count("tcp")
                    self.answer(message, True, send)
            except (OSError, ConnectionError):
                pass

    def answer(self, message, tcp, send):
        try:
            for data in self.handler(message, tcp) or []:
                if isinstance(data, (int, float)):
                    time.sleep(data)
                elif data is not None:
                    send(data)
        except OSError:
            pass  # the client has gone


def forward(server, delay=0.0):
    """A handler that asks the server, and is slow about it."""
    def handler(message, tcp):
        start = time.monotonic()
        answer = exchange(server, message, tcp)
        return [max(0.0, delay - (time.monotonic() - start)), answer]
    return handler
