"""What a policy may grant, and the plans that are looked at for every household that asks."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

import numpy as np

from tideover.kernels import Int, Mask, Menu
from tideover.money import Refusal
from tideover.policy import Parameters, PolicyBook, Words, extension_months_max
from tideover.portfolio.behaviour import Behaviour, Fortunes

__all__ = ["Grant", "PolicyNotFound", "grant_of", "menu_of"]

MILLION: Final = 1_000_000


class PolicyNotFound(Refusal):
    """There is no policy of this name, and no file either."""

    code: ClassVar[str] = "portfolio-policy-not-found"

    def __init__(self, name: str, *, known: tuple[str, ...]) -> None:
        super().__init__(
            f"there is no policy {name!r}: known are {', '.join(known)}; or name a YAML file that "
            "says the same parameters",
            f"没有名为“{name}”的政策：已有 {'、'.join(known)}；也可指定参数相同的 YAML 文件",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a policy may grant on its day; `common` is the law and the product beside it."""

    name: Words
    pack: Parameters
    extension_max: int
    pause_max: int
    cut_max: int
    waived_for: tuple[str, ...]
    burden_max: float
    common: Parameters

    def allows(self, menu: Menu, *, term: Int, households: Fortunes) -> Mask:
        """Return which plans of the menu may be granted to whom, shape (plans, loans).

        Penalty is waived for the named causes, and for nobody else. Months added and months
        paused together stay within the legal limit of extensions, as `extension_months_max` says.
        """
        later = (menu.extension + menu.pause)[:, None]
        terms, place = np.unique(term, return_inverse=True)
        limits = [extension_months_max(int(one), self.common) for one in terms]
        room = np.array(limits, dtype=np.int64)[place]
        may = (menu.extension <= self.extension_max) & (menu.pause <= self.pause_max)
        may &= menu.cut <= self.cut_max
        named = np.array([cause in self.waived_for for cause in households.cause.names])
        is_waived = named[households.cause.codes]
        return np.asarray(
            may[:, None] & (later <= room) & (menu.waives[:, None] == is_waived), dtype=np.bool_
        )


def grant_of(name: str, *, on: date, book: PolicyBook) -> Grant:
    """Return the policy called `name` in the book, or read from the file so named.

    Raises:
        PolicyNotFound: there is neither.
    """
    pack = _pack(name, on=on, book=book)
    product = book.on(on, product="consumer-level")
    return Grant(
        name=Words(pack.text("grant.name_zh"), pack.text("grant.name_en")),
        pack=pack,
        extension_max=pack.integer("grant.extension_max"),
        pause_max=pack.integer("grant.pause_max"),
        cut_max=round(pack.ratio("grant.rate_cut_max") * MILLION),
        waived_for=pack.names("grant.penalty_waived_for"),
        burden_max=float(pack.ratio("grant.burden_max")),
        common=product,
    )


def menu_of(behaviour: Behaviour) -> Menu:
    """Return every combination that the policy book names."""
    extension, cut, pause, waives = np.meshgrid(
        behaviour.numbers("extensions"),
        behaviour.numbers("rate_cuts") * MILLION,
        behaviour.numbers("pauses"),
        [0, 1],
        indexing="ij",
    )
    return Menu(
        extension=extension.ravel().astype(np.int64),
        pause=pause.ravel().astype(np.int64),
        cut=np.rint(cut.ravel()).astype(np.int64),
        waives=waives.ravel() == 1,
    )


def _pack(name: str, *, on: date, book: PolicyBook) -> Parameters:
    if name.endswith((".yaml", ".yml")):
        path = Path(name)
        if path.is_file():
            return PolicyBook.of_file(path).pack_on(on, pack=path.stem)
    known = tuple(
        pack.removeprefix("portfolio/")
        for pack, parameters in book.packs.items()
        if pack.startswith("portfolio/") and "grant.extension_max" in parameters
    )
    if name not in known:
        raise PolicyNotFound(name, known=known)
    return book.pack_on(on, pack=f"portfolio/{name}")
