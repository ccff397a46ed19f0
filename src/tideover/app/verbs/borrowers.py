"""What a borrower sets for themselves."""

from tideover.app.db.models import Borrower

__all__ = ["use_language"]


def use_language(borrower: Borrower, language: str) -> None:
    """Write to the borrower in the language they read; nothing is written when it is the same.

    Every code but `en` counts as Chinese.
    """
    chosen = "en" if language == "en" else "zh-hans"
    if borrower.language != chosen:
        Borrower.objects.filter(pk=borrower.pk).update(language=chosen)
        borrower.language = chosen
