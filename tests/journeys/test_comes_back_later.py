"""Somebody stops in the middle, comes back on another device, and finds it as they left it."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import PHONE_NUMBER, certificate, sign_in_by_phone
from playwright.sync_api import Page

SMALL = {"width": 320, "height": 640}
LAPTOP = {"width": 1280, "height": 900}
CAUSE = {"input[name=since-year]": "2026", "input[name=since-month]": "9"}
GOING = {"input[name=category-food]": "900", "input[name=debts-0-creditor]": "a friend"}
OPEN_PAGES = ("/", "/official/", "/talk/", "/sign-in/", "/outbox/", "/nowhere/")

pytestmark = pytest.mark.browser


def opened(page: Page) -> str:
    """Sign in, begin a request, and return its number."""
    sign_in_by_phone(page, PHONE_NUMBER)
    page.click("article .button")
    page.wait_for_url("**/apply/**")
    if page.url.endswith("/consent/"):
        page.check("input[name=accounts]")
        page.click(".form-end button.button")
        page.wait_for_url("**/apply/*/")
    return page.url.rstrip("/").rpartition("/")[2]


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical, and a page that must be scrolled sideways."""
    found = [
        f"{violation['id']}: {violation['nodes'][0]['html'][:100]}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, f"{wide} px too wide"] if wide > 0 else found


#: Where somebody stops, what is in the boxes by then, and what the task list says of it.
STOPPED = (
    ("zh-CN", "cause", CAUSE, "先写到这里", "进行中"),
    ("en-GB", "outgoings", GOING, "as far as this", "Begun"),
)


class TestComesBackLater:
    @pytest.mark.parametrize(("language", "section", "boxes", "note", "state"), STOPPED)
    def test_finds_unfinished_answers_on_another_device(
        self, new_page, language, section, boxes, note, state
    ):
        phone = new_page(SMALL, language=language)
        number = opened(phone)
        phone.goto(f"/apply/{number}/{section}/")
        for box, text in boxes.items():
            phone.fill(box, text)
        with phone.expect_response(f"**/apply/{number}/{section}/"):
            phone.fill("textarea[name=note]", note)
        phone.context.close()

        laptop = new_page(LAPTOP, language=language)
        sign_in_by_phone(laptop, PHONE_NUMBER)
        laptop.goto(f"/apply/{number}/")
        tasks = laptop.locator(".task-list li")
        assert state in tasks.filter(has=laptop.locator(f"a[href*='{section}']")).inner_text()
        laptop.goto(f"/apply/{number}/{section}/")

        assert laptop.input_value("textarea[name=note]") == note
        assert {box: laptop.input_value(box) for box in boxes} == boxes

    def test_adds_a_row_in_place_and_it_is_kept(self, new_page):
        page = new_page(SMALL)
        number = opened(page)
        page.goto(f"/apply/{number}/income/")
        page.fill("input[name=items-0-amount]", "2000")

        page.click("button[data-add-row]")
        page.fill("input[name=items-1-amount]", "300")
        page.click(".form-end button.button")
        page.wait_for_url("**/outgoings/")
        page.goto(f"/apply/{number}/income/")

        assert page.input_value("input[name=items-0-amount]") == "2000.00"
        assert page.input_value("input[name=items-1-amount]") == "300.00"

    def test_is_told_exactly_why_a_file_was_refused(self, new_page, tmp_path: Path):
        page = new_page(SMALL)
        number = opened(page)
        page.goto(f"/apply/{number}/cause/")
        page.check("input[value=job_loss]")
        for box, text in {**CAUSE, "input[name=since-day]": "1"}.items():
            page.fill(box, text)
        page.click(".form-end button.button")
        page.wait_for_url("**/contact/")
        page.goto(f"/apply/{number}/evidence/")
        shelf = page.locator("section[data-need]").first
        disguised = tmp_path / "letter.pdf"
        disguised.write_text("<html><script>alert(1)</script>")

        shelf.locator("input[type=file]").set_input_files(disguised)
        shelf.locator(".upload-state.attention").wait_for()
        assert "不要改名" in shelf.inner_text()
        shelf.locator("input[type=file]").set_input_files(certificate(tmp_path / "letter.jpg"))
        shelf.locator("[data-files] li").wait_for()

        assert "已收到" in shelf.inner_text()
        assert faults(page) == []


class TestEveryEye:
    @pytest.mark.parametrize("language", ["zh-CN", "en"])
    def test_reads_each_page_at_320_pixels_without_a_fault(self, new_page, language):
        page = new_page(SMALL, language=language)
        found = {}
        for path in OPEN_PAGES:
            page.goto(path)
            found[path] = faults(page)
        number = opened(page)
        for section in ("", "consent/", "cause/", "contact/", "income/", "outgoings/", "wish/"):
            page.goto(f"/apply/{number}/{section}")
            found[section] = faults(page)
        page.goto("/loans/WLD-100001/")
        found["loan"] = faults(page)

        assert not {path: wrong for path, wrong in found.items() if wrong}
