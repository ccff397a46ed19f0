"""A borrower adds a passkey, signs in with it alone, and takes it away; the code stays."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import newest_code, sign_in_by_phone
from playwright.sync_api import Browser, Page

PHONE = {"width": 360, "height": 740}
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, server):
    # A name, since no browser binds a passkey to a bare address.
    url = server.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(viewport=PHONE, base_url=url, locale="zh-CN")
    context.set_default_timeout(15_000)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield page
    context.close()


def serious(page: Page) -> list[str]:
    return [
        violation["id"]
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


class TestAPasskey:
    def test_is_added_signs_in_alone_and_is_taken_away(self, page, picture):
        sign_in_by_phone(page)
        page.click("a[href='/passkeys/']")
        page.fill("#name", "我的手机")
        picture(page, "passkey-none")
        with page.expect_navigation():
            page.click("[data-passkey=create]")
        assert "我的手机" in page.inner_text("main")
        picture(page, "passkey-kept")
        assert not serious(page)
        page.context.clear_cookies()

        page.goto("/passkeys/")
        assert not serious(page)
        picture(page, "passkey-sign-in")
        with page.expect_navigation():
            page.click("[data-passkey=get]")

        # Signed in without any code, and back on the page that was wanted.
        assert page.url.endswith("/passkeys/")
        with page.expect_navigation():
            page.get_by_role("button", name="移除").click()
        assert "我的手机" not in page.inner_text("main")
        page.context.clear_cookies()
        sign_in_by_phone(page)
        assert newest_code(page)

    def test_of_staff_opens_no_borrower_s_page(self, page, server):
        from people import sign_in_staff

        sign_in_staff(page, "senior")
        page.wait_for_url("**/desk/**")
        page.goto("/desk/security/")
        with page.expect_navigation():
            page.click("[data-passkey=create]")
        page.context.clear_cookies()

        page.goto("/sign-in/")
        with page.expect_navigation():
            page.click("[data-passkey=get]")

        assert page.locator(".error-summary").is_visible()
        assert "/sign-in/" in page.url
