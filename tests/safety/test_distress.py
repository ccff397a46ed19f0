"""Distress is heard however it is written, and everyday worry is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tideover.safety import distress_words

SAID = (
    "我不想活了", "真的活不下去了", "想一了百了", "有时想跳楼", "我写了遗书",
    "最近有伤害自己的念头",
    "I want to die", "I don't want to live any more", "thinking of suicide",
    "I could kill myself",
    "they are better off without me", "I can’t go on",
)  # fmt: skip
EVERYDAY = (
    "压力很大，睡不好", "父亲去世了，办丧事花了很多钱", "需要死亡证明吗",
    "手机快没电了，撑到发工资",
    "my father died last month", "the deadline is killing my budget", "I cannot pay this month",
)  # fmt: skip
marks = st.text(alphabet=" 　·.,，。-_\u200b", max_size=3)


class TestDistressWords:
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
