"""Every kind of loan event, and every account, is called something in both languages."""

import re

import pytest

from tideover.app.verbs.books.words import KINDS, account_words, kind_words
from tideover.loan.event_records import KINDS as EVENTS


class TestKindWords:
    @pytest.mark.parametrize("name", EVENTS)
    def test_name_every_event_of_a_loan(self, name):
        words = kind_words(f"loan.{name}")

        assert re.search("[\u3400-\u9fff]", words.zh)
        assert "loan." not in words.en

    def test_are_each_their_own(self):
        assert len({words.zh for words in KINDS.values()}) == len(KINDS)
        assert len({words.en for words in KINDS.values()}) == len(KINDS)


class TestAccountWords:
    def test_join_family_and_part(self):
        assert account_words("receivable.principal").en == "Receivable: principal"
        assert account_words("cash").zh == "现金"
