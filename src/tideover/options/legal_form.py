"""What a change to a loan is in law (法律形式). Each form has limits of its own."""

from enum import StrEnum
from typing import Final

from tideover.policy import Words

__all__ = ["LegalForm"]


class LegalForm(StrEnum):
    """The legal form of a change. A field of every plan, never implied by its figures."""

    TERM_EXTENSION = "term_extension"
    PERSONALISED_INSTALMENTS = "personalised_instalments"
    RESTRUCTURE = "restructure"
    RENEWAL = "renewal"
    DEFERRAL = "deferral"
    SETTLEMENT = "settlement"

    @property
    def words(self) -> Words:
        """The name of the form for people."""
        return _WORDS[self]


_WORDS: Final = {
    LegalForm.TERM_EXTENSION: Words("展期", "Term extension"),
    LegalForm.PERSONALISED_INSTALMENTS: Words("个性化分期", "Personalised instalment plan"),
    LegalForm.RESTRUCTURE: Words("重组", "Restructured agreement"),
    LegalForm.RENEWAL: Words("续贷", "Renewal"),
    LegalForm.DEFERRAL: Words("延期还款", "Deferral"),
    LegalForm.SETTLEMENT: Words("减免结清", "Settlement for less"),
}
