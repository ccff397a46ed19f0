"""The rules by name: each registered once, all evaluated, in the order they were written."""

from collections.abc import Callable
from typing import Final

from tideover.policy.facts import PlanFacts
from tideover.policy.parameters import Parameters
from tideover.policy.verdict import Verdict
from tideover.policy.words import Words

__all__ = ["Rule", "judge", "notice", "rule", "rule_names", "verdict"]

#: A rule answers, or says None where it has nothing to say about such a plan.
Rule = Callable[[PlanFacts, Parameters], Verdict | None]

# Filled once, while the module of the rules is imported; read-only afterwards.
_RULES: Final[dict[str, Rule]] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Return a decorator that registers a rule under a name that never changes afterwards."""

    def register(function: Rule) -> Rule:
        _RULES[name] = function
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
    """Return what the rule called `name` says of itself."""
    return (_RULES[name].__doc__ or "").strip()


def verdict(name: str, passed: bool, because: Words, *, reference: str) -> Verdict:  # noqa: FBT001
    """Return a binding answer."""
    return Verdict(rule=name, passed=passed, because=because, reference=reference)


def notice(name: str, passed: bool, because: Words, *, reference: str) -> Verdict:  # noqa: FBT001
    """Return an answer that informs and stops nothing."""
    return Verdict(rule=name, passed=passed, because=because, reference=reference, binding=False)
