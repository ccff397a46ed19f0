"""Judging a message: which signs it shows, whether together they make a scam, and what to do.

The scan is thin and says so: what it finds is worth a warning, and what it does not find is not
thereby safe. It never tells that a message is genuine, since words can be copied; only the
official channels can.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from tideover.policy import Words
from tideover.safety.scam.phrases import any_of, read_phrases
from tideover.safety.scam.reading import (
    is_asked_or_heard,
    is_story,
    is_told,
    is_turned,
    plain,
    sentences,
)
from tideover.safety.scam.sign import Sign, Strength, known_signs
from tideover.safety.scam.wording import Likeness, Weighed, likeness, weighed

_AROUND = 12
#: Numbers of a few digits look like no telephone to any sign.
_SHORT_NUMBER = 6
_SCAM_STRENGTH = int(Strength.DECISIVE)
#: Among family a code or a transfer is asked for every day.
_FAMILY_MAY = frozenset(
    {"asks-for-code", "asks-for-password", "pay-a-person", "private-transfer", "urgent-money"}
)

#: What the lender's own people may never write, though in a stranger's message it proves little.
_OUTBOUND_ALONE = frozenset(
    {
        "private-contact", "unofficial-number", "fake-app", "secrecy", "false-police",
        "do-not-answer-lender", "odd-link", "easy-credit", "pay-a-person", "nobody-checks",
    }
)  # fmt: skip

_WORDED = "worded-like-scams"
#: From how many thousandths of likeness on a message is a scam by that alone. Both were chosen on
#: labelled messages of one source, weighed with what was learned from the others.
_LIKE_SCAMS_FROM = {"inbound": 800, "outbound": 450}
#: Below how many no sign makes it one: it speaks of such things as honest people do. What is about
#: to leave is held back sooner.
_HONEST_BELOW = {"inbound": -500, "outbound": -1_000}


class Direction(StrEnum):
    """Whether a message came to the borrower's side or is about to leave the lender's."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class ScamVerdict(StrEnum):
    """What a message is taken for; `OK` is never a proof that it is genuine."""

    SCAM = "scam"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class ScamFinding:
    """One thing in the message that the lender would never write."""

    code: str
    quote: str
    """The words that were found, with a little of what is round them."""
    because: Words
    strength: Strength


@dataclass(frozen=True, slots=True)
class ScamReport:
    """What was found in a message, the gravest first, and what to do."""

    verdict: ScamVerdict
    reasons: tuple[ScamFinding, ...]
    advice: Words

    @property
    def words(self) -> Words:
        """The verdict as a person reads it."""
        if self.verdict is ScamVerdict.SCAM:
            return _SCAM
        return _SUSPICIOUS if self.reasons else _NOTHING


_LIKE_SCAMS = Words(
    "整段措辞与已知的诈骗消息相近。", "As a whole it is worded like scams that are known."
)
_SCAM = Words("这是诈骗手法", "This is how scams work")
_SUSPICIOUS = Words(
    "有需要留意之处，请先用官方热线核实",
    "Something here is worth a check by the official hotline",
)
_NOTHING = Words(
    "没有发现已知的诈骗说法，但这不代表消息是真的",
    "No known scam pattern found, which does not make the message genuine",
)


def scan(
    text: str,
    *,
    hotline: str,
    direction: Direction = Direction.INBOUND,
    numbers: Iterable[str] = (),
) -> ScamReport:
    """Return what in `text` the lender would never write; `hotline` is the official number.

    `numbers` are further telephone numbers of the lender's register: naming one is no sign.

    Full-width letters, spaces inside words and invisible marks do not hide a phrase. In an
    outbound message every sign that asks or sells counts in full: the lender has no family talk,
    and a private contact or number in its own message is a scam by itself.

    Signs of strength three together make a scam unless the message as a whole is told as honest
    people tell; a message that is very like known scams is one without any sign.
    """
    text = _without(text, numbers)
    found = _strongest(_findings(plain(text), direction))
    like = likeness(weighed_in(text, direction=direction))
    if sum(finding.strength for finding in found) >= _SCAM_STRENGTH:
        found = found if _may_be_meant(text, like, direction=direction) else _weakened(found)
    if like.thousandths > _LIKE_SCAMS_FROM[direction.value]:
        quote = ", ".join(like.heaviest)
        found.append(ScamFinding(_WORDED, quote, _LIKE_SCAMS, Strength.DECISIVE))
    found.sort(key=lambda finding: -finding.strength)
    total = sum(finding.strength for finding in found)
    verdict = ScamVerdict.SCAM if total >= _SCAM_STRENGTH else ScamVerdict.OK
    return ScamReport(verdict, tuple(found), _advice(hotline, verdict, direction))


def _without(text: str, numbers: Iterable[str]) -> str:
    """Return `text` with the lender's own numbers, however they are grouped, left out."""
    for number in numbers:
        if len(number) > _SHORT_NUMBER:
            text = re.sub(r"[\s()-]*".join(map(re.escape, number)), "", text)
    return text


def _may_be_meant(text: str, like: Likeness, *, direction: Direction) -> bool:
    """Return whether the signs may be meant: not everything round them is told as the honest do.

    A scam between two kind sentences stays one, so each sentence is weighed by itself too.
    """
    least = _HONEST_BELOW[direction.value]
    return like.thousandths > least or any(
        likeness(weighed_in(part, direction=direction)).thousandths > least
        for part in sentences(plain(text))
    )


def _weakened(found: Sequence[ScamFinding]) -> list[ScamFinding]:
    """Return the two gravest findings as slight ones: worth a look, and no scam."""
    gravest = sorted(found, key=lambda finding: -finding.strength)[:2]
    return [replace(finding, strength=Strength.SLIGHT) for finding in gravest]


def weighed_in(text: str, *, direction: Direction) -> Weighed:
    """Return what of a message is weighed against known scams."""
    seen = plain(text)
    parts = tuple(sentences(seen))
    marks = {f"<{direction.value}>"}
    if is_story(seen):
        marks.add("<story>")
    if any(map(is_told, parts)):
        marks.add("<told>")
    if direction is Direction.INBOUND and _family().search(seen):
        marks.add("<family>")
    is_outbound = direction is Direction.OUTBOUND
    return weighed(seen, parts, marks=frozenset(marks), is_outbound=is_outbound)


def _findings(seen: str, direction: Direction) -> Iterator[ScamFinding]:
    is_inbound = direction is Direction.INBOUND
    if is_inbound and is_story(seen):
        return
    is_family = is_inbound and _family().search(seen) is not None
    for sentence in sentences(seen):
        if is_inbound and is_told(sentence):
            continue
        for sign in known_signs():
            for match in sign.pattern.finditer(sentence):
                if _is_honest(sign, sentence, match):
                    continue
                yield ScamFinding(
                    sign.code,
                    _quote(sentence, match),
                    sign.because,
                    _strength(sign, is_family=is_family, direction=direction),
                )
                break


def _is_honest(sign: Sign, sentence: str, match: re.Match[str]) -> bool:
    """Return whether the phrase stands in a sentence that means no harm."""
    if sign.is_turned_by_never and is_turned(sentence, match):
        return True
    if sign.unless is not None and sign.unless.search(sentence):
        return True
    return sign.is_open_to_questions and is_asked_or_heard(sentence)


@cache
def _family() -> re.Pattern[str]:
    return any_of(read_phrases("honest.yaml")["family"])


def _strength(sign: Sign, *, is_family: bool, direction: Direction) -> Strength:
    if is_family and sign.code in _FAMILY_MAY:
        return Strength.SLIGHT
    if direction is Direction.OUTBOUND and sign.code in _OUTBOUND_ALONE:
        return Strength.DECISIVE
    return sign.strength


def _strongest(findings: Iterable[ScamFinding]) -> list[ScamFinding]:
    """Return one finding a code, the first of its kind."""
    return list({finding.code: finding for finding in reversed(list(findings))}.values())[::-1]


def _quote(sentence: str, match: re.Match[str]) -> str:
    return sentence[max(0, match.start() - _AROUND) : match.end() + _AROUND].strip()


def _advice(hotline: str, verdict: ScamVerdict, direction: Direction) -> Words:
    if direction is Direction.OUTBOUND and verdict is ScamVerdict.SCAM:
        return Words(
            "这条消息不能发送：请删去上面的内容，只写官方渠道和官方热线。",
            "This message cannot be sent: take out what is named above and write of the official "
            "channels only.",
        )
    if verdict is ScamVerdict.SCAM:
        return Words(
            f"不要回复、不要点链接、不要转账。请自己拨打官方热线 {hotline} 核实；"
            "已经转账的，立即拨打 110 或 96110。",
            f"Do not answer, open links or transfer money. Call the official hotline {hotline} "
            "yourself; if you have already paid, call 110 or 96110 at once.",
        )
    return Words(
        f"不放心时，请自己拨打官方热线 {hotline} 核实；协商不收费，我们从不索要验证码。",
        f"If in doubt, call the official hotline {hotline} yourself. Asking for help is free, and "
        "we never ask for codes.",
    )
