"""The service as a person meets it: start, pages, memory. Loopback only, one client."""

import http.cookiejar
import re
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

from bench._serving import family, start, stop
from bench._table import Measured, print_measured

ROUNDS = 40
PAGES = ("/", "/loans/", "/loans/WLD-100001/", "/official/")
DESK_PAGES = ("/desk/", "/desk/approvals/")


class Visitor:
    """A browser without a screen: cookies, forms, and how long an answer took."""

    def __init__(self, base: str) -> None:
        self.base = base
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(self, path: str) -> str:
        """Return the page at `path`."""
        with self.opener.open(f"{self.base}{path}", timeout=20) as answer:
            return str(answer.read().decode())

    def send(self, path: str, **fields: str) -> str:
        """Fill in the form of `path` and return the page that follows."""
        page = self.get(path)
        hidden = {
            name: re.search(rf'name="{name}" value="([^"]*)"', page)
            for name in ("csrfmiddlewaretoken", "key", "next")
        }
        values = {name: match[1] for name, match in hidden.items() if match} | fields
        body = urllib.parse.urlencode(values).encode()
        request = urllib.request.Request(
            f"{self.base}{path}", data=body, headers={"Referer": f"{self.base}{path}"}
        )
        with self.opener.open(request, timeout=20) as answer:
            return str(answer.read().decode())

    def median_ms(self, path: str) -> float:
        """Return the median time of the page, over many askings."""
        times = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            self.get(path)
            times.append(time.perf_counter() - started)
        return sorted(times)[ROUNDS // 2] * 1000


def run() -> bool:
    """Start the demo lender twice, time its pages, and print the table."""
    with tempfile.TemporaryDirectory() as home:
        first, process, base = start(home)
        stop(process)
        again, process, base = start(home)
        try:
            rows = _pages(base)
            memory = _memory_mb(process.pid)
        finally:
            stop(process)
    rows += [
        Measured("start with a new demo lender", first, "s"),
        Measured("start again", again, "s", goal=10),
        Measured("memory of the server", memory, "MB", goal=400),
    ]
    return print_measured("service (SQLite, one process)", rows)


def _pages(base: str) -> list[Measured]:
    borrower, agent = Visitor(base), Visitor(base)
    borrower.send("/sign-in/", phone="10000000001")
    code = re.search(r"(?<!\d)(\d{6})(?!\d)", re.sub(r"<[^>]+>", " ", borrower.get("/outbox/")))
    if code is None:
        raise SystemExit("the demo outbox shows no code")
    borrower.send("/sign-in/code/", code=code[1])
    agent.send("/desk/sign-in/", login="agent", password="demo-agent-password")
    shown = re.search(r"(?<!\d)(\d{6})(?!\d)", agent.get("/desk/sign-in/code/"))
    if shown is None:
        raise SystemExit("the demo shows no code of the agent's app")
    agent.send("/desk/sign-in/code/", code=shown[1])
    timed = [(borrower, path) for path in PAGES] + [(agent, path) for path in DESK_PAGES]
    return [Measured(f"p50 {path}", who.median_ms(path), "ms", goal=150) for who, path in timed]


def _memory_mb(pid: int) -> float:
    """The resident memory of the server and its workers."""
    listed = subprocess.run(
        ["ps", "-o", "rss=", "-p", ",".join(map(str, family(pid)))],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return sum(map(int, listed.stdout.split())) / 1024
