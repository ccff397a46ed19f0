"""The whole way without a mouse: ask, upload, send, read and sign, the focus always in sight."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from people import certificate, newest_code
from playwright.sync_api import Page

PHONE = {"width": 360, "height": 640}
TABS_MAX = 80
#: How the focus shows: an outline on the element, its choice, or the label of a hidden file input.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "nothing";
  const field = one.closest(".field");
  const shown = one.matches(".file-input") ? field.querySelector(".file-label") : one;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  if (one.matches(".skip-link")) return "";
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return one.outerHTML;
  const isInSight = box.bottom > 0 && box.top < innerHeight;
  return isInSight ? "" : `out of sight: ${one.outerHTML}`;
}"""

pytestmark = pytest.mark.browser


def in_english(life: str) -> Any:
    """The same in English, by somebody else; what is pressed does not depend on the language."""
    return pytest.param(life, "en-GB", marks=pytest.mark.soak)


@dataclass(frozen=True, slots=True)
class Hands:
    """Somebody at a keyboard."""

    page: Page

    def reach(self, selector: str) -> None:
        """Press Tab until the element has the focus; the focus must be seen at each stop."""
        for _ in range(TABS_MAX):
            self.page.keyboard.press("Tab")
            wrong = self.page.evaluate(FOCUS)
            assert not wrong or wrong == "nothing", wrong
            if self.page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by {TABS_MAX} tabs on {self.page.url}")

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, name: str, *, downs: int = 0) -> None:
        """Pick a radio: Space takes the first, arrows go on."""
        self.reach(f"input[name={name}]")
        self.page.keyboard.press("Space")
        for _ in range(downs):
            self.page.keyboard.press("ArrowDown")

    def press(self, selector: str) -> None:
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def go_on(self) -> None:
        self.press(".form-end button.button")


@pytest.fixture
def hands(page_of: Callable[..., Page]) -> Callable[..., Hands]:
    return lambda life, language="zh-CN": Hands(page_of(life, PHONE, language=language))


class TestByKeyboard:
    @pytest.mark.parametrize(("life", "language"), [("new", "zh-CN"), in_english("new-too")])
    def test_from_the_loan_to_the_receipt(
        self, hands, peopled, tmp_path: Path, life: str, language: str
    ):
        one = hands(life, language)
        page = one.page
        page.goto(f"/loans/{peopled.lives[life].loan}/")
        one.press("form[action$='/apply/'] button")
        one.reach("input[name=accounts]")
        page.keyboard.press("Space")
        one.go_on()
        number = page.url.rstrip("/").rpartition("/")[2]
        one.press(f"a[href='/apply/{number}/cause/']")
        one.choose("cause")
        one.write("input[name=since-year]", "2026")
        one.write("input[name=since-month]", "10")
        one.write("input[name=since-day]", "5")
        one.go_on()
        one.go_on()  # nothing we should know
        one.write("input[name=items-0-amount]", "650")
        one.reach("select[name=items-0-frequency]")
        page.keyboard.press("ArrowDown")
        page.get_by_text("¥650.00 × 52 ÷ 12 = ¥2,816.67").wait_for()
        one.go_on()
        one.write("input[name=category-food]", "1100")
        one.go_on()
        assert re.search("每月|a month", page.inner_text("h1"))
        one.press("a.button")
        one.choose("kind", downs=1)
        one.go_on()
        with page.expect_file_chooser() as chooser:
            # The browser takes a key on another way than the wish to be told of a chooser; what
            # `reach` asks the page comes back behind that wish, so the key cannot overtake it.
            one.reach("input[type=file]")
            page.keyboard.press("Enter")
        chooser.value.set_files(certificate(tmp_path / "letter.jpg"))
        page.locator("[data-files] li").first.wait_for()
        one.press("#evidence-done button[name=done]")
        one.reach("form input[name=declared]")
        page.keyboard.press("Space")
        one.press("form button[data-once]")

        assert page.url.endswith(f"/cases/{number}/")
        assert number in page.inner_text("main")

    @pytest.mark.parametrize(("language", "said"), [("zh-CN", "有问题"), ("en-GB", "Error:")])
    def test_an_error_is_announced_and_leads_to_its_field(self, hands, peopled, language, said):
        one = hands("mistaken", language)
        page = one.page
        page.goto(f"/apply/{peopled.lives['mistaken'].number}/income/")
        one.write("input[name=items-0-amount]", "三千")
        one.go_on()

        assert page.evaluate("document.activeElement.id") == "error-summary"
        assert page.get_attribute("#error-summary", "role") == "alert"
        assert page.title().startswith(said)
        one.reach("#error-summary a")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.name") == "items-0-amount"
        assert page.get_attribute("input[name=items-0-amount]", "aria-invalid") == "true"
        described = page.get_attribute("input[name=items-0-amount]", "aria-describedby") or ""
        assert page.inner_text(f"#{described.split()[-1]}")

    @pytest.mark.parametrize(
        ("life", "language"), [("signing", "zh-CN"), in_english("signing-too")]
    )
    def test_the_slider_speaks_and_the_agreement_is_signed(self, hands, peopled, life, language):
        one = hands(life, language)
        page, number = one.page, peopled.lives[life].number
        page.goto(f"/cases/{number}/agreement/")  # the reading time begins
        page.goto(f"/cases/{number}/explore/")
        one.reach(".slider")
        before = page.get_attribute(".slider", "aria-valuetext")
        page.keyboard.press("ArrowRight")
        after = page.get_attribute(".slider", "aria-valuetext")
        assert before != after
        assert "¥" in (after or "")
        assert page.inner_text("[data-reading=payment]") in (after or "")

        page.goto(f"/cases/{number}/agreement/")
        page.wait_for_selector("main .stack a.button[href]", timeout=30_000)
        one.press("main .stack a.button")
        one.press("button[value=send]")
        one.reach("input[name=read]")
        page.keyboard.press("Space")
        one.write("input[name=code]", newest_code(page))
        one.press("button[value=sign]")

        assert re.search("已|[Ss]igned", page.inner_text(".notice"))
        assert page.request.get(f"/cases/{number}/agreement.pdf").status == 200
