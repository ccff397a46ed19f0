"""The borrowers of the played year: who they are, what they borrowed, and how they pay.

Everything is drawn from a digest of the seed and a name, so the same seed plays the same year.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from tideover.app.verbs.tape.rows import LOAN_COLUMNS, PAYMENT_COLUMNS

#: What the references of a played year begin with.
PLAYED = "PLAY-"
_PARTS = 1_000
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_NAMES = "安宁平远明晨清雨川舟禾溪"


class Habit(StrEnum):
    """How somebody pays; shares are in thousandths, the rest of `PUNCTUAL`."""

    PUNCTUAL = "punctual"
    SLOW = "slow"
    FORGETFUL = "forgetful"
    EARLY = "early"
    KEEPS = "keeps"
    SPEAKS = "speaks"
    BREAKS = "breaks"
    RECOVERS = "recovers"


#: The last four lose their income and ask for help; then they keep the plan, speak early, fail it,
#: or find work again and pay everything off.
_SHARES = (
    (Habit.KEEPS, 15),
    (Habit.RECOVERS, 10),
    (Habit.SPEAKS, 10),
    (Habit.BREAKS, 15),
    (Habit.EARLY, 40),
    (Habit.FORGETFUL, 40),
    (Habit.SLOW, 90),
)
_TROUBLED = (Habit.KEEPS, Habit.BREAKS, Habit.RECOVERS, Habit.SPEAKS)
IN_HARDSHIP = frozenset(_TROUBLED)


@dataclass(frozen=True, slots=True)
class Player:
    """One borrower and one loan of the year."""

    number: int
    habit: Habit
    seed: str

    @property
    def reference(self) -> str:
        """The loan."""
        return f"{PLAYED}{self.number:05d}"

    def draw(self, what: str, count: int) -> int:
        """A number below `count`, always the same for the same question."""
        return draw(f"{self.seed}:{self.number}:{what}", count)

    @property
    def trouble_month(self) -> int:
        """In which month of the year the income is lost, or all is paid early."""
        return 1 if self.number <= len(_TROUBLED) else 1 + self.draw("trouble", 6)


def draw(of: str, count: int) -> int:
    """A number from nought to below `count`, drawn from the digest of a text."""
    return int.from_bytes(sha256(of.encode()).digest()[:8], "big") % count


def players(count: int, *, seed: str) -> tuple[Player, ...]:
    """So many borrowers."""
    return tuple(Player(number, _habit(number, seed), seed) for number in range(1, count + 1))


def _habit(number: int, seed: str) -> Habit:
    # One of each begins the year, so that a small one tells every story too.
    if number <= len(_TROUBLED):
        return _TROUBLED[number - 1]
    part = draw(f"{seed}:{number}:habit", _PARTS)
    for habit, share in _SHARES:
        if part < share:
            return habit
        part -= share
    return Habit.PUNCTUAL


def loans_csv(people: tuple[Player, ...], *, start: date) -> bytes:
    """The loans as a tape: all paid out in the four weeks before the year begins."""
    return _csv([column.name for column in LOAN_COLUMNS], [_row(one, start) for one in people])


def payments_csv() -> bytes:
    """Nothing was paid before the year begins."""
    return _csv([column.name for column in PAYMENT_COLUMNS], [])


def _row(player: Player, start: date) -> list[str]:
    paid_out = start - timedelta(days=player.draw("day", 28))
    in_trouble = player.habit in IN_HARDSHIP
    surname = _SURNAMES[player.draw("surname", len(_SURNAMES))]
    name = _NAMES[player.draw("name", len(_NAMES))]
    cells = {
        "reference": player.reference,
        "product": "weilidai",
        "borrower_name": f"演示·{surname}{name}",
        "phone": f"109{player.number:08d}",
        "id_number": f"0000{player.number:013d}X",
        "currency": "CNY",
        "principal": "10000.00" if in_trouble else f"{3 + player.draw('principal', 28)}000.00",
        "method": "equal-principal",
        "daily_rate": f"0.000{3 + player.draw('rate', 2)}",
        "instalments": "10" if in_trouble or player.draw("term", 2) else "20",
        "disbursed_on": paid_out.isoformat(),
        "account_last4": f"{player.number % 10000:04d}",
    }
    return [cells.get(column.name, "") for column in LOAN_COLUMNS]


def _csv(heading: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")
