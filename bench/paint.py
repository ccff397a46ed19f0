"""Every page of the portal on a slow line: its first words, when it can be used, what it weighs.

The line is slow 3G as Chromium emulates it: 400 ms before each answer, 400 kbit/s, nothing kept in
the cache. What a page weighs is all that came over the line until it was loaded, compressed.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench._serving import peopled
from bench._table import Measured, print_measured

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "journeys"))

PHONE = {"width": 360, "height": 640}
SLOW = {
    "offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000,
}  # fmt: skip
PAINT_SECONDS_MAX = 1.5
USABLE_SECONDS_MAX = 5
WEIGHT_KB_MAX = 100
TRIES = 2
PAINT = """() => new Promise((done) => new PerformanceObserver((list) =>
  done(list.getEntriesByName("first-contentful-paint")[0].startTime)
).observe({ type: "paint", buffered: true }))"""
USABLE = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def run() -> bool:
    """Open each page, on a fast line first and then on the slow one, and print the table."""
    from playwright.sync_api import sync_playwright
    from screens import SCREENS

    rows = []
    with (
        tempfile.TemporaryDirectory() as home,
        peopled(home) as served,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for screen in SCREENS:
            life = served.lives.get(screen.life, {})
            address = served.base + screen.path.format_map({"number": "", "loan": "", **life})
            context = browser.new_context(viewport=PHONE, locale="zh-CN")
            if life:
                cookie = {"name": "tideover_session", "value": life["session"], "url": served.base}
                context.add_cookies([cookie])
            context.request.get(address)  # the server has read its templates
            painted, usable, kilobytes = min(_opened(context, address) for _ in range(TRIES))
            context.close()
            rows += [
                Measured(f"first words of {screen.name}", painted, "s", PAINT_SECONDS_MAX),
                Measured(f"usable is {screen.name}", usable, "s", USABLE_SECONDS_MAX),
                Measured(f"weight of {screen.name}", kilobytes, "kB", WEIGHT_KB_MAX),
            ]
        browser.close()
    return print_measured("the portal on slow 3G (400 ms, 400 kbit/s)", rows)


def _opened(context: Any, address: str) -> tuple[float, float, float]:
    """Seconds to the first words and until all has come, and kilobytes over the line."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    sizes: list[int] = []
    line.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", SLOW)
    page.goto(address, wait_until="networkidle")
    painted = page.evaluate(PAINT) / 1000
    usable = page.evaluate(USABLE) / 1000
    page.close()
    return painted, usable, sum(sizes) / 1000
