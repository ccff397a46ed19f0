"""None of the offers fits: proposals, answers and a second pair of eyes, in both languages."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import Application, Picture, certificate, sign_in_by_phone, sign_in_staff
from playwright.sync_api import Page

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
SMALL = {"width": 320, "height": 640}

pytestmark = pytest.mark.browser


@dataclass(slots=True)
class Story:
    """What one step of the negotiation tells the next."""

    borrower: Page
    desk: Page
    number: str = ""


@pytest.fixture(scope="module")
def story(browser, server):
    # The whole negotiation is held without JavaScript: forms and links are enough.
    phone = browser.new_context(
        viewport=PHONE, base_url=server.url, locale="zh-CN", java_script_enabled=False
    )
    desk = browser.new_context(viewport=DESKTOP, base_url=server.url, locale="zh-CN")
    for context in (phone, desk):
        context.set_default_timeout(10_000)
    yield Story(borrower=phone.new_page(), desk=desk.new_page())
    phone.close()
    desk.close()


def silent(_page: Page, _name: str) -> Path:
    """Take no picture: these pages are in another journey."""
    return Path()


def propose(page: Page, number: str, **typed: str) -> None:
    page.goto(f"/cases/{number}/offers/")
    page.click("a[href$='/propose/']")
    for name, value in typed.items():
        page.fill(f"input[name={name}]", value)
    page.click("main form.card button.button")


def as_staff(page: Page, login: str) -> None:
    page.context.clear_cookies()
    sign_in_staff(page, login)


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical, and a page that must be scrolled sideways."""
    found = [
        f"{violation['id']}: {violation['nodes'][0]['html'][:100]}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, f"{wide} px too wide"] if wide > 0 else found


@pytest.mark.xdist_group("negotiation")
class TestNegotiates:
    def test_1_offers_are_on_the_table(
        self, story: Story, new_page: Callable[..., Page], tmp_path: Path
    ):
        page = new_page(PHONE)
        sign_in_by_phone(page)
        application = Application(page, silent)
        story.number = application.open()
        application.say_what_happened(story.number)
        application.say_what_comes_in(story.number)
        application.say_what_goes_out(story.number)
        application.say_what_would_help(story.number)
        application.show_a_paper(story.number, certificate(tmp_path / "certificate.jpg"))
        application.send(story.number)
        desk = story.desk
        as_staff(desk, "agent")
        desk.goto(f"/desk/cases/{story.number}/")
        desk.click("form[action$='/claim/'] button")
        desk.goto(f"/desk/cases/{story.number}/?tab=offers")
        desk.click(".desk-empty form button")
        for box in desk.locator("input[name=offer]").all():
            box.uncheck()
        desk.check("input[name=offer][value=shortest]")
        desk.click(".studio-send button")

        sign_in_by_phone(story.borrower)
        story.borrower.goto(f"/cases/{story.number}/offers/")

        assert story.borrower.locator("article.offer-card").count() == 1

    def test_2_a_wish_that_nothing_meets_has_the_nearest_plan(self, story: Story, picture: Picture):
        page = story.borrower
        propose(page, story.number, monthly="六百")
        assert page.input_value("input[name=monthly]") == "六百"
        picture(page, "negotiation-problem")
        page.fill("input[name=monthly]", "150")
        page.click("main form.card button.button")

        assert page.url.endswith("/rounds/1/")
        assert "差" in page.inner_text("h1") or "需要两个人" in page.inner_text("h1")
        picture(page, "negotiation-nearest")

    def test_3_over_the_limit_two_people_decide(self, story: Story, picture: Picture):
        page, desk = story.borrower, story.desk
        if page.locator("form[action$='/take-back/']").count():
            page.click("form[action$='/take-back/'] button")
        propose(page, story.number, instalments="22")
        assert "需要两个人同意" in page.inner_text("h1")
        picture(page, "negotiation-two-people")

        desk.goto(f"/desk/cases/{story.number}/?tab=offers")
        picture(desk, "desk-negotiation")
        assert desk.locator("input[name=offer][value=counter-2]").is_checked()
        desk.click(".studio-send button")
        as_staff(desk, "approver")
        desk.goto("/desk/approvals/")
        picture(desk, "desk-negotiation-approval")
        desk.click(f"form[action='/desk/cases/{story.number}/approve/'] button")
        page.goto(f"/cases/{story.number}/rounds/2/")

        assert "两个人都同意了" in page.inner_text("h1")
        picture(page, "negotiation-approved")

    def test_4_what_fits_is_on_the_table_at_once_and_is_chosen(
        self, story: Story, picture: Picture
    ):
        page = story.borrower
        propose(page, story.number, instalments="17")
        assert "就按你说的" in page.inner_text("h1")
        picture(page, "negotiation-accepted")
        shown = page.inner_text("article.offer-card .big-number")
        page.click("article.offer-card a.button-block")
        page.click("main form button.button")

        assert page.url.endswith("/agreement/")
        assert shown in page.inner_text("main")

    def test_5_reads_the_same_in_english_on_every_size(
        self, story: Story, new_page: Callable[..., Page], picture: Picture
    ):
        found = {}
        for name, size in (("phone", SMALL), ("desktop", DESKTOP)):
            page = new_page(size, language="en-GB")
            sign_in_by_phone(page)
            page.goto(f"/cases/{story.number}/")
            for path in ("propose", "rounds/1", "rounds/2", "rounds/3"):
                page.goto(f"/cases/{story.number}/{path}/")
                picture(page, f"negotiation-en-{name}-{path.replace('/', '-')}")
                found[f"{name} {path}"] = faults(page)
            assert "What would work for you" not in page.inner_text("h1")

        assert {where: wrong for where, wrong in found.items() if wrong} == {}

    def test_6_the_desk_compares_two_days_of_policy(self, story: Story, picture: Picture):
        desk = story.desk
        desk.goto("/desk/policy/")
        desk.fill("input[name=against]", "2026-07-01")
        desk.click("main form button.button")
        picture(desk, "desk-policy")

        assert not faults(desk)
        assert story.number in desk.inner_text("main") or "都不会变" in desk.inner_text("main")
