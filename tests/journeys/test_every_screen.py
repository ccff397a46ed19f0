"""Every screen of the portal in both languages, as small phones, careful eyes and axe see it."""

import gzip
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from screens import SCREENS, Screen

SMALL = {"width": 320, "height": 640}
SIZES = (SMALL, {"width": 360, "height": 740}, {"width": 768, "height": 1024},
         {"width": 1280, "height": 900})  # fmt: skip
WEIGHT_MAX = 100_000
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
SERIOUS = frozenset({"serious", "critical"})
#: Latin words that belong on a Chinese page: the name, kinds of files, what is said as it is said.
LATIN_KNOWN = re.compile(r"Tideover|English|JPG|PNG|WebP|PDF|CSV|App|HC|WLD|AG|CARD", re.IGNORECASE)
ENGLISH_LEFT = re.compile(r"[A-Za-z]{2,}(?:\s+[A-Za-z]{2,})+")

LOOK = """() => {
  const bad = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) bad.push(`${wide} px too wide`);
  for (const part of document.querySelectorAll(".amount, .big-number"))
    if (part.getClientRects().length > 1) bad.push(`broken amount ${part.textContent}`);
  for (const one of document.querySelectorAll("a, button, select, input:not([type=hidden])")) {
    const box = (one.closest(".choice") || one).getBoundingClientRect();
    const isInText = one.tagName === "A" && getComputedStyle(one).display === "inline";
    const isClosed = one.closest("details:not([open]) > :not(summary)");
    const isHidden = isClosed || one.matches(".visually-hidden, .skip-link, .file-input");
    if (!isInText && !isHidden && box.height && box.height < 44 - 0.5)
      bad.push(`${Math.round(box.height)} px: ${one.outerHTML.slice(0, 90)}`);
  }
  return bad;
}"""

pytestmark = pytest.mark.browser


def faults(page: Page, *, language: str) -> Iterator[str]:
    yield from page.evaluate(LOOK)
    for violation in Axe().run(page, options=AXE).response["violations"]:
        if violation["impact"] in SERIOUS:
            yield f"{violation['id']}: {violation['nodes'][0]['html'][:120]}"
    if language == "zh-CN":
        text = LATIN_KNOWN.sub("", page.inner_text("main"))
        yield from (f"English left: {words[0]}" for words in ENGLISH_LEFT.finditer(text))


def address(screen: Screen, lives: dict[str, Any]) -> str:
    life = lives.get(screen.life)
    return screen.path.format(number=life.number, loan=life.loan) if life else screen.path


class TestEveryScreen:
    @pytest.mark.parametrize("language", ["zh-CN", "en"])
    def test_has_no_fault_at_320_pixels(self, page_of, peopled, language):
        found: dict[str, list[str]] = {}
        for life, screens in groupby(
            sorted(SCREENS, key=lambda one: one.life), lambda one: one.life
        ):
            page = page_of(life, SMALL, language=language)
            for screen in screens:
                path = address(screen, peopled.lives)
                answer = page.goto(path)
                assert answer is not None
                here = page.url.removeprefix(peopled.server.url)
                wrong = [] if here == path else [f"led to {here}"]
                found[screen.name] = wrong + list(faults(page, language=language))
            page.context.close()

        assert not {name: wrong for name, wrong in found.items() if wrong}

    @pytest.mark.soak
    @pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
    @pytest.mark.parametrize("language", ["zh-CN", "en"])
    def test_has_no_fault_at_any_size_and_leaves_its_picture(
        self, page_of, peopled, picture, language, size
    ):
        found = {}
        for screen in SCREENS:
            page = page_of(screen.life, size, language=language)
            page.goto(address(screen, peopled.lives))
            found[screen.name] = list(faults(page, language=language))
            picture(page, f"every-{size['width']}-{language[:2]}-{screen.name}")
            page.context.close()

        assert not {name: wrong for name, wrong in found.items() if wrong}

    @pytest.mark.soak
    @pytest.mark.parametrize("language", ["zh-CN", "en"])
    def test_is_no_wider_at_the_larger_type(self, page_of, peopled, picture, language):
        found = {}
        for screen in SCREENS:
            page = page_of(screen.life, SIZES[1], language=language)
            cookie = {"name": "type", "value": "large", "url": peopled.server.url}
            page.context.add_cookies([cookie])
            page.goto(address(screen, peopled.lives))
            assert page.get_attribute("html", "data-type") == "large"
            found[screen.name] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            picture(page, f"every-large-{language[:2]}-{screen.name}")
            page.context.close()

        assert not {name: wide for name, wide in found.items() if wide > 0}

    def test_weighs_little(self, peopled, page_of):
        """Compressed, with style sheet and script, as a reverse proxy or this server sends it."""
        page = page_of("offered", SMALL)
        page.goto("/")
        dist = [
            page.request.get(path).body()
            for path in page.eval_on_selector_all(
                "link[rel=stylesheet], script[src]",
                "all => all.map((one) => one.getAttribute('href') || one.getAttribute('src'))",
            )
        ]
        parts = sum(len(gzip.compress(content)) for content in dist)
        weights = {}
        for screen in SCREENS:
            if screen.life in ("", "offered"):
                html = page.request.get(address(screen, peopled.lives)).body()
                weights[screen.name] = len(gzip.compress(html)) + parts

        assert max(weights.values()) <= WEIGHT_MAX, weights
