from threading import Lock
from typing import Any

import pytest

from tideover.app.db.models import CommandReceipt
from tideover.app.verbs.receipts import KeyMissing, KeyReused, run_once


class Effect:
    """Counts how often it took place."""

    def __init__(self) -> None:
        self.times = 0
        self._lock = Lock()

    def __call__(self) -> dict[str, Any]:
        with self._lock:
            self.times += 1
        return {"case": "HC-1001", "time": self.times}


def send(effect: Any, *, key: str = "k", asked: str = "a", actor: str = "agent") -> dict[str, Any]:
    return run_once(effect, actor=actor, command="test.send", key=key, request={"asked": asked})


@pytest.mark.django_db
class TestRunOnce:
    def test_the_same_key_and_request_take_effect_once_and_answer_the_same(self) -> None:
        effect = Effect()

        answers = [send(effect) for _ in range(3)]

        assert effect.times == 1
        assert answers == [{"case": "HC-1001", "time": 1}] * 3

    def test_the_same_key_with_another_request_is_refused(self) -> None:
        effect = Effect()
        send(effect, asked="a")

        with pytest.raises(KeyReused, match="key k") as refused:
            send(effect, asked="b")
        assert effect.times == 1
        assert "重新打开页面" in refused.value.zh

    def test_another_key_is_another_effect(self) -> None:
        effect = Effect()
        send(effect, key="k1")
        send(effect, key="k2")

        assert effect.times == 2

    def test_somebody_elses_key_is_not_mine(self) -> None:
        effect = Effect()
        send(effect, actor="agent")
        send(effect, actor="approver")

        assert effect.times == 2

    def test_an_effect_that_fails_leaves_no_receipt_and_may_be_sent_again(self) -> None:
        effect = Effect()

        def failing() -> dict[str, Any]:
            raise ConnectionError

        with pytest.raises(ConnectionError):
            send(failing)
        assert not CommandReceipt.objects.exists()
        assert send(effect)["time"] == 1

    @pytest.mark.parametrize("key", ["", "k" * 121])
    def test_a_command_without_a_usable_key_is_refused(self, key: str) -> None:
        with pytest.raises(KeyMissing, match=f"{len(key)} characters"):
            send(Effect(), key=key)


@pytest.mark.usefixtures("committed")
class TestRunOnceAtOneMoment:
    def test_twenty_equal_requests_at_once_have_one_effect_and_twenty_equal_answers(self) -> None:
        from together import together

        effect = Effect()

        answers = together(*[lambda: send(effect)] * 20)

        assert effect.times == 1
        assert answers == [{"case": "HC-1001", "time": 1}] * 20

    def test_of_twenty_different_requests_with_one_key_one_wins(self) -> None:
        from together import together

        effect = Effect()
        things = [lambda asked=str(number): send(effect, asked=asked) for number in range(20)]

        answers = together(*things)

        assert effect.times == 1
        assert sum(isinstance(answer, KeyReused) for answer in answers) == 19
