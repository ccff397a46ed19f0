"""The best plans that were not offered: the rule that stopped each, and what would change it."""

from collections.abc import Iterator, Sequence

from tideover.dates import format_date_en, format_date_zh
from tideover.offers.grid import Candidate
from tideover.offers.joint.answer import ShorterPlan
from tideover.offers.joint.frontier import Search
from tideover.offers.offer import Refused
from tideover.offers.plan_facts import is_renewable, latest_permitted
from tideover.offers.situation import Situation
from tideover.policy import Words, percent_text

__all__ = ["fees_not_cut", "rejected", "shorter_plans"]


def shorter_plans(searched: Search, chosen: Sequence[Candidate]) -> tuple[ShorterPlan | None, ...]:
    """Return for each plan the one with an instalment less, None where it has only one."""
    longer = [one for one in chosen if one.instalments > 1]
    priced = searched.grid.priced(
        [one.instalments - 1 for one in longer], pauses=[one.pause_months for one in longer]
    )
    plans = {
        id(one): ShorterPlan(
            instalments=shorter.instalments,
            monthly=shorter.payment,
            total_interest=shorter.total_interest,
            fits=shorter.room_minor >= 0,
        )
        for one, shorter in zip(longer, priced, strict=True)
    }
    return tuple(plans.get(id(one)) for one in chosen)


def rejected(searched: Search, shortest: Candidate) -> tuple[Refused, ...]:
    """Return why nothing shorter, nothing longer and nothing cheaper than the law is offered."""
    return (*_too_heavy(searched, shortest), *_too_long(searched), *_too_cheap(searched, shortest))


def _too_heavy(searched: Search, shortest: Candidate) -> Iterator[Refused]:
    if shortest.instalments == 1:
        return
    (heavier,) = searched.grid.priced([shortest.instalments - 1], pauses=[shortest.pause_months])
    if heavier.room_minor >= 0:
        return
    count, short = heavier.instalments, -heavier.room
    yield Refused(
        code="payment.within-capacity",
        words=Words(
            f"{count} 期每月最多 {heavier.payment.display}，最紧的一个月比能力多 {short.display}",
            f"{count} instalments ask for up to {heavier.payment.display} a month, "
            f"{short.display} above what the tightest month can carry",
        ),
        would_change=Words(
            f"每月多 {short.display} 就可以少还一期，息费共 {heavier.cost_of_credit.display}",
            f"with {short.display} more a month it would do, at {heavier.cost_of_credit.display} "
            "of interest and fees",
        ),
    )


def _too_long(searched: Search) -> Iterator[Refused]:
    """One instalment more than the longest plan: the loan whose end comes last says why."""
    grid = searched.grid
    longest = grid.longest()
    calendar, situation = max(
        zip(grid.calendars, grid.situations, strict=True),
        key=lambda pair: pair[0].longest_after(0),
    )
    if longest >= len(calendar.dues):
        return
    last, until = calendar.dues[longest], latest_permitted(situation)
    by_law = last > until
    form = _binding_limit(situation)
    end = until if by_law else calendar.dues[longest - 1]
    yield Refused(
        code=form if by_law else "plan.within-lender-maximum",
        words=Words(
            f"{longest + 1} 期要还到{format_date_zh(last)}，最晚只能到{format_date_zh(end)}",
            f"{longest + 1} instalments would run to {format_date_en(last)}; the latest end is "
            f"{format_date_en(end)}",
        ),
        would_change=Words("期限不能再长；还是太重时，谈减免或降息",
                           "nothing makes it longer; where it is still too heavy, a waiver or a "
                           "lower rate is the way"),
    )  # fmt: skip


def fees_not_cut(searched: Search) -> Iterator[Refused]:
    """Where nothing fits by time alone, say that the fees of a card are not cut, and why."""
    by_fee = [one for one in searched.grid.situations if one.terms.fee_rate]
    if searched.found or not by_fee:
        return
    shown = percent_text(by_fee[0].terms.fee_rate, digits=2)
    yield Refused(
        code="concession.rate_cuts",
        words=Words(
            f"分期手续费每期 {shown}，按分期本金收取，不是利率；降息的授权不适用于手续费",
            f"the fee of {shown} an instalment is charged on the principal of the plan and is no "
            "rate; what an approver may grant lowers rates and no fees",
        ),
        would_change=Words(
            "减免一部分本金，手续费随之减少；减免结清则不再收手续费",
            "where a part of the principal is forgiven the fee falls with it, and a settlement "
            "for less charges none",
        ),
    )


def _binding_limit(situation: Situation) -> str:
    """Return the rule of law that the longest plan of a loan stops at."""
    if situation.is_card:
        return "personalised.within-legal-limit"
    if is_renewable(situation):
        return "renewal.within-legal-limit"
    return "restructure.within-consumer-maximum"


def _too_cheap(searched: Search, shortest: Candidate) -> Iterator[Refused]:
    """At the smallest cut of the rates a shorter plan would do; policy keeps it for need."""
    grants = searched.grid.grants
    eased = (
        one for one in searched.eased
        if grants[one.grant].rate_cut and one.instalments < shortest.instalments
    )  # fmt: skip
    shorter = None if shortest.pause_months else next(eased, None)
    if shorter is None:
        return
    count = shorter.instalments
    share = percent_text(grants[shorter.grant].rate_cut, digits=0)
    yield Refused(
        code="concession.rate_cuts",
        words=Words(
            f"利率降低 {share} 时 {count} 期就够，但按原利率已有负担得起的方案",
            f"with the rate lowered by {share} {count} instalments would do, and at the "
            "contract rate there is a plan that can be carried",
        ),
        would_change=Words("收入再减少、原利率下没有方案时，由审批人批准",
                           "if income falls so far that nothing fits at the contract rate, an "
                           "approver may grant it"),
    )  # fmt: skip
