"""DNS messages by hand (RFC 1035 section 4): enough to answer a question, and to answer it wrongly."""
import struct
from typing import NamedTuple

A, CNAME, SOA, MX, TXT, AAAA = 1, 5, 6, 15, 16, 28
NOERROR, FORMERR, SERVFAIL, NXDOMAIN, REFUSED = 0, 1, 2, 3, 5
RESPONSE, TRUNCATED = 0x8180, 0x0200  # QR RD RA


class Query(NamedTuple):
    id: int
    question: bytes  # as it came: name, type, class
    name: str
    type: int


def name(text):
    labels = [label.encode("latin-1") for label in text.rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def read_query(message):
    at, labels = 12, []
    while message[at]:
        labels.append(message[at + 1:at + 1 + message[at]].decode("latin-1"))
        at += 1 + message[at]
    kind = struct.unpack_from("!H", message, at + 1)[0]
    return Query(struct.unpack_from("!H", message)[0], message[12:at + 5], ".".join(labels), kind)


def strings(*texts):
    """TXT data: each text as one string, or as several of 255 octets."""
    out = b""
    for text in texts:
        text = text.encode("latin-1") if isinstance(text, str) else text
        for start in range(0, len(text) or 1, 255):
            part = text[start:start + 255]
            out += bytes([len(part)]) + part
    return out


def record(kind, data, owner=b"\xc0\x0c", ttl=60, length=None):
    """A record; its owner is the name asked for unless given."""
    return owner + struct.pack("!HHIH", kind, 1, ttl, len(data) if length is None else length) + data


def reply(query, *records, rcode=NOERROR, flags=RESPONSE, **odd):
    """An answer to the query; `odd` overrides id, question, and the counts questions, answers, authorities, additional."""
    header = struct.pack("!6H", odd.get("id", query.id), flags | rcode, odd.get("questions", 1),
                         odd.get("answers", len(records)), odd.get("authorities", 0), odd.get("additional", 0))
    return header + odd.get("question", query.question) + b"".join(records)
