"""Hostile texts in a real browser: shown as they were typed, and nothing of them runs."""

import pytest
from hostile_words import WORDS

DESKTOP = {"width": 1280, "height": 900}
PAGES = ("/cases/{number}/", "/cases/{number}/messages/", "/cases/{number}/copy/",
         "/apply/{number}/evidence/", "/cases/{number}/care/")  # fmt: skip
REFLECTED = ("/talk/?case=", "/may-i/?ours=", "/guides/penalty/?amount=", "/sign-in/?next=")

pytestmark = pytest.mark.browser


def struck(page) -> bool:
    return page.evaluate("'__struck' in window || frames.length > 0")


class TestHostileWords:
    def test_are_more_than_five_hundred(self):
        assert len(set(WORDS)) >= 500

    def test_do_nothing_where_they_are_kept(self, page_of, peopled):
        page = page_of("bombarded", DESKTOP)
        page.on("dialog", lambda dialog: pytest.fail(f"a box opened: {dialog.message}"))
        number = peopled.lives["bombarded"].number
        shown = 0
        for path in PAGES:
            answer = page.goto(path.format(number=number))
            assert answer is not None
            assert answer.status == 200, path
            assert not struck(page), path
            shown += page.inner_text("main").count("__struck")

        assert shown >= 500

    def test_do_nothing_where_they_come_back_from_the_address_or_a_form(self, page_of):
        page = page_of("", DESKTOP)
        page.on("dialog", lambda dialog: pytest.fail(f"a box opened: {dialog.message}"))
        for path, words in zip(REFLECTED * 3, WORDS[:: len(WORDS) // 12], strict=False):
            page.goto(path + words.replace("\u0000", "").replace("%", "%25").replace("#", "%23"))
            assert not struck(page), words
        page.goto("/guides/scams/")
        for start in range(0, len(WORDS), 60):
            text = "\n".join(WORDS[start : start + 60])[:1000]
            page.locator("textarea[name=message]").evaluate("(box, text) => box.value = text", text)
            page.click("main form button.button")
            assert not struck(page), start
