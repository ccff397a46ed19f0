from collections import Counter

from tideover.cli.scam import heldout_messages, own_messages
from tideover.safety import Direction, LabelledMessage, ScamVerdict, measure


def message(identifier, text, verdict):
    return LabelledMessage(identifier, "zh", Direction.INBOUND, text, verdict)


class TestMeasure:
    def test_counts_right_and_wrong(self):
        done = measure(
            [
                message("found", "请把验证码发给我", ScamVerdict.SCAM),
                message("missed", "今天天气不错", ScamVerdict.SCAM),
                message("alarm", "请把验证码告诉我", ScamVerdict.OK),
                message("alone", "谢谢", ScamVerdict.OK),
            ],
            hotline="95384",
        )

        assert (done.scams_missed, done.false_alarms) == (("missed",), ("alarm",))
        assert (done.count, done.precision_percent, done.recall_percent) == (4, "50.0", "50.0")

    def test_has_no_percentage_of_nothing(self):
        assert measure([], hotline="95384").recall_percent == "–"


class TestOwnSet:
    def test_holds_both_languages_directions_and_verdicts(self):
        kinds = Counter((m.language, m.direction, m.verdict) for m in own_messages())

        assert sum(kinds.values()) >= 300
        assert len(kinds) == 8
        assert min(kinds.values()) >= 15

    def test_is_judged_as_the_issue_asks(self):
        done = measure(own_messages(), hotline="95384")

        assert float(done.precision_percent) >= 95
        assert float(done.recall_percent) >= 90


class TestHeldOutSet:
    """Messages nothing was tuned on: a change made for one of them calls for a new set."""

    def test_holds_both_languages_directions_and_verdicts_in_even_numbers(self):
        kinds = Counter((m.language, m.direction, m.verdict) for m in heldout_messages())

        assert sum(kinds.values()) >= 100
        assert min(kinds.values()) >= 7
        assert len(kinds) == 8

    def test_shares_no_message_with_the_labelled_set(self):
        own = {m.text for m in own_messages()}
        others = heldout_messages()

        assert not [m.identifier for m in others if m.text in own]

    def test_is_judged_nearly_as_well_as_the_issue_asks(self):
        # The issue asks for 95 and 90 on the labelled set; these were never looked at.
        done = measure(heldout_messages(), hotline="95384")

        assert float(done.precision_percent) >= 92
        assert float(done.recall_percent) >= 90
