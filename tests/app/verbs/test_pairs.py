"""Pairs of things done at one moment: exactly one of them wins, on both databases.

Each pair (`moments.py`) is done once here, and behind `make soak` 700 times: 500 from one barrier
and 200 up to 50 ms apart; `TIDEOVER_RUNS` asks for more or fewer. The moments differ by themselves;
what must hold is the same whoever comes first: one winner, a refusal that says why, books that
balance and a log that is whole.
"""

import os
import random
import sys

import lender as story
import pytest
from moments import PAIRS, everything_holds
from rewinding import Moment
from together import together

from tideover.app.db.models import LogEvent
from tideover.app.verbs import audit, conversation

RUNS = int(os.environ.get("TIDEOVER_RUNS", "700"))
#: Of seven runs, the last two do not begin at one moment but up to so many seconds apart.
APART = 0.05
WRITERS = 20


@pytest.fixture
def lender(committed):
    return story.open_lender()


class TestOneMoment:
    @pytest.mark.parametrize("pair", PAIRS)
    def test_has_one_winner(self, lender, pair):
        PAIRS[pair].done(lender, PAIRS[pair].ready(lender), ())

        everything_holds()

    @pytest.mark.soak
    @pytest.mark.parametrize("pair", PAIRS)
    def test_has_one_winner_every_time(self, lender, pair, home, tmp_path_factory):
        ready = PAIRS[pair].ready(lender)
        before = Moment(home, tmp_path_factory.mktemp("kept"))
        chance = random.Random(pair)
        for run in range(RUNS):
            late = (
                (0.0, 0.0) if run % 7 < 5 else (chance.uniform(0, APART), chance.uniform(0, APART))
            )
            try:
                PAIRS[pair].done(lender, ready, late)
                everything_holds()
            except AssertionError as fault:
                fault.add_note(f"in run {run}, late by {late}")
                raise
            before.again()
        before.forget()
        sys.stdout.write(f"{pair}: {RUNS} runs\n")


class TestTwentyWriters:
    def test_at_once_all_get_through(self, lender):
        number = story.claimed(lender)

        results = together(
            *(
                lambda n=n: conversation.keep_note(lender.agent, number, f"第 {n} 条", key=f"n{n}")
                for n in range(WRITERS)
            )
        )

        assert results == [None] * WRITERS
        notes = LogEvent.objects.filter(stream=f"messages:{number}", kind="desk.noted")
        assert list(notes.order_by("number").values_list("number", flat=True)) == list(
            range(1, WRITERS + 1)
        )
        assert audit.verify().holds
