"""What a file is called: tests of `names`."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.evidence import display_name
from tideover.evidence.names import claimed_ending


class TestDisplayName:
    @given(st.text(max_size=400))
    def test_is_one_short_line_without_a_path_or_hidden_marks(self, name):
        shown = display_name(name)

        assert 1 <= len(shown) <= 80
        assert not set(shown) & set("/\\\r\n\x00")
        assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Zl", "Zp"}

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\离职证明.pdf", "离职证明.pdf"),
            ("gnp.\u202egpj.exe", "gnp.gpj.exe"),
            ("a\u200bb\r\nc.pdf", "abc.pdf"),
            ("a.pdf\x00.jpg", "a.pdf.jpg"),
            ("..", "file"),
            ("", "file"),
            ("<img src=x onerror=alert(1)>.jpg", "<img src=x onerror=alert(1)>.jpg"),
        ],
    )
    def test_shows_what_a_person_would_read(self, name, shown):
        assert display_name(name) == shown

    def test_keeps_the_ending_of_a_long_name(self):
        shown = display_name("证" * 300 + ".pdf")

        assert shown.endswith("….pdf")
        assert len(shown) == 80


class TestClaimedEnding:
    @pytest.mark.parametrize(
        ("name", "ending"),
        [("a.JPG", "jpg"), ("a.tar.gz", "gz"), ("a", None), (".pdf", None), ("a.2026", None)],
    )
    def test_is_short_and_plain_or_no_claim(self, name, ending):
        assert claimed_ending(name) == ending
