"""The commands of the service as a person types them: processes of their own, a home of their own.

They run on SQLite whatever database the other tests use.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

TIDEOVER = Path(sys.executable).parent / "tideover"
NOW = "2026-11-23T10:00:00+08:00"
START_SECONDS_MAX = 60
RSS_KIB_MAX = 400 * 1024


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TIDEOVER")}
    home = tmp_path_factory.mktemp("home")
    return kept | {"TIDEOVER_HOME": str(home), "TIDEOVER_NOW": NOW, "LANG": "C.UTF-8"}


def tideover(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(TIDEOVER), *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def made(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a home in which the demo was made."""
    result = tideover(environment, "demo")
    assert result.returncode == 0, result.stderr
    return environment


class TestDemo:
    def test_it_says_how_to_sign_in_each_time(self, made: dict[str, str]) -> None:
        again = tideover(made, "demo", "--lang", "zh")

        assert again.returncode == 0
        for shown in ("10000000001", "演示·林晓", "agent", "demo-finance-password"):
            assert shown in again.stdout

    def test_it_writes_the_bank_file(self, made: dict[str, str], tmp_path: Path) -> None:
        path = tmp_path / "bank.csv"
        assert tideover(made, "demo", "--bank-file", str(path)).returncode == 0

        assert "CARD-200001" in path.read_text(encoding="utf-8-sig")


class TestVerify:
    def test_the_books_and_the_log_of_the_demo_hold(self, made: dict[str, str]) -> None:
        books, chain = tideover(made, "ledger", "verify"), tideover(made, "audit", "verify")

        assert (books.returncode, chain.returncode) == (0, 0)
        assert "7 loans" in books.stdout
        assert "the books agree" in books.stdout
        assert "the log is whole" in chain.stdout

    def test_a_home_without_secrets_is_refused_by_name(self, tmp_path: Path) -> None:
        bare = {"PATH": os.environ["PATH"], "TIDEOVER_HOME": str(tmp_path)}
        refused = tideover(bare, "ledger", "verify")

        assert refused.returncode == 2
        assert "TIDEOVER_SECRET_KEY is not set" in refused.stderr
        assert "Traceback" not in refused.stderr


class TestTape:
    def test_problems_are_listed_with_file_and_line(
        self, made: dict[str, str], tmp_path: Path
    ) -> None:
        home = Path(made["TIDEOVER_HOME"])
        loans, payments = tmp_path / "loans.csv", tmp_path / "payments.csv"
        text = (home / "demo" / "loans.csv").read_text(encoding="utf-8")
        loans.write_text(text.replace("0.0004", "0.04", 1), encoding="utf-8")
        payments.write_text("loan_reference,payment_reference,paid_on,amount\n\n", encoding="utf-8")

        refused = tideover(made, "tape", "check", str(loans), str(payments))

        assert refused.returncode == 2
        assert "loans.csv:2 daily_rate" in refused.stderr
        assert "payments.csv:2: the line is empty" in refused.stderr
        # The other loans are here already, with these very terms, and would stay as they are.
        assert "loans.csv:3" not in refused.stderr

    def test_a_file_that_is_not_there_is_one_sentence(self, made: dict[str, str]) -> None:
        refused = tideover(made, "tape", "load", "/no/such.csv", "/no/such.csv")

        assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def serve(environment: dict[str, str], port: int) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [str(TIDEOVER), "serve", "--demo", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + START_SECONDS_MAX
    while not answers(port):
        assert process.poll() is None, "the server ended before it answered"
        assert time.monotonic() < deadline, f"no answer within {START_SECONDS_MAX} s"
        time.sleep(0.2)
    return process


def rss_kib(pid: int) -> int:
    """Resident memory of a process and its children."""
    own = Path(f"/proc/{pid}/status").read_text(encoding="ascii").split("VmRSS:")[1].split()[0]
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return int(own) + sum(rss_kib(int(child)) for child in children)


class TestServe:
    def test_it_answers_is_killed_and_answers_again_with_the_same_books(
        self, made: dict[str, str]
    ) -> None:
        port = free_port()
        first = serve(made, port)
        used = rss_kib(first.pid)
        # Killed, not asked: nothing gets a chance to tidy up.
        for child in Path(f"/proc/{first.pid}/task/{first.pid}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
        first.kill()
        first.wait(timeout=20)
        again = serve(made, port)
        again.terminate()

        assert again.wait(timeout=20) is not None
        assert used < RSS_KIB_MAX
        assert tideover(made, "ledger", "verify").returncode == 0
        assert tideover(made, "audit", "verify").returncode == 0

    def test_a_port_in_use_is_refused_by_name(self, made: dict[str, str]) -> None:
        with closing(socket.socket()) as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            refused = tideover(made, "serve", "--demo", "--port", str(port))

        assert refused.returncode == 2
        assert f"127.0.0.1:{port} is in use" in refused.stderr
