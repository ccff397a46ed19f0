"""Acceptance check 6: a chosen file is received by itself, or told exactly why not, in words."""

from pathlib import Path

import pytest
from life_steps import PAGE
from people import certificate

PHONE = {"width": 360, "height": 640}
LOCKED = PAGE.replace(b"trailer<<", b"trailer<</Encrypt 9 0 R")
MEGABYTES_25 = b"\xff\xd8\xff\xe0" + bytes(25_000_000)
#: Files that are refused: their names, their bytes, and what is said of each.
REFUSED = (
    ("letter.pdf", b"<html><script>alert(1)</script></html>", "不要改名", "renam"),
    ("large.jpg", MEGABYTES_25, "20 MB", "20 MB"),
    ("locked.pdf", LOCKED, "密码", "password"),
    ("empty.jpg", b"", "空文件", "is empty"),
)
#: Names that attack a page or the eye, and what of them may be read on it.
NAMED = (
    ("<img src=x onerror=alert(1)>.jpg", "<img src=x onerror=alert(1)>.jpg"),
    ("photo\u202egpj.jpg", "gpj.jpg"),
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "place", "received"), [("zh-CN", 0, "已收到"), ("en-GB", 1, "Received")]
)
def test_is_received_or_told_why_not(
    page_of, peopled, tmp_path: Path, language: str, place: int, received: str
):
    page = page_of("mistaken", PHONE, language=language)
    page.on("dialog", lambda dialog: pytest.fail(f"a box opened: {dialog.message}"))
    page.goto(f"/apply/{peopled.lives['mistaken'].number}/evidence/")
    shelf = page.locator("section[data-need]").nth(place)
    choose, state = shelf.locator("input[type=file]"), shelf.locator("[data-upload-state]")
    before = shelf.locator("[data-files] li").count()
    # What is said of a file is spoken: the place where it stands is there before it is filled.
    assert state.get_attribute("role") == "status"

    for name, content, *words in REFUSED:
        kind = "application/pdf" if name.endswith("pdf") else "image/jpeg"
        choose.set_input_files({"name": name, "mimeType": kind, "buffer": content})
        said = words[language != "zh-CN"]
        state.and_(shelf.locator(".attention")).filter(has_text=said).wait_for()
    assert shelf.locator("[data-files] li").count() == before

    photo = certificate(tmp_path / "photo.jpg").read_bytes()
    for count, (name, shown) in enumerate(NAMED, start=1):
        content = photo + bytes([place, count, before])
        choose.set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": content})
        # No second button: choosing it was enough.
        kept = shelf.locator("[data-files] li").nth(before + count - 1)
        kept.wait_for()
        assert received in kept.inner_text()
        assert shown in shelf.locator("[data-files]").inner_text()
    assert page.locator("[data-files] img").count() == 0
