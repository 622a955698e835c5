"""Headless Chromium, and what it fetches. Python without any packages."""
import html.parser
import http.server
import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import zlib

from servers import HOST

# Debian's name first; elsewhere it has others.
PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
         "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
         "--disable-extensions", "--disable-dev-shm-usage", "--hide-scrollbars")
MAKERS = re.compile(r"^\S+ (https?://)?[a-z0-9.-]+\.(google|googleapis|gvt1)\.com[:/]")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def find_browser():
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # the browser went away


class Web:
    """Serves one folder on loopback, and is the browser's proxy, so that nothing leaves this machine: whatever it asks for,
    from wherever, is in `seen`, but for what Chromium asks its makers."""

    def __init__(self, folder):
        self.seen = seen = []

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments):
                super().__init__(*arguments, directory=folder)

            def log_message(self, *_):
                pass

            def translate_path(self, path):
                return super().translate_path(path.removeprefix(f"http://{HOST}:{self.server.server_port}"))

            def parse_request(self):
                done = super().parse_request()
                if not MAKERS.search(self.requestline):
                    seen.append(self.requestline)
                return done

        self.server = Server((HOST, 0), Handler)
        self.address = f"http://{HOST}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Browser:
    def __init__(self, program, web):
        self.program, self.web, self.failure = program, web, ""

    def run(self, url, *options, limit=90):
        """What the browser printed; None when it did not end in time."""
        port = self.web.server.server_port
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            command = [self.program, *QUIET, f"--user-data-dir={profile}", f"--proxy-server={HOST}:{port}",
                       "--proxy-bypass-list=<-loopback>", *options, url]
            environment = {**os.environ, "HOME": profile, "XDG_CONFIG_HOME": profile, "XDG_CACHE_HOME": profile}
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       start_new_session=True, env=environment)
            try:
                out, error = process.communicate(timeout=limit)
                self.failure = error.decode(errors="replace")[-2000:]
                return out.decode(errors="replace") if process.returncode == 0 else None
            except subprocess.TimeoutExpired:
                self.failure = f"no end after {limit} s"
                return None
            finally:
                try:
                    os.killpg(process.pid, signal.SIGKILL)  # our session: the browser and its children
                except ProcessLookupError:
                    pass
                process.wait()

    def dom(self, url, *options):
        """The page after everything in it has run."""
        return self.run(url, "--dump-dom", *options)

    def picture(self, url, file, width, height):
        self.run(url, f"--screenshot={file}", f"--window-size={width},{height}")
        return Picture(file) if os.path.exists(file) else None


class Picture:
    """A PNG file: its size, and how many of its rows are not like the row above."""

    def __init__(self, file):
        with open(file, "rb") as stream:
            octets = stream.read()
        at, packed, self.width, self.height, self.lively = 8, b"", 0, 0, 0
        while at + 8 <= len(octets):
            size, = struct.unpack("!I", octets[at:at + 4])
            kind, body = octets[at + 4:at + 8], octets[at + 8:at + 8 + size]
            if kind == b"IHDR":
                self.width, self.height, depth, colours = struct.unpack("!IIBB", body[:10])
                row = 1 + self.width * depth // 8 * {0: 1, 2: 3, 6: 4}[colours]
            packed += body if kind == b"IDAT" else b""
            at += 12 + size
        pixels = zlib.decompress(packed)
        rows = [pixels[start:start + row] for start in range(0, len(pixels), row)]
        self.lively = sum(len(set(line[1:])) > 8 for line in rows)


class Elements(html.parser.HTMLParser):
    """The elements of a page, and the text of some."""

    def __init__(self, page):
        super().__init__()
        self.names, self.attributes, self.ids, self.classes, self.title, self.words = [], [], [], [], "", []
        self.path = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.names.append(tag)
        self.attributes += attributes
        self.ids += [value for name, value in attributes if name == "id"]
        self.classes += [value for name, value in attributes if name == "class"]
        if tag not in VOID:
            self.path.append(tag)

    def handle_endtag(self, tag):
        while self.path and self.path.pop() != tag:
            pass

    def handle_data(self, data):
        if self.path and self.path[-1] == "title":
            self.title += data
        elif "style" not in self.path:
            self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())
