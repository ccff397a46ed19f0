from datetime import date

import pytest

from tideover.evidence import NeedWithoutWords, needed
from tideover.evidence.need_words import NEED_WORDS
from tideover.policy import ParameterUnknown, load_book

PARAMETERS = load_book().on(date(2026, 12, 5), product="weilidai")
CAUSES = tuple(
    name.removeprefix("evidence.")
    for name in PARAMETERS.dated
    if name.startswith("evidence.") and PARAMETERS[name].unit == "list"
)


class TestNeeded:
    @pytest.mark.parametrize("cause", CAUSES)
    def test_has_words_for_every_paper_the_policy_asks_for(self, cause):
        needs = needed(cause, PARAMETERS)

        assert needs
        for need in needs:
            assert need.label.zh
            assert need.why.en
            assert need.examples

    def test_puts_the_most_useful_first(self):
        codes = [need.code for need in needed("job_loss", PARAMETERS)]

        assert codes[0] == "termination_letter"

    def test_refuses_a_cause_the_book_does_not_know(self):
        with pytest.raises(ParameterUnknown):
            needed("bad_luck", PARAMETERS)

    def test_says_which_paper_lacks_words(self):
        assert "add a label" in str(NeedWithoutWords("dream", cause="job_loss"))


class TestNeedWords:
    def test_none_is_there_for_nothing(self):
        asked = {need.code for cause in CAUSES for need in needed(cause, PARAMETERS)}

        assert set(NEED_WORDS) == asked
