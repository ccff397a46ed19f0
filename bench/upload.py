"""A large photograph sent to the running service: how long until it is acknowledged as received.

The whole request is timed on loopback, as it is sent without a script and in parts as the script
of the page sends it. The file is looked into and stored before the answer; reading it comes later,
by the worker.
"""

import re
import tempfile
import time
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from bench._serving import Served, peopled
from bench._table import Measured, print_measured

ACKNOWLEDGED_MS_MAX = 300
ROUNDS = 9
PART = 256 * 1024
#: 12 and 24 megapixels with their usual grain: about 8 and 12 MB.
PHOTOGRAPHS = ((4_000, 3_000, 98), (6_000, 4_000, 95))


def run() -> bool:
    """Send each photograph several times, whole and in parts, and print the medians."""
    with tempfile.TemporaryDirectory() as home, peopled(home) as served:
        sender = _Sender(served, served.lives["begun"])
        rows = [row for size in PHOTOGRAPHS for row in _rows(sender, size)]
    return print_measured("an upload acknowledged (SQLite, one process)", rows)


def _rows(sender: "_Sender", size: tuple[int, int, int]) -> Iterator[Measured]:
    width, height, quality = size
    photo = _photograph(width, height, quality=quality)
    what = f"{width * height // 1_000_000} megapixels, {len(photo) / 1e6:.1f} MB"
    sender.whole(photo)  # what is loaded once is loaded
    for way, send in (("whole", sender.whole), ("its last part", sender.last_part)):
        sent = [send(photo + Random(at).randbytes(16)) for at in range(ROUNDS)]
        yield Measured(f"{what}: {way}", _median(sent), "ms", ACKNOWLEDGED_MS_MAX)
        yield Measured("  of it processor time", sender.processor_ms(), "ms")


class _Sender:
    """Somebody who adds documents to a request and takes each back, so that there is room."""

    def __init__(self, served: Served, life: dict[str, Any]) -> None:
        self.served = served
        self.line = HTTPConnection(urlsplit(served.base).netloc)
        self.path = f"/apply/{life['number']}/evidence/"
        self.cookies = f"tideover_session={life['session']}"
        self.need = _found(r'name="need" value="([^"]+)"', self._get())
        self.used: list[float] = []

    def whole(self, content: bytes) -> float:
        """Milliseconds until the whole file, sent at once, is received."""
        return self._kept(*self._send(content, key=uuid.uuid4().hex))

    def last_part(self, content: bytes) -> float:
        """Milliseconds of the part after which the file is received."""
        key, size = uuid.uuid4().hex, len(content)
        told = 0.0, 0.0, ""
        for at in range(0, size, PART):
            place = {"size": str(size), "at": str(at)}
            told = self._send(content[at : at + PART], key=key, **place)
        return self._kept(*told)

    def processor_ms(self) -> float:
        """Processor time that each of the files asked of the server; forgets them."""
        used, self.used = self.used, []
        return sum(used) / len(used) * 1000

    def _kept(self, milliseconds: float, used: float, answer: str) -> float:
        """Take the file back, since there is only so much room."""
        if '"received"' not in answer:
            raise SystemExit(f"the photograph was not received: {answer[:200]}")
        self.used.append(used)
        removal = _found(r'action="([^"]+/remove/)"', self._get())
        self._post(removal, {"csrfmiddlewaretoken": self.token, "key": uuid.uuid4().hex})
        return milliseconds

    def _get(self) -> str:
        self.line.request("GET", self.path, headers={"Cookie": self.cookies})
        answer = self.line.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            if cookie.startswith("tideover_csrf="):
                self.cookies += "; " + cookie.partition(";")[0]
        self.token = _found(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        return page

    def _send(self, content: bytes, **fields: str) -> tuple[float, float, str]:
        """Milliseconds waited, seconds of the server's processors, and the answer."""
        values = {"csrfmiddlewaretoken": self.token, "need": self.need} | fields
        before, started = self.served.processor_seconds(), time.perf_counter()
        answer = self._post(self.path, values, content)
        waited = (time.perf_counter() - started) * 1000
        return waited, self.served.processor_seconds() - before, answer

    def _post(self, path: str, fields: dict[str, str], content: bytes | None = None) -> str:
        edge = "----bench"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        if content is not None:
            head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
            parts += [head.encode(), b"Content-Type: image/jpeg\r\n\r\n", content, b"\r\n"]
        body = b"".join([*parts, f"--{edge}--\r\n".encode()])
        headers = {
            "Cookie": self.cookies, "Accept": "application/json",
            "Content-Type": f"multipart/form-data; boundary={edge}",
        }  # fmt: skip
        self.line.request("POST", path, body, headers)
        return self.line.getresponse().read().decode()


def _photograph(width: int, height: int, *, quality: int) -> bytes:
    """A picture with the grain of a small sensor, which is what a JPEG spends its bytes on."""
    small = Image.effect_noise((width // 4, height // 4), 60)
    grain = Image.effect_noise((width, height), 9)
    picture = Image.blend(small.resize((width, height)), grain, 0.5)
    held = BytesIO()
    picture.convert("RGB").save(held, "JPEG", quality=quality)
    return held.getvalue()


def _median(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise SystemExit(f"the page has nothing like {pattern}")
    return match[1]
