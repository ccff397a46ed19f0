"""tideover serve: the borrower's portal and the agent's workbench on one port."""

import os
import socket
import sys
from collections.abc import Sequence
from typing import ClassVar

from tideover.cli.arguments import Arguments
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.service import start_service
from tideover.money import Refusal

THREADS = 4


class PortTaken(Refusal):
    """Something else listens on the port."""

    code: ClassVar[str] = "port-taken"

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"{host}:{port} is in use: stop what listens there, or choose another --port",
            f"{host}:{port} 已被占用：请停止占用它的程序，或用 --port 另选端口",
        )


def run(arguments: Sequence[str]) -> int:
    """Bring everything up to date and serve until stopped."""
    parser = Arguments(prog="tideover serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--demo", action="store_true", help="serve the demo lender")
    parser.add_argument("--lang", choices=LANGUAGES)
    given = parser.parse_args(list(arguments))
    _refuse_taken(given.host, given.port)
    start_service(demo=given.demo)
    from tideover.app.home import is_demo

    if is_demo():
        _make_demo(chosen_language(arguments))
    print(f"http://{given.host}:{given.port}/", flush=True)
    _serve(given.host, given.port)
    return 0


def _make_demo(language: str) -> None:
    from tideover.app import clock
    from tideover.app.verbs import demo, loans
    from tideover.cli.demo import sign_in_table

    lender = demo.create(clock.today())
    # The demo's ledger counts to the present day, whatever day it was last served.
    loans.accrue_all(clock.today())
    print(sign_in_table(lender, language=language), flush=True)


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortTaken(host, port) from None


def _serve(host: str, port: int) -> None:
    """Become the server: everything the preparation loaded is given back to the machine."""
    command = [
        sys.executable, "-m", "granian", "tideover.app.wsgi:application",
        "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", "1", "--blocking-threads", str(THREADS),
        "--respawn-failed-workers", "--no-access-log", "--log-level", "warning",
    ]  # fmt: skip
    os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell
