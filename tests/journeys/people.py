"""What a borrower and the lender's staff do on the pages, as one would tell it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page

#: A borrower who lost her job (see `tideover demo`): ¥10,000.00, the third instalment is late.
PHONE_NUMBER = "10000000001"
LOAN = "WLD-100001"
#: Another borrower, with another loan.
OTHER_PHONE_NUMBER = "10000000002"

Picture = Callable[[Page, str], Path]


def certificate(path: Path, title: str = "DEMO CERTIFICATE") -> Path:
    """Make a photograph-like picture of a paper, plainly not a real one."""
    image = Image.new("RGB", (900, 1200), "#f4efe4")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 60, 840, 1140), outline="#888888", width=3)
    for line in range(12):
        draw.line((120, 220 + 60 * line, 780 - 40 * (line % 3), 220 + 60 * line), fill="#555555")
    draw.text((330, 120), title, fill="#333333")
    image.save(path, quality=80)
    return path


def newest_code(page: Page) -> str:
    """Read the newest code in the outbox on the screen, in a tab of its own."""
    outbox = page.context.new_page()
    outbox.goto("/outbox/")
    found = re.search(r"(?<!\d)(\d{6})(?!\d)", outbox.inner_text("main"))
    outbox.close()
    if found is None:
        raise AssertionError("the outbox shows no code")
    return found[1]


def sign_in_by_phone(page: Page, number: str = PHONE_NUMBER) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=phone]", number)
    page.click("main form.card button.button")
    page.wait_for_url("**/sign-in/code/")
    page.fill("input[name=code]", newest_code(page))
    page.click("main form.card button.button")
    page.wait_for_url("**/loans/")


def sign_in_staff(page: Page, login: str) -> None:
    page.goto("/desk/sign-in/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", f"demo-{login}-password")
    page.click("main form button.button")
    page.wait_for_url("**/desk/sign-in/code/**")
    page.fill("input[name=code]", page.inner_text("main .notice strong"))
    page.click("main form button.button")
    page.wait_for_url(lambda url: "/desk/" in url and "sign-in" not in url)


@dataclass(frozen=True, slots=True)
class Application:
    """The borrower's way through the application; each method is one page."""

    page: Page
    picture: Picture

    def open(self) -> str:
        """Ask for help with the loan and return the number of the case."""
        self.page.goto("/loans/")
        self.picture(self.page, "portal-loans")
        self.page.goto(f"/loans/{LOAN}/")
        self.picture(self.page, "portal-loan-waiting")
        self.page.click(f"form[action='/loans/{LOAN}/apply/'] button")
        self.page.wait_for_url("**/apply/**/consent/")
        self.picture(self.page, "portal-consent")
        self.page.check("input[name=accounts]")
        self._go_on()
        self.picture(self.page, "portal-tasks")
        return self.page.url.rstrip("/").rpartition("/")[2]

    def say_what_happened(self, number: str) -> None:
        self.page.goto(f"/apply/{number}/cause/")
        self.page.check("input[name=cause][value=job_loss]")
        for part, value in (("year", "2026"), ("month", "9"), ("day", "30")):
            self.page.fill(f"input[name=since-{part}]", value)
        self.picture(self.page, "portal-cause")
        self._go_on()

    def say_what_comes_in(self, number: str) -> None:
        self.page.goto(f"/apply/{number}/income/")
        self.page.select_option("select[name=items-0-kind]", "benefit")
        self.page.fill("input[name=items-0-name]", "失业金")
        self.page.fill("input[name=items-0-amount]", "三千")
        self._go_on()
        self.picture(self.page, "portal-income-problem")
        assert self.page.locator(".error-summary").is_visible()
        assert self.page.input_value("input[name=items-0-amount]") == "三千"
        self.page.fill("input[name=items-0-amount]", "3,080.00")
        self.picture(self.page, "portal-income")
        self._go_on()

    def say_what_goes_out(self, number: str) -> None:
        self.page.goto(f"/apply/{number}/outgoings/")
        self.page.fill("input[name=children]", "1")
        self.page.fill("input[name=category-housing]", "1200")
        self.page.fill("input[name=category-food]", "1000")
        self.picture(self.page, "portal-outgoings")
        self._go_on()

    def say_what_would_help(self, number: str) -> None:
        self.page.goto(f"/apply/{number}/wish/")
        self.page.check("input[name=kind][value=pay-less]")
        self.page.fill("input[name=monthly]", "800")
        self.picture(self.page, "portal-wish")
        self._go_on()

    def show_a_paper(self, number: str, paper: Path) -> None:
        """Choose a file; it is uploaded at once, without a second button."""
        self.page.goto(f"/apply/{number}/evidence/")
        need = self.page.locator("section[data-need]").first
        need.locator("input[type=file]").set_input_files(paper)
        need.locator("[data-files] li").wait_for()
        self.picture(self.page, "portal-evidence")
        self.page.click("#evidence-done button[name=done]")
        self.page.wait_for_url("**/check/**")

    def send(self, number: str) -> None:
        """Send with five quick taps; there is one receipt."""
        self.picture(self.page, "portal-check")
        self.page.check("form input[type=checkbox]")
        self.page.eval_on_selector(
            "form button[data-once]", "button => { for (let i = 0; i < 5; i++) button.click() }"
        )
        self.page.wait_for_url(f"**/cases/{number}/")
        self.picture(self.page, "portal-receipt")

    def _go_on(self) -> None:
        with self.page.expect_navigation():
            self.page.click(".form-end button.button")
