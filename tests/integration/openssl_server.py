"""`openssl s_server` as a mail server with TLS from the first octet: it greets, knows EHLO and QUIT, one client at a time."""
import subprocess
import threading

from servers import HOST, free_port, prepare_child


class OpensslServer:
    """`words` are more options of s_server."""

    def __init__(self, certificate, *words):
        self.certificate, self.words = certificate, words

    def __enter__(self):
        self.port = free_port()
        self.process = subprocess.Popen(
            ["openssl", "s_server", "-accept", f"{HOST}:{self.port}", "-cert", self.certificate.certificate,
             "-cert_chain", self.certificate.certificate, "-key", self.certificate.key, *self.words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, preexec_fn=prepare_child)
        ready = threading.Event()
        threading.Thread(target=self.converse, args=(ready,), daemon=True).start()
        if not ready.wait(20):
            raise RuntimeError("openssl s_server does not start")
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def converse(self, ready):
        """What clients say comes out between its own lines; what goes in goes to the client of the moment."""
        for line in self.process.stdout:
            if line.startswith(b"ACCEPT"):
                ready.set()
            for word, reply in ((b"CIPHER is", b"220 s_server.test ESMTP\r\n"), (b"EHLO", b"250 s_server.test\r\n"),
                                (b"QUIT", b"221 bye\r\n")):
                if line.startswith(word):
                    try:
                        self.process.stdin.write(reply)
                    except OSError:
                        return
