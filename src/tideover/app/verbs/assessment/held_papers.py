"""Nobody is asked for a paper that the lender already has: not twice, and not in a second case.

Marking a file unreadable asks the borrower for it again; so that is refused where a readable one
for the same need is here already, of this case or of an earlier one not long ago.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from tideover.app import clock
from tideover.app.db.models import Case, EvidenceFile
from tideover.money import Refusal

HELD_DAYS = 180
"""How long a paper of an earlier case still speaks; a newer one may be asked for after that."""


class AlreadyHeld(Refusal):
    """The borrower would be asked for a paper that is here."""

    code: ClassVar[str] = "already-held"

    def __init__(self, *, number: str, at: datetime) -> None:
        self.number = number
        day = clock.day_of(at)
        super().__init__(
            f"we hold this paper already: a readable one came on {day} in case {number}. Use it, "
            "and mark this file unclear if it says something else; do not ask the borrower again",
            f"这份材料我们已经有了：{day.year}年{day.month}月{day.day}日在案件 {number} 中"
            "收到过清晰的一份。请直接使用；如果内容不同，可把本文件标为“有疑问”，不要再让借款人补交",
        )


def demand_not_held(case: Case, file: EvidenceFile) -> None:
    """Refuse to ask for a paper that is here, readable. Raises AlreadyHeld."""
    since = clock.now() - timedelta(days=HELD_DAYS)
    held = EvidenceFile.objects.filter(
        case__borrower=case.borrower_id,
        need=file.need,
        status=EvidenceFile.Status.CLEAR,
        added_at__gte=since,
    )
    other = held.exclude(pk=file.pk).select_related("case").order_by("-added_at").first()
    if other is not None:
        raise AlreadyHeld(number=other.case.number, at=other.added_at)
