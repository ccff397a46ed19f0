from collections import Counter

from tideover.cli.scam import own_messages
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
