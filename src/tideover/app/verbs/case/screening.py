"""Every message about a case is looked at: a scam may not leave, and is flagged when it comes.

What comes in is always kept: a borrower who passes on what a stranger wrote has done right.
"""

from collections.abc import Iterable
from typing import ClassVar

from django.db.models import F

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.models import Borrower, Case, CaseFlag, CaseNote
from tideover.app.verbs import registry
from tideover.money import Refusal
from tideover.policy import Words, load_book
from tideover.safety import Direction, ScamFinding, ScamReport, ScamVerdict, official_channels, scan

#: What the borrower wrote, and what the lender's people wrote to the borrower.
FROM_BORROWER = frozenset({"talk", "early-notice", "message", "call"})
#: Kind of a note and verdict of a flag: somebody may harm themselves.
DISTRESS = "distress"
TO_BORROWER = frozenset({"answer", "decline", "reply"})


_DISTRESS_REASON = Words(
    "借款人可能有伤害自己的念头", "the borrower may be thinking of harming themselves"
)
_DISTRESS_ADVICE = Words(
    "由受过培训的同事尽快联系：先关心人，不谈欠款；告诉对方 12356 心理援助热线；"
    "紧急时拨打 110 或 120。"
    "关闭此提醒之前，系统不发送任何催款消息。",
    "A trained colleague gets in touch soon: about the person, not the debt; name the help line "
    "12356; in an emergency call 110 or 120. Nothing chases this borrower until this is closed.",
)


class UnsafeMessage(Refusal):
    """A message to a borrower holds what the lender never writes."""

    code: ClassVar[str] = "unsafe-message"

    def __init__(self, findings: Iterable[ScamFinding]) -> None:
        self.findings = tuple(findings)
        en = "; ".join(f"{one.because.en} (“{one.quote}”)" for one in self.findings)
        zh = "；".join(f"{one.because.zh}（“{one.quote}”）" for one in self.findings)
        super().__init__(
            f"This message was not sent: {en}. Take that out and name the official channels only.",
            f"消息未发送：{zh}。请删去这些内容，只写官方渠道和官方热线。",
        )


def judged(text: str, *, direction: Direction) -> ScamReport:
    """What the scanner says of a text, with the official numbers of the day's register."""
    today = clock.today()
    channels = official_channels(load_book().on(today, product="weilidai"))
    numbers = registry.numbers(today)
    hotline = numbers[0] if numbers else channels.hotline
    return scan(text, hotline=hotline, direction=direction, numbers=numbers)


def demand_safe(text: str) -> None:
    """Let only what the lender may write go to a borrower. Raises UnsafeMessage."""
    report = judged(text, direction=Direction.OUTBOUND)
    if report.verdict is ScamVerdict.SCAM:
        raise UnsafeMessage(report.reasons)


def flag_suspicion(note: CaseNote) -> CaseFlag | None:
    """Open a flag on the case of a message that shows signs of a scam; None when it shows none.

    Call it in the transaction of the message, on a locked case.
    """
    report = judged(note.text, direction=Direction.INBOUND)
    if not report.reasons:
        return None
    codes = [finding.code for finding in report.reasons]
    flag = CaseFlag.objects.create(
        case=note.case,
        note=note,
        verdict=report.verdict.value,
        codes=codes,
        quote=report.reasons[0].quote,
        opened_at=note.at,
    )
    note.case.flags_open += 1
    Case.objects.filter(pk=note.case.pk).update(flags_open=F("flags_open") + 1)
    log.append(
        messages_stream(note.case),
        kind="message.flagged",
        body={"flag": str(flag.pk), "codes": codes, "verdict": flag.verdict},
        at=note.at,
        actor=note.author.login,
    )
    return flag


def flag_distress(note: CaseNote, *, quote: str) -> CaseFlag:
    """Open a flag of distress on the case of a note. Call it on a locked case."""
    flag = CaseFlag.objects.create(
        case=note.case, note=note, verdict=DISTRESS, codes=[DISTRESS], quote=quote[:200],
        opened_at=note.at,
    )  # fmt: skip
    note.case.flags_open += 1
    Case.objects.filter(pk=note.case.pk).update(flags_open=F("flags_open") + 1)
    return flag


def is_in_distress(borrower: Borrower) -> bool:
    """Whether a flag of distress is open on a case of theirs: nobody chases them meanwhile."""
    return CaseFlag.objects.filter(
        case__borrower=borrower, verdict=DISTRESS, closed_at__isnull=True
    ).exists()


def messages_stream(case: Case) -> str:
    """The part of the log that tells of the messages of a case."""
    return f"messages:{case.number}"


def advice_about(flag: CaseFlag) -> tuple[tuple[Words, ...], Words]:
    """Why a message was flagged, and what its reader should do, in both languages."""
    if flag.verdict == DISTRESS:
        return (_DISTRESS_REASON,), _DISTRESS_ADVICE
    report = judged(flag.note.text, direction=Direction.INBOUND)
    reasons = {finding.code: finding.because for finding in report.reasons}
    return tuple(reasons[code] for code in flag.codes if code in reasons), report.advice
