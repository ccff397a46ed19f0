"""The sets of rules and how their answers are taken together: hit policies, named as in DMN."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tideover.policy.legal_forms import FORM_LINES
from tideover.policy.registry import rule_names
from tideover.policy.words import Words

__all__ = [
    "REFUSAL_ORDER", "HitPolicy", "RuleSet", "by_priority", "rule_sets",
]  # fmt: skip


class HitPolicy(StrEnum):
    """How the answers of several rules become one."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    COLLECT = "COLLECT"

    @property
    def words(self) -> Words:
        """What the policy means."""
        return _MEANINGS[self]


_MEANINGS: Final = {
    HitPolicy.UNIQUE: Words("任何时候只有一条成立", "exactly one can hold at a time"),
    HitPolicy.FIRST: Words("自上而下，第一条成立的算数",
                           "from the top, the first that holds counts"),
    HitPolicy.PRIORITY: Words("可能有几条成立，排在前面的先说",
                              "several may hold, and the most important speaks first"),
    HitPolicy.COLLECT: Words("每条都回答，有一条不通过即不能提供",
                             "every rule answers; one that is not met stops the plan"),
}  # fmt: skip

#: The codes of an answer, the most important first. An unknown code comes last.
REFUSAL_ORDER: Final = (
    "nothing_owed", "ability_sufficient", "no_repayment_ability", "never_amortises",
    "over_legal_limit", "over_policy_limit", "above_capacity", "settlement_not_possible",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """Rules that decide one thing together, in their order."""

    name: str
    hit_policy: HitPolicy
    words: Words
    rules: tuple[str, ...]


def rule_sets() -> tuple[RuleSet, ...]:
    """Return every set of rules."""
    return (
        RuleSet(
            name="plan", hit_policy=HitPolicy.COLLECT, rules=rule_names(),
            words=Words("一个方案能否提供", "whether a plan may be offered"),
        ),
        RuleSet(
            name="legal-form", hit_policy=HitPolicy.FIRST,
            rules=tuple(line.form for line in FORM_LINES),
            words=Words("方案采用哪种法律形式", "which legal form a plan takes"),
        ),
        RuleSet(
            name="refusal", hit_policy=HitPolicy.PRIORITY, rules=REFUSAL_ORDER,
            words=Words("不能提供时先说哪个原因", "which reason is told first"),
        ),
        RuleSet(
            name="value-of-the-day", hit_policy=HitPolicy.UNIQUE, rules=(),
            words=Words("一个参数在某一天的取值", "the value of a number on a day"),
        ),
    )  # fmt: skip


def by_priority(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes, the most important first; equals keep their order."""
    ranks = {code: rank for rank, code in enumerate(REFUSAL_ORDER)}
    return tuple(sorted(codes, key=lambda code: ranks.get(code, len(ranks))))
