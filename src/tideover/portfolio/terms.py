"""The numbers of one simulation, read once from the policy book."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

from tideover.kernels import BreakOff, Menu
from tideover.policy import Parameters, PolicyBook
from tideover.portfolio.behaviour import Behaviour, overlaid
from tideover.portfolio.policies import menu_of

__all__ = ["DAYS_OF_MONTH", "Terms", "terms_of"]

#: An instalment missed counts as so many days past due.
DAYS_OF_MONTH: Final = 30
CLASSES: Final = ("normal", "special", "substandard", "doubtful", "loss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a simulation goes by. Chances are doubles; what moves money is exact.

    `class_months` are the least months late of special mention, substandard, doubtful and loss;
    `provisions` the shares of the five classes.
    """

    behaviour: Behaviour
    menu: Menu
    curve: BreakOff
    uplift: Fraction
    miss_base: float
    miss_slope: float
    miss_max: float
    comfortable: float
    cure_chance: float
    pause_return: float
    charge_off: int
    default: int
    redefault: int
    observed: int
    class_months: tuple[int, ...]
    provisions: tuple[Fraction, ...]
    recovery: Fraction
    digest: str


def terms_of(book: PolicyBook, *, on: date, behaviour_file: Path | None = None) -> Terms:
    """Return the numbers that hold on a day, those of a file of behaviour before the book's.

    Raises:
        UnknownBehaviour: the file says something the book does not have.
    """
    pack = book.pack_on(on, pack="portfolio/behaviour")
    behaviour = Behaviour(overlaid(pack, behaviour_file) if behaviour_file else pack)
    common = book.on(on, product="consumer-level")
    days = [common.integer(f"asset_class.{name}_days") for name in CLASSES[2:]]
    return Terms(
        behaviour=behaviour,
        menu=menu_of(behaviour),
        curve=BreakOff.of(common),
        uplift=behaviour.pack.ratio("simulation.penalty_uplift"),
        miss_base=behaviour.ratio("miss_base"),
        miss_slope=behaviour.ratio("miss_slope"),
        miss_max=behaviour.ratio("miss_max"),
        comfortable=behaviour.ratio("burden_comfortable"),
        cure_chance=behaviour.ratio("cure_chance"),
        pause_return=behaviour.ratio("pause_return"),
        charge_off=behaviour.whole("charge_off_months"),
        default=behaviour.whole("default_months"),
        redefault=behaviour.whole("redefault_months"),
        observed=common.integer("probation.months_min") + 1,  # from the first due date, a month on
        class_months=(1, *(one // DAYS_OF_MONTH + 1 for one in days)),
        provisions=tuple(_provision(behaviour.pack, name) for name in CLASSES),
        recovery=common.ratio("value.recovery_share"),
        digest=_digest(behaviour.pack, common),
    )


def _provision(pack: Parameters, name: str) -> Fraction:
    return pack.ratio(f"simulation.provision_{name}")


def _digest(*packs: Parameters) -> str:
    return " ".join(pack.digest[:16] for pack in packs)
