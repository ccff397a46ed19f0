"""The words of `refusals`: what was found and one thing that will work, in both languages."""

import re

import pytest

from tideover import evidence

GIF = ("a GIF picture", " GIF 动图")
EVERY = [
    evidence.EmptyFile("a.pdf"),
    evidence.TooLarge(size=21_000_000, limit=20_971_520),
    evidence.NotWhatItSays("a.pdf", claimed=".pdf", found=GIF),
    evidence.KindNotAccepted("a.gif", found=GIF),
    evidence.EncryptedPdf("a.pdf"),
    evidence.ActiveContent("a.pdf", found=("JavaScript", "JS", "Launch")),
    evidence.TooManyPages("a.pdf", pages=61, limit=60),
    evidence.PixelFlood("a.png", width=9_000, height=9_000, limit=40_000_000),
    evidence.TooMuchToOpen("a.pdf"),
    evidence.UnreadableFile("a.pdf"),
    evidence.NoSuchPage("a.pdf", pages=2),
]


class TestFileRefused:
    @pytest.mark.parametrize("refused", EVERY, ids=lambda refused: refused.code)
    def test_says_what_to_do_in_both_languages(self, refused):
        assert re.search(r"[;；]", refused.zh) or "请" in refused.zh
        assert ";" in str(refused)
        assert re.search(r"[\u4e00-\u9fff]", refused.zh)

    def test_has_a_code_of_its_own_each(self):
        codes = [refused.code for refused in EVERY]

        assert len(set(codes)) == len(codes)
        assert all(code.startswith("file-") for code in codes)

    def test_names_one_danger_once(self):
        refused = evidence.ActiveContent("a.pdf", found=("JS", "JavaScript"))

        assert str(refused).count("a script") == 1
        assert refused.zh.count("脚本") == 1

    def test_shows_a_size_one_byte_over_as_over(self):
        refused = evidence.TooLarge(size=20_971_521, limit=20_971_520)

        assert "20.1 MB" in refused.zh
