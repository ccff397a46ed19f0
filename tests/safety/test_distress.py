"""Distress is heard however it is written, and everyday worry is left alone."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tideover.safety import distress_words

LISTED = yaml.safe_load(Path(__file__).with_name("distress.yaml").read_text(encoding="utf-8"))
SAID, EVERYDAY = LISTED["said"], LISTED["everyday"]
marks = st.text(alphabet=" 　·.,，。-_\u200b", max_size=3)


class TestDistressWords:
    def test_are_measured_on_many_sentences(self):
        assert len(SAID) >= 80
        assert len(EVERYDAY) >= 50

    @pytest.mark.parametrize("text", SAID)
    def test_are_heard(self, text):
        assert distress_words(text)

    @pytest.mark.parametrize("text", EVERYDAY)
    def test_are_not_read_into_everyday_worry(self, text):
        assert not distress_words(text)

    @given(st.lists(marks, min_size=3, max_size=3))
    def test_are_heard_through_marks_between_them(self, between):
        spread = "".join(a + b for a, b in zip("不想活", between, strict=True))

        assert distress_words(f"我{spread}了")

    @given(st.text(max_size=200))
    def test_never_break_on_any_text(self, text):
        distress_words(text)
