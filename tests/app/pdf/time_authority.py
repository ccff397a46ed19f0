"""An RFC 3161 authority on loopback."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper


class Authority:
    """It stamps as `stamper` does; `answer` replaces what it says."""

    def __init__(self, stamper: TimeStamper) -> None:
        self.stamper, self.answer, self.asked = stamper, b"", 0

        class Handler(BaseHTTPRequestHandler):
            def do_POST(handler) -> None:  # noqa: N805
                self.asked += 1
                body = handler.rfile.read(int(handler.headers["Content-Length"]))
                told = self.answer or self.stamped(body)
                handler.send_response(200)
                handler.send_header("Content-Length", str(len(told)))
                handler.end_headers()
                handler.wfile.write(told)

            def log_message(handler, *_arguments: object) -> None:  # noqa: N805
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/tsa"

    def stamped(self, body: bytes) -> bytes:
        request = tsp.TimeStampReq.load(body)
        return asyncio.run(self.stamper.async_request_tsa_response(request)).dump()


@contextmanager
def answering(stamper: TimeStamper) -> Iterator[Authority]:
    made = Authority(stamper)
    serving = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        serving.join()
        made.server.server_close()
