"""Currencies, with the number of digits their minor unit has."""

from dataclasses import dataclass
from typing import ClassVar, Final

from tideover.money.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: ISO 4217 code, digits of its minor unit, and the sign people write before it."""

    code: str
    digits: int = 2
    symbol: str = ""

    @property
    def minor_per_major(self) -> int:
        """How many minor units make one major unit: 100 for the yuan, 1 for the yen."""
        return int(10**self.digits)


CNY: Final = Currency("CNY", digits=2, symbol="¥")
EUR: Final = Currency("EUR", digits=2, symbol="€")
GBP: Final = Currency("GBP", digits=2, symbol="£")
USD: Final = Currency("USD", digits=2, symbol="$")
JPY: Final = Currency("JPY", digits=0, symbol="JP¥")
KWD: Final = Currency("KWD", digits=3, symbol="KD")

_KNOWN: Final = {one.code: one for one in (CNY, EUR, GBP, USD, JPY, KWD)}


class UnknownCurrency(Refusal):
    """No currency of this code is known."""

    code: ClassVar[str] = "unknown-currency"

    def __init__(self, code: str) -> None:
        known = ", ".join(sorted(_KNOWN))
        super().__init__(
            f"currency {code!r} is not known; use one of {known}",
            f"不认识币种 {code!r}；请使用 {known} 之一",
        )


def currency(code: str) -> Currency:
    """Return the currency of an ISO 4217 code, in either case.

    Raises:
        UnknownCurrency: the code is not one of the currencies this system keeps.
    """
    try:
        return _KNOWN[code.strip().upper()]
    except KeyError:
        raise UnknownCurrency(code) from None
