"""The rules by name: each registered once, all evaluated, in the order they were written."""

from collections.abc import Callable
from inspect import getdoc
from typing import ClassVar, Final

from tideover.money import Refusal
from tideover.policy.facts import PlanFacts
from tideover.policy.parameters import Parameters
from tideover.policy.verdict import Verdict
from tideover.policy.words import Words

__all__ = ["Rule", "judge", "notice", "rule", "rule_names", "verdict"]

#: A rule answers, or says None where it has nothing to say about such a plan.
Rule = Callable[[PlanFacts, Parameters], Verdict | None]

# Filled once, while the module of the rules is imported; read-only afterwards.
_RULES: Final[dict[str, Rule]] = {}
_READS: Final[dict[str, tuple[str, ...]]] = {}


def rule(name: str, *reads: str) -> Callable[[Rule], Rule]:
    """Return a decorator that registers a rule under a name that never changes afterwards.

    `reads` are the parameters the rule may look at, for those who read about it.
    """

    def register(function: Rule) -> Rule:
        _RULES[name] = function
        _READS[name] = reads
        return function

    return register


def judge(facts: PlanFacts, policy: Parameters) -> tuple[Verdict, ...]:
    """Return what every rule says about a plan (hit policy COLLECT: none stops the others)."""
    answers = (applied(facts, policy) for applied in _RULES.values())
    return tuple(answer for answer in answers if answer is not None)


def rule_names() -> tuple[str, ...]:
    """Return the names of all rules."""
    return tuple(_RULES)


def rule_text(name: str) -> str:
    """Return what the rule called `name` says of itself.

    Raises:
        RuleUnknown: there is no such rule.
    """
    if name not in _RULES:
        raise RuleUnknown(name)
    return getdoc(_RULES[name]) or ""


def rule_reads(name: str) -> tuple[str, ...]:
    """Return the names of the parameters that the rule called `name` may look at."""
    return _READS[name]


class RuleUnknown(Refusal):
    """There is no rule of this name."""

    code: ClassVar[str] = "rule-unknown"

    def __init__(self, name: str) -> None:
        known = ", ".join(_RULES)
        super().__init__(
            f"there is no rule {name!r}; the rules are {known}",
            f"没有名为“{name}”的规则；现有规则：{known}",
        )


def verdict(name: str, passed: bool, *, because: Words, reference: str) -> Verdict:  # noqa: FBT001
    """Return a binding answer."""
    return Verdict(rule=name, passed=passed, because=because, reference=reference)


def notice(name: str, passed: bool, *, because: Words, reference: str) -> Verdict:  # noqa: FBT001
    """Return an answer that informs and stops nothing."""
    return Verdict(rule=name, passed=passed, because=because, reference=reference, binding=False)
