"""What a report says, block by block, from the budget to what to say on the telephone."""

from collections.abc import Callable, Iterator

from tideover.cli.plan.report.blocks import Block, Heading, Listing, Paragraph, Table
from tideover.cli.plan.report.choices import cost_plot, frontier_plot
from tideover.cli.plan.report.plots import before_after_plot, budget_plot
from tideover.cli.plan.report.words import request_words, script
from tideover.evidence import needed
from tideover.money import Money
from tideover.offers.joint import JointAnswer, JointOffer
from tideover.options import DueLine
from tideover.policy import Parameters, Words, percent_text

__all__ = ["TITLE", "report_blocks"]

TITLE = Words("还款协商方案", "A plan to talk about")
MONTHS_SHOWN = 24

#: Words in the language of the report.
Said = Callable[[str, str], str]


def report_blocks(
    answer: JointAnswer, *, cause: str | None, parameters: Parameters, language: str
) -> Iterator[Block]:
    """Return the report's blocks in one language."""

    def said(zh: str, en: str) -> str:
        return Words(zh, en).in_language(language)

    yield from _budget(answer, language, said)
    yield from _request(answer, language, said)
    yield Heading(said("材料清单", "Documents"))
    needs = needed(cause or "other", parameters)
    yield Listing(
        tuple((need.label.in_language(language), need.why.in_language(language)) for need in needs)
    )
    for offer in answer.offers[:1]:
        yield from _schedule(offer, said)
    if answer.stress:
        yield from _stress(answer, language, said)
    if answer.alternatives:
        yield from _alternatives(answer, language, said)
    yield Heading(said("打电话时这样说", "What to say on the telephone"))
    lines = (line.in_language(language) for line in script(answer, cause=cause))
    yield Listing(tuple((line, "") for line in lines), is_numbered=True)


def _budget(answer: JointAnswer, language: str, said: Said) -> Iterator[Block]:
    yield Heading(said("收支", "Budget"))
    yield budget_plot(answer.capacity[0], language=language)
    rows = []
    before = None
    for month in answer.capacity[:MONTHS_SHOWN]:
        if month.capacity != before:
            amounts = (month.income, month.outgoings, month.other_debts, month.capacity)
            rows.append((f"{month.month:%Y-%m}", *(amount.display for amount in amounts)))
        before = month.capacity
    heads = (
        said("从", "From"), said("收入", "Income"), said("必要支出", "Spending"),
        said("其他债务", "Other debts"), said("每月能还", "Can be paid"),
    )  # fmt: skip
    yield Table(heads, tuple(rows))


def _request(answer: JointAnswer, language: str, said: Said) -> Iterator[Block]:
    yield Heading(said("我的请求", "What I ask for"))
    for offer in answer.offers:
        forms = {part.proposal.legal_form.words for part in offer.plan.parts}
        names = "、".join(sorted(form.in_language(language) for form in forms))
        yield Paragraph(
            request_words(offer).in_language(language),
            lead=f"{offer.label.in_language(language)} ({names})",
            note=offer.why.in_language(language),
        )
    for refused in answer.declined:
        yield Paragraph(
            refused.words.in_language(language), note=refused.would_change.in_language(language)
        )
    for step in answer.next_steps:
        yield Paragraph(step.in_language(language))
    if answer.offers:
        yield from _plots(answer, language)


def _plots(answer: JointAnswer, language: str) -> Iterator[Block]:
    best = answer.offers[0].plan.draft
    flows = [(due.line.due_date, due.amount) for _, due in best.dues]
    limits = {month.month: month.capacity for month in answer.capacity}
    yield before_after_plot(answer.contract_dues, flows, limits=limits, language=language)
    drafts = [
        offer.plan.draft
        for offer in answer.offers
        if not offer.plan.draft.pause_months and offer.from_savings is None
    ]
    offered = [(draft.asked, draft.payment) for draft in drafts]
    # What the frontier is held against: the tightest month of the plans it shows.
    held = {month for draft in drafts or [best] for month in draft.months}
    limit = min(month.capacity for month in answer.capacity if month.month in held)
    frontier = frontier_plot(answer.frontier, offered=offered, limit=limit, language=language)
    if frontier:
        yield frontier


def _schedule(offer: JointOffer, said: Said) -> Iterator[Block]:
    yield Heading(said("还款计划", "Schedule"))
    several = len(offer.plan.parts) > 1
    has_fees = any(_fees(due) for _, due in offer.plan.draft.dues)
    rows = tuple(
        (
            due.line.due_date.isoformat() + (f" {debt.name}" if several else ""),
            (due.line.principal + due.carried.principal).display,
            due.interest.display,
            *((_fees(due).display,) if has_fees else ()),
            due.amount.display,
        )
        for debt, due in offer.plan.draft.dues
    )
    heads = (
        said("还款日", "Due"), said("本金", "Principal"), said("利息", "Interest"),
        *((said("费用", "Fees"),) if has_fees else ()), said("应还", "To pay"),
    )  # fmt: skip
    yield Table(heads, rows)
    cost = percent_text(offer.annual_cost, digits=2)
    total = offer.plan.draft.total_interest.display
    yield Paragraph(
        "",
        note=said(
            f"利息共 {total}，实际年利率 {cost}（复利）",
            f"Interest {total} in all, effective rate {cost} (compound)",
        ),
    )


def _fees(due: DueLine) -> Money:
    return due.line.fee + due.carried.fee + due.carried.penalty


def _stress(answer: JointAnswer, language: str, said: Said) -> Iterator[Block]:
    """The first offer under worse incomes, and the fall at which it breaks."""
    yield Heading(said("如果情况变差", "If things get worse"))
    rows = tuple(
        (
            case.words.in_language(language),
            said("能守住", "holds")
            if case.holds
            else said(
                f"{case.months_short[0]:%Y-%m} 起不够", f"short from {case.months_short[0]:%Y-%m}"
            ),
        )
        for case in answer.stress
    )
    yield Table((said("情形", "Case"), said("第一个方案", "The first plan")), rows)
    if answer.break_even_fall is not None:
        fall = percent_text(answer.break_even_fall)
        yield Paragraph(
            "",
            note=said(
                f"收入最多再少 {fall}，第一个方案仍然付得起；更少时请尽早联系，不要等逾期",
                f"The first plan can be paid while income falls by no more than {fall}; if it "
                "falls further, get in touch early and do not wait for arrears",
            ),
        )


def _alternatives(answer: JointAnswer, language: str, said: Said) -> Iterator[Block]:
    yield Heading(said("和其他办法比一比", "Compared with other ways"))
    known = [
        (_without_brackets(one.words.in_language(language)), one.annual_cost)
        for one in answer.alternatives
        if one.annual_cost is not None
    ]
    for offer in answer.offers[:1]:
        mine = (said("这个方案", "This plan"), offer.annual_cost)
        yield cost_plot((mine, *known), language=language)
    rows = tuple(
        (
            one.words.in_language(language),
            one.total_cost.display,
            percent_text(one.annual_cost) if one.annual_cost is not None else "—",
            one.monthly.display,
        )
        for one in answer.alternatives
    )
    heads = (
        said("办法", "Way"), said("总成本", "Cost in all"), said("真实年化", "True annual cost"),
        said("每月", "A month"),
    )  # fmt: skip
    yield Table(heads, rows)
    yield Listing(
        tuple(
            (one.words.in_language(language), one.risk.in_language(language))
            for one in answer.alternatives
        ),
        is_plain=True,
    )


def _without_brackets(name: str) -> str:
    """Return a way's name for a plot, without the amount that stands behind it."""
    return name.partition("（")[0].partition(" (")[0]
