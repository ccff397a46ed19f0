"""What a change of policy would change: the same request, judged by other numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tideover.offers.finding import find_offers
from tideover.offers.offer import Offer, OfferSet
from tideover.offers.request import OfferRequest
from tideover.policy import Parameters, Words

__all__ = ["Rejudged", "rejudge"]


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
            yield Words(f"{was.zh}，变为{will.zh}", f"{was.en} becomes {will.en}")
    codes_before, codes_after = ({one.code for one in found.refused} for found in (before, after))
    for code in sorted(codes_before ^ codes_after):
        gone = code in codes_before
        yield Words(
            f"拒绝理由 {code} {'不再成立' if gone else '成立'}",
            f"the refusal {code} {'no longer applies' if gone else 'applies'}",
        )


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
