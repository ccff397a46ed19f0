"""Telling a message that pretends to come from the lender, by what it asks for.

A rule is a pattern and what makes it dangerous. The scan is thin and says so: what it finds is
worth a warning, and what it does not find is not thereby safe. It never tells that a message is
genuine, since words can be copied; only the official channels can.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from tideover.policy import Words
from tideover.safety.scam_rules import RULES, Rule

#: No message needs more; what is longer is read up to here.
_LENGTH_MAX = 20_000
_AROUND = 12
#: Marks a reader does not see, put between letters so that a filter does not match.
_UNSEEN = frozenset({"Cf", "Cc", "Mn"})


class ScamOutcome(StrEnum):
    """How a message looks; never that it is genuine."""

    SCAM = "scam"
    SUSPICIOUS = "suspicious"
    NOTHING_FOUND = "nothing-found"

    @property
    def words(self) -> Words:
        """The outcome as a person reads it."""
        return _OUTCOMES[self]


@dataclass(frozen=True, slots=True)
class ScamFinding:
    """One thing in the message that the lender would never write."""

    code: str
    quote: str
    """The words that were found, with a little of what is round them."""
    because: Words
    is_decisive: bool
    """Whether this alone makes it a scam."""


@dataclass(frozen=True, slots=True)
class ScamReport:
    """What was found in a message, the gravest first, and what to do."""

    outcome: ScamOutcome
    findings: tuple[ScamFinding, ...]
    advice: Words


_OUTCOMES = {
    ScamOutcome.SCAM: Words("这是诈骗手法", "This is how scams work"),
    ScamOutcome.SUSPICIOUS: Words("有可疑之处", "This looks suspicious"),
    ScamOutcome.NOTHING_FOUND: Words(
        "没有发现已知的诈骗说法，但这不代表消息是真的",
        "No known scam pattern found, which does not make the message genuine",
    ),
}


def scan(text: str, *, hotline: str) -> ScamReport:
    """Return what in `text` the lender would never write; `hotline` is the official number.

    Full-width letters, spaces inside words and invisible marks do not hide a pattern.
    """
    plain = _plain(text)
    found = tuple(finding for rule in RULES if (finding := _found(rule, plain)) is not None)
    ordered = tuple(sorted(found, key=lambda finding: not finding.is_decisive))
    return ScamReport(_outcome(ordered), ordered, _advice(hotline))


def _outcome(findings: tuple[ScamFinding, ...]) -> ScamOutcome:
    """Return the outcome: one decisive finding or three others make a scam."""
    if any(finding.is_decisive for finding in findings) or len(findings) >= 3:
        return ScamOutcome.SCAM
    return ScamOutcome.SUSPICIOUS if findings else ScamOutcome.NOTHING_FOUND


def _found(rule: Rule, plain: str) -> ScamFinding | None:
    for match in rule.pattern.finditer(plain):
        if rule.unless is not None and rule.unless.search(_clause(plain, match)):
            continue
        start = max(0, match.start() - _AROUND)
        quote = plain[start : match.end() + _AROUND].strip()
        return ScamFinding(rule.code, quote, rule.because, rule.is_decisive)
    return None


def _clause(plain: str, match: re.Match[str]) -> str:
    """Return the clause the match stands in, where a “never” would turn its meaning.

    A comma ends a clause: “don't worry, send the code” asks for the code.
    """
    start = max(plain.rfind(mark, 0, match.start()) for mark in "。！？；，：\n!?;.,:") + 1
    return plain[start : match.end()]


def _plain(text: str) -> str:
    """Return `text` as a reader sees it: one form of each letter, nothing invisible."""
    folded = unicodedata.normalize("NFKC", text[:_LENGTH_MAX])
    seen = "".join(c for c in folded if c == "\n" or unicodedata.category(c) not in _UNSEEN).lower()
    # Spaces between Chinese characters carry no meaning and are put there to break a match.
    return re.sub(r"(?<=[\u4e00-\u9fff])[ \t.·*_-]+(?=[\u4e00-\u9fff])", "", seen)


def _advice(hotline: str) -> Words:
    return Words(
        f"不要回复、不要点链接、不要转账。请自己拨打官方热线 {hotline} 核实；"
        "已经转账的，立即拨打 110 或 96110。",
        f"Do not answer, open links or transfer money. Call the official hotline {hotline} "
        "yourself; if you have already paid, call 110 or 96110 at once.",
    )
