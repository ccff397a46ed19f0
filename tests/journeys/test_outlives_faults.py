"""Acceptance checks 10, 13 and 14: too late, struck down while signing, and kept to afterwards.

One lender, and three servers after each other on its data, minutes apart around the midnight on
which its offers end. The first two are struck down by kill -9 in the middle of a signature: before
the moment that decides it, and after.
"""

import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from papers_read import lines_of
from people import Picture, newest_code, sign_in_staff
from playwright.sync_api import Browser, BrowserContext, Page

from conftest import PHONE, Life, Server, lives_in, serving, wait_until_it_answers
from tideover.money import CNY, Money

pytestmark = pytest.mark.browser
NAMES = ("struck", "withdrawn", "withdrawn-too", "too-late", "too-late-too", "in-time",
         "back-dated", "short-by-a-fen")  # fmt: skip
#: Whoever is called too reads English.
WITHDRAWN = (("withdrawn", "已经收回"), ("withdrawn-too", "has been taken back"))
TOO_LATE = (("too-late", "仍然有效"), ("too-late-too", "still count"))
DESKTOP = {"width": 1440, "height": 900}


def port_to_keep() -> int:
    """A free port that no outgoing connection takes while one server ends and the next begins."""
    return next(port for port in range(20_000 + os.getpid() % 5_000, 32_000) if is_free(port))


def is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@dataclass(slots=True)
class Place:
    """The data of a lender, and windows that outlive its servers."""

    home: Path
    lives: dict[str, Life]
    last_day: date
    browser: Browser
    port: int = field(default_factory=port_to_keep)
    windows: dict[str, BrowserContext] = field(default_factory=dict)

    def serving(self, moment: str, **variables: str) -> Iterator[Server]:
        """A server at that moment; the same address every time."""
        now = f"{moment}+08:00"
        return serving(self.home, port=self.port, TIDEOVER_NOW=now, **variables)

    def page(self, name: str) -> Page:
        """A page in the window of a borrower, signed in, or of staff, not signed in yet."""
        url = f"http://127.0.0.1:{self.port}"
        if name not in self.windows:
            life = self.lives.get(name)
            context = self.browser.new_context(
                viewport=PHONE if life else DESKTOP, base_url=url, accept_downloads=True,
                locale="en-GB" if name.endswith("-too") else "zh-CN",
            )  # fmt: skip
            context.set_default_timeout(20_000)
            if life:
                cookie = {"name": "tideover_session", "value": life.session, "url": url}
                context.add_cookies([cookie])
            self.windows[name] = context
        return self.windows[name].new_page()


@pytest.fixture(scope="module")
def place(browser: Browser, tmp_path_factory) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("outlives")
    lives = lives_in(home, *NAMES)
    database = sqlite3.connect(home / "tideover.sqlite3")
    (last,) = database.execute("SELECT max(open_until) FROM db_offerround").fetchone()
    database.close()
    place = Place(home, lives, date.fromisoformat(last), browser)
    yield place
    for context in place.windows.values():
        context.close()


def sign_and_lose_the_server(page: Page, number: str, server: Server) -> None:
    """Ask for a code, type it in and sign; the server does not live to answer."""
    page.goto(f"/cases/{number}/sign/")
    page.click("button[value=send]")
    page.fill("input[name=code]", newest_code(page))
    page.check("form input[type=checkbox]")
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        page.click("button[value=sign]")
    wait_until_it_answers(server.url)


def books_agree(server: Server) -> bool:
    return all(server.tideover(room, "verify").returncode == 0 for room in ("ledger", "audit"))


def withdraw(server: Server, number: str) -> None:
    """The agent takes the offers back, save one."""
    program = Path(__file__).with_name("replacing.py")
    done = subprocess.run(
        [sys.executable, str(program), number],
        env=server.environment | {"TIDEOVER_CRASH": ""},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


def open_offer(place: Place, name: str) -> Page:
    page = place.page(name)
    page.goto(f"/cases/{place.lives[name].number}/offers/")
    page.locator("article.offer-card a.button-block").first.click()
    return page


def lines_of_the_bank(place: Place) -> str:
    """What two plans owed by now, on its due dates; the last line of one a fen short.

    The amounts are those of a third plan on the same loan, which was paid in time.
    """
    today = place.last_day.isoformat()
    dues = [(day, amount) for day, amount in lines_of(plan_of(place, "in-time")) if day <= today]
    day, amount = dues[-1]
    paid = {"back-dated": dues, "short-by-a-fen": [*dues[:-1], (day, amount - Money(1, CNY))]}
    lines = [
        f"{name}-{day},{day},{amount.text},{place.lives[name].loan}"
        for name, amounts in paid.items()
        for day, amount in amounts
    ]
    return "\n".join(["bank_reference,paid_on,amount,loan_reference", *lines]) + "\n"


def plan_of(place: Place, name: str) -> str:
    page = place.page(name)
    page.goto(f"/plans/{place.lives[name].loan}/")
    return page.inner_text("main")


@pytest.fixture(scope="module")
def after_midnight(place: Place) -> Iterator[Server]:
    with place.serving(f"{place.last_day + timedelta(days=1)}T00:00:01") as server:
        yield server


class TestOutlivesFaults:
    """The steps follow each other: later ones begin where the earlier ones ended."""

    def test_1_struck_down_before_it_is_signed_it_says_unsigned(self, place, picture: Picture):
        life = place.lives["struck"]
        armed = {"TIDEOVER_CRASH": "sign.booked:kill"}
        with place.serving(f"{place.last_day}T23:40:00", **armed) as server:
            page = place.page("struck")
            sign_and_lose_the_server(page, life.number, server)
            page.goto(f"/cases/{life.number}/agreement/")
            told = page.inner_text("main")
            picture(page, "struck-before")

            assert "已于" not in told
            assert page.locator(f"a[href='/cases/{life.number}/sign/']").count() == 1

    def test_2_struck_down_after_it_is_signed_it_says_signed(self, place, picture: Picture):
        life = place.lives["struck"]
        armed = {"TIDEOVER_CRASH": "signing.sign.kept:kill"}
        with place.serving(f"{place.last_day}T23:50:00", **armed) as server:
            late = [open_offer(place, name) for name, _said in TOO_LATE]
            gone = {name: open_offer(place, name) for name, _said in WITHDRAWN}
            page = place.page("struck")
            sign_and_lose_the_server(page, life.number, server)
            page.goto(f"/cases/{life.number}/agreement/")
            picture(page, "struck-after")

            assert "已于" in page.inner_text("main")
            paper = place.home / "signed.pdf"
            paper.write_bytes(page.request.get(f"/cases/{life.number}/agreement.pdf").body())
            assert server.tideover("agreement", "verify", str(paper)).returncode == 0
            assert books_agree(server)

            for name, said in WITHDRAWN:
                number = place.lives[name].number
                withdraw(server, number)
                gone[name].click("button[data-once]")
                gone[name].wait_for_url(f"**/cases/{number}/offers/")
                picture(gone[name], f"offer-{name}")
                assert said in gone[name].inner_text("main")
                assert gone[name].locator("article.offer-card").count() == 1
        assert all(page.locator("button[data-once]").is_visible() for page in late)

    def test_3_a_second_after_the_last_day_nothing_is_accepted(
        self, place, after_midnight: Server, picture: Picture
    ):
        for name, said in TOO_LATE:
            page = place.windows[name].pages[0]
            page.click("button[data-once]")
            page.locator(".error-summary").wait_for()
            picture(page, f"offer-{name}")

            assert said in page.inner_text("main")
            page.goto(f"/cases/{place.lives[name].number}/copy/")
            assert "零工" in page.inner_text("main")

    def test_4_a_plan_is_kept_to_through_the_close_of_the_day(
        self, place, after_midnight: Server, picture: Picture
    ):
        """All days are closed first, so what finance books now is back-dated into closed ones."""
        server = after_midnight
        assert server.tideover("day", "close", "--on", str(place.last_day)).returncode == 0
        bank_file = place.home / "bank.csv"
        bank_file.write_text(lines_of_the_bank(place), encoding="utf-8")
        finance = place.page("finance")
        sign_in_staff(finance, "finance")
        finance.goto("/desk/payments/")
        finance.set_input_files("input[type=file]", bank_file)
        finance.click("button[value=preview]")
        finance.locator("button[value=book]").wait_for()
        picture(finance, "bank-preview")
        preview = finance.inner_text("main")
        finance.click("button[value=book]")
        closed = server.tideover("day", "close", "--json")
        assert closed.returncode == 0, closed.stderr

        loan, late = place.lives["short-by-a-fen"].loan, place.lives["back-dated"].loan
        # What will change is shown before it is booked: past due before and after.
        assert re.search(rf"{late}\s+逾期金额 ¥[\d,.]+ → ¥0\.00\s+第 1 期还清", preview)
        assert re.search(rf"{loan}\s+逾期金额 ¥[\d,.]+ → ¥0\.01\s+第 1 期还 ", preview)
        told = {name: plan_of(place, name) for name in ("in-time", "back-dated", "short-by-a-fen")}
        # Booked late and dated back it is as if it had been booked in time.
        assert told["back-dated"] == told["in-time"]
        # A fen short is a part payment: no fee, no penalty, no chase, and nothing bad is reported.
        short = place.windows["short-by-a-fen"].pages[-1]
        picture(short, "plan-a-fen-short")
        assert "还款已收到，还差一点" in told["short-by-a-fen"]
        assert "罚息" not in told["short-by-a-fen"]
        short.goto("/notices/")
        assert "收到了一部分还款" in short.inner_text("main")
        assert "还没有收到" not in short.inner_text("main")
        short.goto(f"/loans/{loan}/record/")
        picture(short, "record-a-fen-short")
        assert re.search(r"2026年11月\s+N", short.inner_text("main"))
        short.context.add_cookies([{"name": "django_language", "value": "en", "url": server.url}])
        short.reload()
        assert re.search(r"November 2026\s+N", short.inner_text("main"))
        assert "a small rest is open" in plan_of(place, "short-by-a-fen")
        assert books_agree(server)
