"""A real server, a real browser: the journeys start both and look at what a person would see."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "screenshots"
TIDEOVER = Path(sys.executable).parent / "tideover"
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--lang=zh-CN",
)
#: The journeys play on a Monday morning in Shanghai, so that dates in pictures stay the same.
NOW = "2026-11-23T10:00:00+08:00"
START_SECONDS_MAX = 240

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1440, "height": 900}


@dataclass(frozen=True, slots=True)
class Server:
    """A running service and the folder where it keeps everything."""

    url: str
    home: Path
    pid: int
    environment: dict[str, str]

    def tideover(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a `tideover` command on the data of this server."""
        return subprocess.run(
            [str(TIDEOVER), *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(url: str, process: "subprocess.Popen[bytes] | None" = None) -> None:
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(url, timeout=20):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"{url} did not answer within {START_SECONDS_MAX} s")


@contextmanager
def serving(home: Path, *, port: int = 0, **variables: str) -> Iterator[Server]:
    """Run the demo lender on the data of `home` until the end of the block.

    `variables` are those of the environment that differ from the usual ones.
    """
    port = port or free_port()
    environment = surroundings(home) | variables
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [str(TIDEOVER), "serve", "--demo", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until_it_answers(url, process)
            yield Server(url=url, home=home, pid=process.pid, environment=environment)
        finally:
            process.terminate()
            process.wait(timeout=60)


def surroundings(home: Path) -> dict[str, str]:
    return {**os.environ, "TIDEOVER_HOME": str(home), "TIDEOVER_NOW": NOW, "TIDEOVER_DEMO": "1"}


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo lender as `tideover demo` makes it: its keys and passwords take seconds to make."""
    home = tmp_path_factory.mktemp("demo")
    made = subprocess.run(
        [str(TIDEOVER), "demo"], env=surroundings(home), capture_output=True, text=True,
        timeout=START_SECONDS_MAX, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr[-3000:]
    return home


@pytest.fixture(scope="module")
def server(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a demo lender of the module's own."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(demo_home, home, dirs_exist_ok=True)
    with serving(home) as server:
        yield server


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody in one state: the loan, the number of the case, and a session signed in as them."""

    loan: str
    number: str
    phone: str
    session: str


@dataclass(frozen=True, slots=True)
class Peopled:
    """A running lender with somebody in every state of a request."""

    server: Server
    lives: dict[str, Life]


def lives_in(home: Path, *names: str) -> dict[str, Life]:
    """Make the lives of these names in a home, all of the usual ones without; see lives.py."""
    made = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("lives.py")), *names],
        env=surroundings(home),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-3000:]
    return {name: Life(**life) for name, life in json.loads(made.stdout).items()}


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peopled]:
    home = tmp_path_factory.mktemp("peopled")
    lives = lives_in(home)
    with serving(home) as server:
        yield Peopled(server=server, lives=lives)


@pytest.fixture
def page_of(browser: Browser, peopled: Peopled) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as one of the lives, signed in already."""
    contexts: list[BrowserContext] = []

    def open_page(life: str, size: dict[str, int], *, language: str = "zh-CN", **more: Any) -> Page:
        url = peopled.server.url
        context = browser.new_context(viewport=size, base_url=url, locale=language, **more)
        contexts.append(context)
        if life:
            session = peopled.lives[life].session
            context.add_cookies([{"name": "tideover_session", "value": session, "url": url}])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        pytest.fail("the journeys need Debian's Chromium: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable, args=list(CHROMIUM_FLAGS), headless=True
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of a fresh visitor at a given window size."""
    contexts: list[BrowserContext] = []

    def open_page(size: dict[str, int], *, language: str = "zh-CN") -> Page:
        context = browser.new_context(
            viewport=size, base_url=server.url, locale=language, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def picture() -> Callable[[Page, str], Path]:
    """Return a function that saves the whole page as `screenshots/NAME.png`."""
    PICTURES.mkdir(exist_ok=True)

    def save(page: Page, name: str) -> Path:
        path = PICTURES / f"{name}.png"
        page.screenshot(path=path, full_page=True, animations="disabled")
        return path

    return save
