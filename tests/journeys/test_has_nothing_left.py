"""Where the money does not reach: no blame, no demand, a pause or a waiver, and a person."""

import re

import pytest

PHONE = {"width": 360, "height": 640}
#: What a borrower must not be called, told to do, or be threatened with.
BLAMING = re.compile(
    r"逾期户|失信|恶意|老赖|必须|立即|马上还|起诉|催收|后果自负"
    r"|must pay|immediately|default|deadbeat|overspend"
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "said", "pause", "waiver", "person"),
    [
        ("zh-CN", "这不是你的错", "暂停", "减免", "真人"),
        ("en-US", "not your fault", "A pause", "A reduction", "talk to a person"),
    ],
)
def test_reads_no_blame_and_finds_ways_on(page_of, peopled, language, said, pause, waiver, person):
    page = page_of("short", PHONE, language=language)
    page.goto(f"/apply/{peopled.lives['short'].number}/budget/")
    text = page.inner_text("main")

    assert said in text
    assert pause in text
    assert waiver in text
    assert not BLAMING.search(text)
    # Nothing on the page asks for money, or for an amount to pay.
    assert page.locator("main input, main form").count() == 0
    page.get_by_role("link", name=person).first.click()
    assert "/talk/" in page.url
    assert page.locator("a[href^='tel:']").first.is_visible()
