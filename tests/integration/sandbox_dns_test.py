#!/usr/bin/python3
"""The name server of `relaytool sandbox`: sandbox_dns_test.py PROGRAM SOURCE_FOLDER

What is asked over the network must be what --zone reads from the same file; then clients that mean harm."""
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile

from checks import Checks
from servers import HOST, exchange, prepare_child, read_exactly

COMPANY = ["", "fixed.", "ideal.", "full.", "ten.", "eleven.", "gsuite.", "news.", "crm.", "branch.", "parked.", "www.", "mail.",
           "nothing."]
BIG = "$ORIGIN big.example.\n$TTL 60\n@ SOA ns hostmaster 1 2 3 4 5\n" + "".join(
    f'@ TXT "some-service-{number:03}={"0123456789abcdef" * 12}"\n' for number in range(60)) + '@ TXT "v=spf1 -all"\n'


def query(name, kind=16, number=0x4242):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack("!6H", number, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!2H", kind, 1)


def rcode(answer):
    return answer[3] & 15


def harm(checks, address):
    whole = query("shortstraw.be")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.connect(address)
        for octets in (b"", b"x", whole[:11], b"\xff" * 600, b"\0" * 2000):
            udp.send(octets)
    checks.that(rcode(exchange(address, query("shortstraw.be"))) == 0, "after junk it still answers")
    checks.that(rcode(exchange(address, whole[:-1])) == 1, "half a question is an error of form")
    checks.that(rcode(exchange(address, query("nowhere.test"))) in (3, 5), "a name that is not there")
    checks.that(rcode(exchange(address, query("shortstraw.be", 252), tcp=True)) == 4, "no zone transfer")
    with socket.create_connection(address, timeout=5) as tcp:
        for octet in struct.pack("!H", len(whole)) + whole:  # one at a time, then two queries at once
            tcp.send(bytes([octet]))
        first = read_exactly(tcp, struct.unpack("!H", read_exactly(tcp, 2))[0])
        tcp.sendall((struct.pack("!H", len(whole)) + whole) * 2)
        for _ in range(2):
            checks.that(read_exactly(tcp, struct.unpack("!H", read_exactly(tcp, 2))[0]) == first, "one TCP connection, several queries")
    with socket.create_connection(address, timeout=5) as tcp:
        tcp.sendall(b"\xff\xff" + b"x" * 65535)
        checks.that(not tcp_data(tcp), "a query of 64 kB ends the connection")
    idle = [socket.create_connection(address) for _ in range(60)]
    checks.that(rcode(exchange(address, whole)) == 0, "idle TCP clients do not keep UDP from being answered")
    for channel in idle:
        channel.close()


def tcp_data(channel):
    try:
        return channel.recv(100)
    except OSError:
        return b""


def main():
    program, source = sys.argv[1:3]
    checks = Checks(program)
    zone = os.path.join(source, "examples/zones/shortstraw.be.zone")
    with tempfile.TemporaryDirectory(prefix="relaytool-sandbox-dns-") as folder:
        big = os.path.join(folder, "big.zone")
        with open(big, "w") as file:
            file.write(BIG)
        process = subprocess.Popen([program, "sandbox", "--port", "0", "--json", "--zone", zone, "--zone", big],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, preexec_fn=prepare_child)
        start = json.loads(process.stdout.readline())
        server = start["dns"]
        for prefix in COMPANY:
            for words in (["spf", "check"], ["domain", "check", "--no-https"]):
                ask = [*words, f"{prefix}shortstraw.be", "--json"]
                checks.same(checks.run(*ask, "--nameserver", server), checks.run(*ask, "--zone", zone),
                            f"{' '.join(ask)}: over the network as from the file")
        run = checks.run("spf", "check", "big.example", "--json", "--nameserver", server)
        checks.that(run.json.get("record") == "v=spf1 -all" or b"v=spf1 -all" in run.out, "a large answer comes by TCP", run)
        harm(checks, (HOST, int(server.rpartition(":")[2])))
        process.terminate()
        checks.that(process.wait(10) == 0, "it ends well")
        process.stdout.close()
        checks.that(not os.path.exists(start["ca_file"]), "nothing is left behind")
    checks.finish()


if __name__ == "__main__":
    main()
