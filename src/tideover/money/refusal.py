"""The family of everything a person caused and can put right."""

from typing import ClassVar


class Refusal(Exception):
    """A request that cannot be carried out as asked, with the numbers and the next step.

    `str(error)` is the English sentence and `error.zh` the Chinese one. `code` is stable: pages
    and interfaces choose their own words by it.
    """

    code: ClassVar[str] = "refusal"

    def __init__(self, en: str, zh: str = "") -> None:
        super().__init__(en)
        self._zh = zh or en

    @property
    def zh(self) -> str:
        """The same sentence in Chinese."""
        return self._zh
