"""A local stand-in for WeChat's platform: real HTTP on the loopback, the public format."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PICTURE = b"\x89PNG\r\n\x1a\n-not-really"


class StandIn:
    """What the platform was asked, and what it answers next; errors are taken from `errors`."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.tokens = 0
        self.errors: list[int] = []
        self.media = (PICTURE, "image/png")
        self.expires_in = 7200

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def answer(self, path: str, query: dict[str, str], body: dict[str, Any]) -> tuple[bytes, str]:
        self.asked.append((path, {**query, **body}))
        if path == "/cgi-bin/stable_token":
            if body["secret"] != "the-secret":
                return _json({"errcode": 40125, "errmsg": "invalid appsecret"})
            self.tokens += 1
            return _json({"access_token": f"token-{self.tokens}", "expires_in": self.expires_in})
        if query.get("access_token") != f"token-{self.tokens}":
            return _json({"errcode": 40001, "errmsg": "invalid credential"})
        if self.errors:
            return _json({"errcode": self.errors.pop(0), "errmsg": "as told"})
        if path == "/cgi-bin/media/get":
            return self.media
        return _json({"errcode": 0, "errmsg": "ok", "msgid": 200_228_332})


def _json(record: dict[str, Any]) -> tuple[bytes, str]:
    return json.dumps(record).encode(), "application/json; encoding=utf-8"


@contextmanager
def platform() -> Iterator[StandIn]:
    """The stand-in, answering on a free port of the loopback."""
    told = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length) or b"{}")
            content, kind = told.answer(url.path, query, body)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            if "image" in kind:
                self.send_header("Content-disposition", 'attachment; filename="MEDIA.png"')
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _answer  # noqa: N815 - names of the library

        def log_message(self, *_told: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
