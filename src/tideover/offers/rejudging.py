"""What a change of policy would change: the same request, judged by other numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tideover.offers.figures import Judged, judged
from tideover.offers.finding import find_offers
from tideover.offers.offer import Offer, OfferSet
from tideover.offers.request import OfferRequest
from tideover.offers.settlement import settled_again
from tideover.offers.situation import situation_of
from tideover.offers.wording import approval_reasons
from tideover.options import LegalForm
from tideover.policy import Parameters, Verdict, Words

__all__ = ["OfferRejudged", "Rejudged", "VerdictChange", "rejudge", "rejudge_offer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudged:
    """The answers before and after, and every difference a borrower or an agent would see."""

    before: OfferSet
    after: OfferSet
    differences: tuple[Words, ...]

    @property
    def is_different(self) -> bool:
        """Whether anybody would see another answer."""
        return bool(self.differences)


def rejudge(request: OfferRequest, parameters: Parameters) -> Rejudged:
    """Return how `request` would be answered under `parameters`, with nothing else changed."""
    before = find_offers(request)
    after = find_offers(replace(request, parameters=parameters))
    return Rejudged(before=before, after=after, differences=tuple(_differences(before, after)))


def _differences(before: OfferSet, after: OfferSet) -> Iterator[Words]:
    old, new = ({offer.key: offer for offer in found.offers} for found in (before, after))
    for key in dict.fromkeys((*old, *new)):
        if key not in new:
            name = old[key].label
            yield Words(f"“{name.zh}”不再提供", f"“{name.en}” is no longer offered")
        elif key not in old:
            yield Words(f"新增：{_shown(new[key]).zh}", f"new: {_shown(new[key]).en}")
        elif _figures(old[key]) != _figures(new[key]):
            was, will = _shown(old[key]), _shown(new[key])
            if was == will:
                rules = ", ".join(_said_otherwise(old[key], new[key])) or "—"
                yield Words(
                    f"{was.zh}：金额不变，规则结论不同（{rules}）",
                    f"{was.en}: the same figures, and rules say otherwise ({rules})",
                )
            else:
                yield Words(f"{was.zh}，变为{will.zh}", f"{was.en} becomes {will.en}")
    codes_before, codes_after = ({one.code for one in found.refused} for found in (before, after))
    for code in sorted(codes_before ^ codes_after):
        gone = code in codes_before
        yield Words(
            f"拒绝理由 {code} {'不再成立' if gone else '成立'}",
            f"the refusal {code} {'no longer applies' if gone else 'applies'}",
        )


def _said_otherwise(old: Offer, new: Offer) -> list[str]:
    """Return the rules of which only one of the two has a verdict, or another one."""
    was, will = (
        {verdict.rule: verdict.passed for verdict in offer.verdicts} for offer in (old, new)
    )
    return sorted(rule for rule in {*was, *will} if was.get(rule) is not will.get(rule))


def _figures(offer: Offer) -> tuple[object, ...]:
    return (
        offer.proposal.restructured, offer.needs_approval, offer.waived,
        tuple((verdict.rule, verdict.passed) for verdict in offer.verdicts),
    )  # fmt: skip


def _shown(offer: Offer) -> Words:
    approval = Words("，须复核", ", needs approval") if offer.needs_approval else Words("", "")
    return Words(
        f"“{offer.label.zh}”{offer.payment.display} × {offer.instalments} 期{approval.zh}",
        f"“{offer.label.en}” {offer.payment.display} × {offer.instalments}{approval.en}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictChange:
    """One rule that says otherwise of the same plan; None where a policy has no such rule."""

    rule: str
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRejudged:
    """One offer as it stands under two policies; `approval_…` is what needs an approver's yes."""

    offer: Offer
    changes: tuple[VerdictChange, ...]
    approval_before: tuple[Words, ...]
    approval_after: tuple[Words, ...]

    @property
    def is_different(self) -> bool:
        """Whether a rule says otherwise of the plan, or another person has to agree to it."""
        return bool(self.changes) or bool(self.approval_before) is not bool(self.approval_after)


def rejudge_offer(request: OfferRequest, offer: Offer, *, parameters: Parameters) -> OfferRejudged:
    """Return what the rules say of the very plan of `offer`, now and under `parameters`.

    `request` is of the day the offer was worked out. Whether a shorter plan would do is left out:
    that is a question about other plans.
    """
    before = _judged_again(request, offer)
    after = _judged_again(replace(request, parameters=parameters), offer)
    old, new = ({one.rule: one for one in found[0].verdicts} for found in (before, after))
    return OfferRejudged(
        offer=offer,
        changes=tuple(
            VerdictChange(rule=rule, before=old.get(rule), after=new.get(rule))
            for rule in dict.fromkeys((*old, *new))
            if _passed(old.get(rule)) is not _passed(new.get(rule))
        ),
        approval_before=before[1],
        approval_after=after[1],
    )


def _judged_again(request: OfferRequest, offer: Offer) -> tuple[Judged, tuple[Words, ...]]:
    situation = situation_of(request)
    proposal = offer.proposal
    is_settlement = proposal.legal_form is LegalForm.SETTLEMENT
    settled = settled_again(situation, proposal) if is_settlement else None
    plan = judged(situation, proposal, shortest=None, settled=settled)
    return plan, approval_reasons(plan, situation)


def _passed(verdict: Verdict | None) -> bool | None:
    return None if verdict is None else verdict.passed
