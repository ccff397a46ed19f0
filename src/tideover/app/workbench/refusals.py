"""What the desk shows when a verb refuses: who and when for a stale form, words for the rest."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tideover.app.workbench import text
from tideover.money import Refusal

STALE = "stale-version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A refusal as the page shows it: a heading, the sentence, and the status of the answer."""

    heading: str
    sentence: str
    code: str
    status: int


def refused(refusal: Refusal) -> Refused:
    """Return `refusal` in the reader's language; 409 when somebody else was first, else 422."""
    is_stale = refusal.code == STALE
    return Refused(
        heading=_("Somebody else was here first") if is_stale else _("This could not be done"),
        sentence=str(refusal) if text.is_english() else str(getattr(refusal, "zh", refusal)),
        code=refusal.code,
        status=409 if is_stale else 422,
    )
