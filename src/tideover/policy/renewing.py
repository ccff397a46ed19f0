"""The rules of a renewal (续贷): a new contract of the same principal that pays the old one.

It is distinct from an extension, which changes the old contract before it matures, and from a
restructured agreement, which may give something up.
"""

from datetime import date, timedelta
from typing import Protocol

from tideover.dates import format_date_en, format_date_zh
from tideover.policy.facts import PlanFacts
from tideover.policy.parameters import Parameters
from tideover.policy.registry import rule, verdict
from tideover.policy.verdict import Verdict
from tideover.policy.words import Words

RENEWAL = "renewal"


class _Renewable(Protocol):
    @property
    def is_card(self) -> bool: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def original_maturity(self) -> date: ...
    @property
    def days_past_due(self) -> int: ...


def may_renew(facts: _Renewable, policy: Parameters) -> bool:
    """Return whether a loan may be renewed on the day, whatever the length of the new contract."""
    if "renewal.allowed" not in policy or not policy.flag("renewal.allowed") or facts.is_card:
        return False
    earliest = earliest_renewal(facts.original_maturity, policy)
    is_current = facts.days_past_due <= policy.integer("renewal.days_past_due_max")
    return facts.starts_on >= earliest and is_current


def earliest_renewal(maturity: date, policy: Parameters) -> date:
    """Return the earliest day on which a loan of this maturity may be renewed."""
    return maturity - timedelta(days=policy.integer("renewal.window_days"))


def renewal_months_max(policy: Parameters) -> int:
    """Return the longest new contract: that of the product, and of any consumer loan."""
    return min(
        policy.integer("product.term_months_max"), policy.integer("consumer_loan.months_max")
    )


@rule("renewal.product-allowed", "renewal.allowed")
def renewal_product_allowed(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """Only loans of a product that supervision and the lender let renew are renewed."""
    if facts.legal_form != RENEWAL:
        return None
    allowed = policy["renewal.allowed"]
    passed = bool(allowed.value) and not facts.is_card
    because = (
        Words("这类贷款可以续贷", "loans of this kind may be renewed")
        if passed
        else Words("这类贷款不能续贷", "loans of this kind cannot be renewed")
    )
    return verdict("renewal.product-allowed", passed, because=because, reference=allowed.reference)


@rule("renewal.near-maturity", "renewal.window_days")
def renewal_near_maturity(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A loan is renewed when it is about to mature or has matured, and not before."""
    if facts.legal_form != RENEWAL:
        return None
    day = facts.starts_on or facts.on
    earliest = earliest_renewal(facts.original_maturity, policy)
    because = Words(
        f"贷款{format_date_zh(facts.original_maturity)}到期，{format_date_zh(earliest)}起可以续贷",
        f"the loan matures on {format_date_en(facts.original_maturity)} and may be renewed from "
        f"{format_date_en(earliest)}",
    )
    return verdict(
        "renewal.near-maturity", day >= earliest, because=because,
        reference=policy["renewal.window_days"].reference,
    )  # fmt: skip


@rule("renewal.not-long-in-arrears", "renewal.days_past_due_max")
def renewal_not_long_in_arrears(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A loan that is long in arrears is not renewed: it takes a restructured agreement."""
    if facts.legal_form != RENEWAL:
        return None
    most = policy.integer("renewal.days_past_due_max")
    because = Words(
        f"逾期 {facts.days_past_due} 天，续贷最多 {most} 天",
        f"{facts.days_past_due} days past due; a renewal allows at most {most}",
    )
    return verdict(
        "renewal.not-long-in-arrears", facts.days_past_due <= most, because=because,
        reference=policy["renewal.days_past_due_max"].reference,
    )  # fmt: skip


@rule("renewal.same-principal", "renewal.allowed")
def renewal_same_principal(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """A renewal lends what was owed of the principal, no more and no less."""
    if facts.legal_form != RENEWAL:
        return None
    same = not facts.forgiven_principal and not facts.capitalised
    because = Words(
        f"新合同本金 {facts.principal.display}，{'等于' if same else '不等于'}原合同未还本金",
        f"the new contract lends {facts.principal.display}, "
        f"{'which is' if same else 'and that is not'} the principal left on the old one",
    )
    return verdict(
        "renewal.same-principal", same, because=because,
        reference=policy["renewal.allowed"].reference,
    )  # fmt: skip


@rule("renewal.within-legal-limit", "product.term_months_max", "consumer_loan.months_max")
def renewal_within_legal_limit(facts: PlanFacts, policy: Parameters) -> Verdict | None:
    """The new contract is no longer than the product, and any consumer loan, may be."""
    if facts.legal_form != RENEWAL:
        return None
    most, months = renewal_months_max(policy), facts.months_from_start
    because = Words(
        f"新合同共 {months} 个月，最长 {most} 个月（自新合同放款日起算）",
        f"the new contract runs {months} months from its first day; at most {most} are allowed",
    )
    return verdict(
        "renewal.within-legal-limit", months <= most, because=because,
        reference=policy["product.term_months_max"].reference,
    )  # fmt: skip
