"""A gigabyte sent to a real server is cut at the limit, soon, with its memory and its disk flat."""

import socket
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

GIGABYTE = 1024**3
CHUNK = bytes(1024 * 1024)
#: What a request may hold, and what the buffers of two sockets and a server may besides.
SENT_MAX = 96 * 1024 * 1024
GROWN_MAX = 64 * 1024 * 1024
SECONDS_MAX = 20

pytestmark = pytest.mark.soak


def resident(pid: int) -> int:
    """Bytes of memory that a process and everything it started have in use."""
    own = Path(f"/proc/{pid}/statm").read_text().split()[1]
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(own) * 4096 + sum(resident(int(child)) for child in children)


def on_the_way() -> int:
    """Bytes of uploads that lie in the folder for files on their way."""
    return sum(path.stat().st_size for path in Path(tempfile.gettempdir()).glob("*.upload*"))


def head(path: str, session: str, *, length: str) -> bytes:
    lines = (
        f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: tideover_session={session}",
        "Content-Type: multipart/form-data; boundary=x", "Accept: application/json", length,
    )  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def flood(address: str, first: bytes, *, framed: bool, watch) -> int:
    """Send a gigabyte until the other side closes or has answered; return how much that was."""
    where = urlsplit(address)
    opening = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    sent = 0
    with socket.create_connection((where.hostname, where.port), timeout=SECONDS_MAX) as line:
        try:
            line.sendall(first + (b"%x\r\n%s\r\n" % (len(opening), opening) if framed else opening))
            while sent < GIGABYTE:
                line.sendall(b"%x\r\n%s\r\n" % (len(CHUNK), CHUNK) if framed else CHUNK)
                sent += len(CHUNK)
                watch()
        except (ConnectionError, TimeoutError):
            pass
    return sent


@pytest.mark.parametrize(
    ("length", "framed"),
    [(f"Content-Length: {GIGABYTE}", False), ("Transfer-Encoding: chunked", True)],
    ids=["with its length", "without"],
)
def test_is_cut_at_the_limit_with_memory_flat(peopled, length: str, framed: bool):
    server, life = peopled.server, peopled.lives["begun"]
    before, disk = resident(server.pid), on_the_way()
    peak = [before, disk]

    def watch() -> None:
        peak[0] = max(peak[0], resident(server.pid))
        peak[1] = max(peak[1], on_the_way())

    began = time.monotonic()
    first = head(f"/apply/{life.number}/evidence/", life.session, length=length)
    sent = flood(server.url, first, framed=framed, watch=watch)
    seconds = time.monotonic() - began

    assert sent < SENT_MAX
    assert peak[0] - before < GROWN_MAX
    assert peak[1] - disk < SENT_MAX
    assert seconds < SECONDS_MAX
