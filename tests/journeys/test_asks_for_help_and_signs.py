"""The whole promise on the screen: from "I can't pay" to a signed plan that the ledger follows."""

import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from papers_read import amounts, found, row_of, text_of
from people import (
    LOAN,
    OTHER_PHONE_NUMBER,
    Application,
    Picture,
    certificate,
    newest_code,
    sign_in_by_phone,
    sign_in_staff,
)
from playwright.sync_api import Page

from tideover.money import CNY, Money, total

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
#: Pages of the case, the loan and the plan, none of them a stranger's.
CLOSED = (
    f"/loans/{LOAN}/", f"/plans/{LOAN}/", "/apply/{number}/", "/cases/{number}/",
    "/cases/{number}/offers/", "/cases/{number}/agreement/", "/cases/{number}/agreement.pdf",
    "/cases/{number}/sign/", "/desk/cases/{number}/",
)  # fmt: skip
TRIES = "SELECT count(*) FROM db_logevent WHERE kind = 'access.refused'"

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Stated:
    """How the agreement states in one language what its plan is computed from."""

    language: str
    earliest_due: str
    day: str
    principal: str
    daily_rate: str
    instalments: str


CHINESE = Stated(
    language="zh-hans",
    earliest_due=r"第一个还款日为(\d{4}年\d+月\d+日)", day="%Y年%m月%d日",
    principal=r"本金 ¥([\d,.]+\d)", daily_rate=r"日利率 ([\d.]+%)", instalments=r"× (\d+) 期",
)  # fmt: skip
ENGLISH = Stated(
    language="en",
    earliest_due=r"earliest due date is \w+ (\d+ \w+ \d{4})", day="%d %B %Y",
    principal=r"principal of ¥([\d,.]+\d)", daily_rate=r"([\d.]+%) a day",
    instalments=r"is paid in (\d+) instalments",
)  # fmt: skip


@dataclass(slots=True)
class Story:
    """What one step of the journey tells the next."""

    borrower: Page
    agent: Page
    number: str = ""
    payment: str = ""
    pdf: bytes = b""


@pytest.fixture(scope="module")
def story(browser, server):
    phone = browser.new_context(viewport=PHONE, base_url=server.url, locale="zh-CN")
    desk = browser.new_context(viewport=DESKTOP, base_url=server.url, locale="zh-CN")
    for context in (phone, desk):
        context.set_default_timeout(10_000)
    yield Story(borrower=phone.new_page(), agent=desk.new_page())
    phone.close()
    desk.close()


@pytest.mark.xdist_group("story")
class TestAsksForHelpAndSigns:
    def test_1_a_borrower_applies_on_a_phone(self, story: Story, picture: Picture, tmp_path: Path):
        page = story.borrower
        page.goto("/")
        picture(page, "portal-start")
        sign_in_by_phone(page)
        application = Application(page, picture)

        story.number = application.open()
        application.say_what_happened(story.number)
        application.say_what_comes_in(story.number)
        application.say_what_goes_out(story.number)
        application.say_what_would_help(story.number)
        application.show_a_paper(story.number, certificate(tmp_path / "certificate.jpg"))
        application.send(story.number)

        assert story.number in page.inner_text("main")

    def test_2_an_agent_finds_offers_and_an_approver_decides(self, story: Story, picture: Picture):
        page = story.agent
        sign_in_staff(page, "agent")
        page.goto("/desk/?view=unclaimed")
        picture(page, "desk-queue")
        page.goto(f"/desk/cases/{story.number}/")
        page.click("form[action$='/claim/'] button")
        page.goto(f"/desk/cases/{story.number}/?tab=evidence")
        page.check("input[name=outcome][value=clear]")
        picture(page, "desk-evidence")
        page.click("#mark button.button")
        page.goto(f"/desk/cases/{story.number}/?tab=budget")
        picture(page, "desk-budget")
        page.goto(f"/desk/cases/{story.number}/?tab=offers")
        picture(page, "desk-offers-before")
        page.click(".desk-empty form button")
        for box in page.locator("input[name=offer]").all():
            box.check()
        picture(page, "desk-offers")
        page.click(".studio-send button")

        sign_in_staff_again(page, "approver")
        page.goto("/desk/approvals/")
        picture(page, "desk-approvals")
        page.click(f"form[action='/desk/cases/{story.number}/approve/'] button")

        assert page.locator(f"#{story.number}").count() == 0

    def test_3_the_borrower_compares_reads_and_signs(self, story: Story, picture: Picture, server):
        page = story.borrower
        page.goto(f"/cases/{story.number}/offers/")
        picture(page, "portal-offers")
        cards = page.locator("article.offer-card")
        assert 1 <= cards.count() <= 3
        story.payment = amounts(cards.first.locator(".big-number").inner_text())[0]
        cards.first.locator("a.button-block").click()
        picture(page, "portal-offer")
        page.click("button[data-once]")
        page.wait_for_url("**/agreement/")
        picture(page, "portal-agreement")
        assert story.payment in page.inner_text(".card-featured")
        link = page.locator("a.button-block[data-wait]")
        assert link.get_attribute("aria-disabled") == "true"
        page.goto(f"/cases/{story.number}/sign/")
        page.click("button[value=send]")
        assert "秒后签署" in page.inner_text(".error-summary")
        page.goto(f"/cases/{story.number}/agreement/")
        page.locator("a.button-block:not([aria-disabled])[href$='/sign/']").click(timeout=40_000)
        page.click("button[value=send]")
        page.fill("input[name=code]", "000000")
        page.check("form input[type=checkbox]")
        page.click("button[value=sign]")
        assert page.locator(".error-summary").is_visible()
        picture(page, "portal-sign-wrong-code")
        page.fill("input[name=code]", newest_code(page))
        if not page.is_checked("form input[type=checkbox]"):
            page.check("form input[type=checkbox]")
        page.click("button[value=sign]")
        page.wait_for_url(re.compile(r"/(agreement|cases/[^/]+|plans/[^/]+)/$"))
        page.goto(f"/cases/{story.number}/agreement/")
        picture(page, "portal-signed")

        story.pdf = page.request.get(f"/cases/{story.number}/agreement.pdf").body()
        paper = server.home / "agreement.pdf"
        paper.write_bytes(story.pdf)
        assert server.tideover("agreement", "verify", str(paper)).returncode == 0
        changed = bytearray(story.pdf)
        changed[len(changed) // 2] ^= 1
        paper.write_bytes(bytes(changed))
        assert server.tideover("agreement", "verify", str(paper)).returncode != 0

    def test_4_finance_books_a_payment_and_the_plan_shows_it(
        self, story: Story, picture: Picture, server
    ):
        bank_file = server.home / "bank.csv"
        written = server.tideover("demo", "--bank-file", str(bank_file))
        assert written.returncode == 0, written.stderr
        page = story.agent
        sign_in_staff_again(page, "finance")
        page.goto("/desk/payments/")
        page.set_input_files("input[type=file]", bank_file)
        page.click("button[value=preview]")
        picture(page, "desk-payments-preview")
        page.click("button[value=book]")
        picture(page, "desk-payments-booked")

        story.borrower.goto(f"/plans/{LOAN}/")
        picture(story.borrower, "portal-plan")

        assert server.tideover("ledger", "verify").returncode == 0
        assert server.tideover("audit", "verify").returncode == 0

    @pytest.mark.parametrize("stated", [CHINESE, ENGLISH], ids=lambda stated: stated.language)
    def test_5_every_figure_is_the_same_everywhere(self, story: Story, server, stated: Stated):
        """Card = key facts = PDF = plan, and principal and interest = `tideover schedule`."""
        page = story.borrower
        cookie = {"name": "django_language", "value": stated.language, "url": server.url}
        page.context.add_cookies([cookie])
        page.goto(f"/cases/{story.number}/agreement/")
        agreement = page.inner_text("main")
        page.goto(f"/plans/{LOAN}/")
        plan = page.inner_text("main")
        paper = text_of(story.pdf)

        computed = schedule_of(agreement, stated, server)

        instalments = re.findall(r"\d{4}-\d{2}-\d{2}\s+¥([\d,.]+)", plan)
        assert len(instalments) == len(computed["lines"])
        assert instalments[0] == story.payment
        for line, instalment in zip(computed["lines"], instalments, strict=True):
            row = row_of(line["number"], paper)
            assert row["principal"] == Money.parse(line["principal"], CNY)
            assert row["interest"] - row["carried"] == Money.parse(line["interest"], CNY)
            assert row["instalment"] == Money.parse(instalment, CNY)
            assert row["closing_balance"] == Money.parse(line["closing_balance"], CNY)
        owed = total((Money.parse(instalment, CNY) for instalment in instalments), CNY)
        assert owed.display in agreement
        assert owed.display in paper

    def test_6_somebody_elses_case_does_not_exist(
        self, story: Story, new_page: Callable[..., Page], server
    ):
        stranger = new_page(PHONE)
        sign_in_by_phone(stranger, OTHER_PHONE_NUMBER)

        for path in (one.format(number=story.number) for one in CLOSED):
            assert stranger.request.get(path).status == 404, path
        for language, said in (("zh-hans", "没有找到这个页面"), ("en", "This page is not here")):
            cookie = {"name": "django_language", "value": language, "url": server.url}
            stranger.context.add_cookies([cookie])
            stranger.goto(f"/cases/{story.number}/offers/")
            assert stranger.inner_text("h1") == said
        # Every try to see the case is in the audit log.
        told = sqlite3.connect(server.home / "tideover.sqlite3")
        (tries,) = told.execute(TRIES).fetchone()
        told.close()
        assert tries >= len(CLOSED) + 1  # the desk's own door is shut before the case is looked for


def sign_in_staff_again(page: Page, login: str) -> None:
    page.context.clear_cookies()
    sign_in_staff(page, login)


def schedule_of(agreement: str, stated: Stated, server) -> dict[str, list[dict[str, str]]]:
    """Let `tideover schedule` compute the plan from what the agreement states."""
    said = found(stated.earliest_due, agreement)[1]
    earliest_due = datetime.strptime(said, stated.day).replace(tzinfo=UTC)
    answer = server.tideover(
        *("schedule", "--method", "level", "--disbursed", "2026-11-23", "--json"),
        *("--principal", found(stated.principal, agreement)[1]),
        *("--daily-rate", found(stated.daily_rate, agreement)[1]),
        *("--instalments", found(stated.instalments, agreement)[1]),
        *("--earliest-due", earliest_due.date().isoformat()),
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)
