"""A receiver of webhooks on loopback that keeps what it got and answers as it is told."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


class Receiver:
    """What came in, as (headers, body), and the statuses to answer with before 200."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.url = ""


@pytest.fixture
def receiver(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Serve it on a free port that the service may send to."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings.WEBHOOK_HOSTS = ("127.0.0.1",)
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.got.append((dict(self.headers), body))
            self.send_response(kept.answers.pop(0) if kept.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    kept.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the clock: `at("2026-11-23T10:30:00+08:00")`."""
    from tideover.app import clock

    def set_to(moment: str) -> None:
        monkeypatch.setenv("TIDEOVER_NOW", moment)
        clock._set_at.cache_clear()

    set_to("2026-11-23T10:30:00+08:00")
    return set_to
