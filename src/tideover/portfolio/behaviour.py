"""How households of a book behave: the numbers of the policy book, and what each one draws.

Every draw is keyed by seed, loan and what it is for, so both policies meet the same fortunes
(common random numbers): what differs between them is the policy alone.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

import numpy as np

from tideover.kernels import Int, Real, pick, uniform
from tideover.money import Refusal
from tideover.policy import Parameters, PolicyBook
from tideover.portfolio.book import NO_CAUSE, Book, Labels

__all__ = ["NEVER", "Behaviour", "Fortunes", "UnknownBehaviour", "fortunes_of", "overlaid"]

#: The month of what does not happen.
NEVER: Final = 10_000
#: Streams of draws: what is drawn once, then one for every month.
SHOCK, CAUSE, KEPT, LASTS, ASKS, DELAY = range(100, 106)
MISS, CURE = 1_000, 2_000


class UnknownBehaviour(Refusal):
    """A file of behaviour says something that no simulation reads."""

    code: ClassVar[str] = "unknown-behaviour"

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        super().__init__(
            f"{path} says {', '.join(names)}, which the pack portfolio/behaviour does not have: "
            "correct the names",
            f"{path} 中的 {'、'.join(names)} 不在 portfolio/behaviour 中：请更正名称",
        )


def overlaid(base: Parameters, path: Path) -> Parameters:
    """Return the pack `portfolio/behaviour` with the numbers of a file in the place of its own.

    Raises:
        UnknownBehaviour: the file says something the pack does not have.
        BookFault: the file is not a pack.
    """
    (own,) = PolicyBook.of_file(path).packs.values()
    strange = tuple(sorted(set(own) - set(base.dated)))
    if strange:
        raise UnknownBehaviour(path, strange)
    return Parameters.gather({**base.dated, **own}, on=base.on, product=base.product)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The numbers of the pack `portfolio/behaviour`, read by name."""

    pack: Parameters

    def ratio(self, name: str) -> float:
        """Return a share or a chance as a number."""
        return float(self.pack.ratio(f"simulation.{name}"))

    def whole(self, name: str) -> int:
        """Return a whole number."""
        return self.pack.integer(f"simulation.{name}")

    def numbers(self, name: str) -> Real:
        """Return a list of numbers."""
        return np.array([float(one) for one in self.pack.names(f"simulation.{name}")])

    @property
    def causes(self) -> tuple[str, ...]:
        """The causes of hardship."""
        return self.pack.names("simulation.causes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fortunes:
    """What the months ahead bring each household, whatever the lender does.

    It is in hardship from month `hard_from` until `hard_until` and then earns `hard_income`; it
    asks for help in month `asks`, or `NEVER`. `cause` is a place in `causes`.
    """

    loan: Int
    seed: int
    income: Int
    outgoings: Int
    hard_income: Int
    hard_from: Int
    hard_until: Int
    asks: Int
    cause: Labels

    def picked(self, places: Int) -> "Fortunes":
        """Return the fortunes of some of the loans."""
        return Fortunes(
            loan=self.loan[places],
            seed=self.seed,
            income=self.income[places],
            outgoings=self.outgoings[places],
            hard_income=self.hard_income[places],
            hard_from=self.hard_from[places],
            hard_until=self.hard_until[places],
            asks=self.asks[places],
            cause=self.cause.picked(places),
        )

    def capacity(self, month: int) -> Int:
        """Return what each household can pay in a month; below zero when it lacks."""
        is_hard = (self.hard_from <= month) & (month < self.hard_until)
        return np.where(is_hard, self.hard_income, self.income) - self.outgoings

    def miss(self, month: int) -> Real:
        """Return the draw that decides about the payment of a month."""
        return uniform(self.loan, seed=self.seed, stream=MISS + month)

    def cure(self, month: int) -> Real:
        """Return the draw that decides about catching up in a month."""
        return uniform(self.loan, seed=self.seed, stream=CURE + month)


def fortunes_of(book: Book, *, seed: int, behaviour: Behaviour, months: int) -> Fortunes:
    """Return what the next `months` bring the households of a book."""

    def draw(stream: int) -> Real:
        return uniform(book.loan, seed=seed, stream=stream)

    names = (NO_CAUSE, *behaviour.causes)
    cause = _known(book.cause, names)
    shock = np.floor(np.log(draw(SHOCK)) / np.log1p(-behaviour.ratio("shock_chance")))
    hard_from = np.where(cause > 0, 0, np.minimum(shock, NEVER)).astype(np.int64)
    drawn = pick(draw(CAUSE), behaviour.numbers("cause_weights")) + 1
    cause = np.where((cause == 0) & (hard_from < months), drawn, cause)
    place = np.maximum(cause - 1, 0)
    lasts = np.log(draw(LASTS)) / np.log1p(-1 / behaviour.numbers("months_hard")[place])
    until = hard_from + 1 + np.floor(lasts).astype(np.int64)
    spread = behaviour.ratio("kept_spread") * (2 * draw(KEPT) - 1)
    kept = np.clip(behaviour.numbers("income_kept")[place] + spread, 0, 1)
    delay = np.floor(draw(DELAY) * (behaviour.whole("ask_delay_max") + 1)).astype(np.int64)
    asks = hard_from + delay
    does_ask = (draw(ASKS) < behaviour.ratio("ask_share")) & (asks < until) & (asks < months)
    income, outgoings = _household(book, behaviour)
    return Fortunes(
        loan=book.loan,
        seed=seed,
        income=income,
        outgoings=outgoings,
        hard_income=(income * kept).astype(np.int64),
        hard_from=hard_from,
        hard_until=until,
        asks=np.where(does_ask & (cause > 0), asks, NEVER),
        cause=Labels(names, cause),
    )


def _household(book: Book, behaviour: Behaviour) -> tuple[Int, Int]:
    """Income and outgoings; where the household is not known, what the policy book supposes."""
    spent = behaviour.ratio("outgoings_unknown")
    supposed = book.instalment / behaviour.ratio("burden_unknown") / (1 - spent)
    income = np.where(book.income < 0, supposed, book.income).astype(np.int64)
    outgoings = np.where(book.outgoings < 0, income * spent, book.outgoings).astype(np.int64)
    return income, outgoings


def _known(cause: Labels, names: tuple[str, ...]) -> Int:
    """The causes as places in `names`; one that is not known there counts as the last."""
    place = {name: at for at, name in enumerate(names)}
    return np.array([place.get(name, len(names) - 1) for name in cause.names])[cause.codes]
