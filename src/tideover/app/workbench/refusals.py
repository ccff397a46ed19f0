"""What the desk shows when a verb refuses: who and when for a stale form, words for the rest."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tideover.app.verbs import assessment
from tideover.app.workbench import text
from tideover.money import Refusal

STALE = "stale-version"
#: Somebody else was quicker: the answer is 409, and the page says who it was.
CONFLICTS = frozenset(
    {STALE, "stale-case", "already-claimed", "command-not-allowed", "not-the-agent"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A refusal as the page shows it: a heading, the sentence, and the status of the answer.

    `who` says who did what and when, where somebody else was quicker and the sentence does not
    say it.
    """

    heading: str
    sentence: str
    code: str
    status: int
    is_conflict: bool
    who: str = ""


def refused(refusal: Refusal, *, file: assessment.CaseFile | None = None) -> Refused:
    """Return `refusal` in the reader's language; 409 when somebody else was first, else 422."""
    is_conflict = refusal.code in CONFLICTS
    return Refused(
        heading=_("The case has changed meanwhile") if is_conflict else _("This could not be done"),
        sentence=str(refusal) if text.is_english() else refusal.zh,
        code=refusal.code,
        status=409 if is_conflict else 422,
        is_conflict=is_conflict,
        who=_latest(file) if is_conflict and file and refusal.code != STALE else "",
    )


def _latest(file: assessment.CaseFile) -> str:
    if not file.timeline:
        return ""
    latest = max(file.timeline, key=lambda item: item.at)
    return _("%(who)s, %(when)s: %(what)s") % {
        "who": latest.actor,
        "when": text.moment(latest.at),
        "what": text.in_words(latest.words),
    }
