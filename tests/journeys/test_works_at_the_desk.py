"""The desk by keyboard only, by two people at once, with a passkey, and every screen looked at."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk_screens import NO_SCREENS, SCREENS, Screen
from people import sign_in_staff
from playwright.sync_api import Browser, BrowserContext, Page

from routes import routes

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
#: 1280 pixels at twice the size: what is left for the page.
ZOOMED = {"width": 640, "height": 400}
COUNT = 10
#: No control of a page at the desk is further away than this many presses.
TABS_MAX = 60

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]


@dataclass(slots=True)
class House:
    """The cases handed in, and a browser window for everybody who is signed in."""

    browser: Browser
    url: str
    numbers: list[str]
    windows: dict[str, BrowserContext] = field(default_factory=dict)

    def page(self, login: str) -> Page:
        """A page of somebody, signed in once."""
        if login not in self.windows:
            context = self.browser.new_context(
                viewport=DESKTOP, base_url=self.url, locale="zh-CN", accept_downloads=True
            )
            context.set_default_timeout(15_000)
            self.windows[login] = context
            page = context.new_page()
            if login:
                sign_in_staff(page, login.partition("-")[0])
            return page
        return self.windows[login].new_page()


@pytest.fixture(scope="module")
def house(browser, server) -> Iterator[House]:
    program = Path(__file__).with_name("ten_cases.py")
    made = subprocess.run(
        [sys.executable, str(program), str(COUNT + 2)],
        env=server.environment | {"DJANGO_SETTINGS_MODULE": "tideover.app.settings"},
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    here = House(browser, server.url, made.stdout.split())
    yield here
    for context in here.windows.values():
        context.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def step(page: Page, *keys: str) -> None:
    """Press keys of which the last leads to another page."""
    with page.expect_navigation():
        press(page, *keys)


def tab_to(page: Page, wanted: str) -> None:
    """Go on with the tab key until it stands on the control, as a person without a mouse does."""
    for _press in range(TABS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(wanted)


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical, and a page that must be scrolled sideways."""
    found = [
        f"{violation['id']}: {violation['nodes'][0]['html'][:100]}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, f"{wide} px too wide"] if wide > 0 else found


class TestTenCasesByKeyboard:
    def test_each_is_claimed_read_offered_or_declined_and_the_next_one_opened(self, house, server):
        page = house.page("agent")
        worked: list[str] = []
        step(page, "e")  # "Next case"
        for place in range(COUNT):
            number = page.locator("h1").inner_text()
            worked.append(number)
            step(page, "e", "Enter")  # claim it; the evidence is on the page that comes
            step(page, "e", "Space", "Enter")  # the mark "clear", kept
            if place == 0:
                self.begin_a_reply_and_leave_it(page)
            if place == 4:
                self.decline_it(page)
            else:
                step(page, "e", "Enter")  # work the offers out
                step(page, "e", "Enter")  # send the ticked ones
            assert page.locator(".desk-done").is_visible()
            if place < COUNT - 1:
                step(page, "e")  # the next one

        assert len(set(worked)) == COUNT
        page.goto(f"/desk/cases/{worked[0]}/?tab=messages")
        assert page.input_value("[data-draft=reply]") == "您好，材料已收到。"
        told = server.tideover("audit", "verify")
        assert told.returncode == 0, told.stdout

    def begin_a_reply_and_leave_it(self, page: Page) -> None:
        step(page, "r")
        page.keyboard.insert_text("您好，材料已收到。")
        with page.expect_response("**/draft/"):
            pass
        press(page, "Escape")
        page.evaluate("document.activeElement.blur()")

    def decline_it(self, page: Page) -> None:
        press(page, "Control+k")
        page.keyboard.insert_text("不同意")
        step(page, "Enter")
        tab_to(page, "input[name=reason]")
        press(page, "Space")
        tab_to(page, "[data-next-action]")
        step(page, "Enter")
        assert "复核" in page.inner_text("main")
        tab_to(page, "[data-next-action]")
        step(page, "Enter")


class TestTwoAtOneDesk:
    def test_each_sees_the_other_and_one_wins(self, house):
        number = house.numbers[COUNT]
        first, second = house.page("agent"), house.page("agent2")
        for page in (first, second):
            page.goto(f"/desk/cases/{number}/")
        first.reload()
        assert "专员乙" in first.locator("[data-here]").inner_text()
        assert "专员甲" in second.locator("[data-here]").inner_text()

        step(first, "a", "Enter")
        step(second, "a", "Enter")

        said = second.locator(".error-summary").inner_text()
        assert "专员甲" in said
        assert re.search(r"\d+:\d\d", said)

    def test_a_decision_that_comes_too_late_keeps_its_words(self, house):
        number = house.numbers[COUNT]
        first, second = house.page("agent"), house.page("agent-again")
        second.goto(f"/desk/cases/{number}/decline/")
        second.locator("input[name=reason]").first.check()
        second.fill("#note", "按流水，目前可以承担")
        second.locator("[data-next-action]").click()

        first.goto(f"/desk/cases/{number}/?tab=evidence")
        step(first, "e", "Space", "Enter")
        step(first, "e", "Enter")
        step(first, "e", "Enter")
        with second.expect_navigation():
            second.locator("[data-next-action]").click()

        said = second.locator(".error-summary").inner_text()
        assert "专员甲" in said
        assert "按流水，目前可以承担" in second.content()


class TestAPasskey:
    def test_is_made_at_the_desk_and_then_signs_in_alone(self, browser, house, server):
        context = browser.new_context(
            viewport=DESKTOP, base_url=server.url.replace("127.0.0.1", "localhost"), locale="en"
        )
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send(
            "WebAuthn.addVirtualAuthenticator",
            {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                         "hasUserVerification": True, "isUserVerified": True,
                         "automaticPresenceSimulation": True}},
        )  # fmt: skip
        sign_in_staff(page, "senior")
        page.goto("/desk/security/")
        page.fill("#name", "my laptop")
        with page.expect_navigation():
            page.click("[data-passkey=create]")
        assert "my laptop" in page.inner_text("main")
        page.click(".desk-who button")

        with page.expect_navigation():
            page.click("[data-passkey=get]")

        assert page.locator(".desk-places").is_visible()
        context.close()


class TestEveryScreen:
    def test_every_page_of_the_desk_is_among_them(self):
        from routes import matrix

        by_get = {
            name.removeprefix("workbench:")
            for name, _ in routes()
            if name.startswith("workbench:") and "GET" in matrix()[name]["methods"]
        }

        assert by_get == {screen.route for screen in SCREENS} | NO_SCREENS

    def test_has_no_serious_fault_in_either_language(self, house):
        found = [
            (screen.name, language, fault)
            for screen, page in self.opened(house)
            for language, size in (("zh-hans", DESKTOP), ("en", PHONE))
            for fault in self.looked_at(page, screen, house, language=language, size=size)
        ]

        assert not found, "\n".join(map(str, found))

    @pytest.mark.soak
    def test_has_no_fault_at_any_size_and_leaves_its_picture(self, house, picture):
        found = []
        for screen, page in self.opened(house):
            for language in ("zh-hans", "en"):
                for name, size in (("wide", DESKTOP), ("phone", PHONE), ("zoomed", ZOOMED)):
                    wrong = self.looked_at(page, screen, house, language=language, size=size)
                    found += [(screen.name, language, name, fault) for fault in wrong]
                    picture(page, f"desk-{screen.name}-{language[:2]}-{name}")

        assert not found

    def opened(self, house: House) -> Iterator[tuple[Screen, Page]]:
        pages: dict[str, Page] = {}
        for screen in SCREENS:
            if screen.login not in pages:
                pages[screen.login] = house.page(screen.login)
            yield screen, pages[screen.login]

    def looked_at(
        self, page: Page, screen: Screen, house: House, *, language: str, size: dict[str, int]
    ) -> list[str]:
        page.set_viewport_size(size)
        page.context.add_cookies([{"name": "django_language", "value": language, "url": house.url}])
        address = screen.path.format(case=house.numbers[0], mine=house.numbers[0])
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
        return faults(page)
