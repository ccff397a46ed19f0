"""Where every cent of a state comes from: which event and which rule made it, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tideover.loan.components import Component
from tideover.loan.events import Event
from tideover.loan.factor_words import factor_words
from tideover.loan.fold.book import Book, Entry
from tideover.loan.fold.bucket import Bucket
from tideover.loan.fold.folding import folded
from tideover.loan.rates import plain_text
from tideover.loan.reasons import Reason
from tideover.loan.rebuilding import bearing_days
from tideover.loan.terms import LoanTerms, PenaltyBase
from tideover.money import Money

_NAMES_ZH = {
    Component.PRINCIPAL: "本金",
    Component.INTEREST: "利息",
    Component.PENALTY: "罚息",
    Component.FEE: "费用",
}


@dataclass(frozen=True, slots=True)
class LineAccount:
    """One line of the active schedule: its number, its due date, and the reasons in order."""

    number: int
    due_date: date
    reasons: tuple[Reason, ...]


def explain_state(
    terms: LoanTerms, events: Sequence[Event], *, on: date
) -> tuple[LineAccount, ...]:
    """Return, for every line of the active schedule, what made it what it is on the day.

    Raises:
        Refusal: as `loan_state` does for the same events.
    """
    book = folded(terms, events, on=on)
    if book is None:
        return ()
    # A change without effect belongs to no line; `LoanState.without_effect` names it.
    return tuple(
        LineAccount(bucket.line.number, bucket.due, tuple(_reasons(book, bucket)))
        for bucket in book.buckets
    )


def _reasons(book: Book, bucket: Bucket) -> Iterator[Reason]:
    if bucket.made_by is not None:
        yield bucket.made_by
    yield _asked(book, bucket)
    yield from _brought_forward(book, bucket)
    yield from _paused(book, bucket)
    yield from (_added(entry, book) for entry in book.charges if entry.bucket is bucket)
    yield from _late(book, bucket)
    yield from (
        _taken(entry, book, "waiver", "减免") for entry in book.waivers if entry.bucket is bucket
    )
    yield from (
        _taken(entry, book, "payment", "还款")
        for entry in book.entries
        if entry.bucket is bucket and entry.amount
    )
    left = _money(book, bucket.left_in_all()).text
    yield Reason(f"left: {left}", f"尚欠：{left}")


def _asked(book: Book, bucket: Bucket) -> Reason:
    texts = {
        part: _money(book, amount - bucket.charged[part]).text
        for part, amount in bucket.asked.items()
        if amount > bucket.charged[part]
    }
    en = ", ".join(f"{part.value} {text}" for part, text in texts.items())
    zh = "、".join(f"{_NAMES_ZH[part]} {text}" for part, text in texts.items())
    if not bucket.bears_interest:
        since = book.restructured_on or book.schedule.start
        return Reason(
            f"carried without interest since {since}, due {bucket.due}: {en}",
            f"{since} 起结转（不计息），{bucket.due} 到期：{zh}",
        )
    if bucket.is_stopped:
        return Reason(
            f"closed early, so it asks for no more than was earned: {en or 'nothing'}",
            f"提前结清，仅收取已产生部分：{zh or '无'}",
        )
    return Reason(
        f"the schedule asks on {bucket.due} for {en or 'nothing'}",
        f"还款计划 {bucket.due} 应还：{zh or '无'}",
    )


def _brought_forward(book: Book, bucket: Bucket) -> Iterator[Reason]:
    is_first = bucket.bears_interest and bucket.line is book.schedule.lines[0]
    if is_first and book.opening_interest:
        text, start = _money(book, book.opening_interest).text, book.schedule.start
        yield Reason(
            f"in it {text} of interest earned before {start}, which bears none itself",
            f"其中 {text} 为 {start} 前已产生的利息，不再计息",
        )


def _paused(book: Book, bucket: Bucket) -> Iterator[Reason]:
    period = bucket.line.period
    days = period.days - bearing_days(period, book.basis.pauses)
    if days and bucket.bears_interest:
        yield Reason(
            f"{days} days of its period lie in a pause and bear no interest",
            f"计息期内有 {days} 天停息，不计利息",
        )


def _late(book: Book, bucket: Bucket) -> Iterator[Reason]:
    rules = bucket.rules
    unit = book.terms.currency.minor_per_major
    for start, end, unpaid in bucket.stretches:
        factor = Fraction(rules.units(start, end), rules.denominator)
        owed, exact = _money(book, unpaid).text, plain_text(unpaid * factor / unit)
        how_en, how_zh = factor_words(rules.rate, days=(end - start).days, factor=factor)
        yield Reason(
            f"late from {start} to {end}: principal {owed} × {how_en} = {exact}",
            f"逾期 {start} 至 {end}：本金 {owed} × {how_zh} = {exact}",
        )
    if not bucket.stretches:
        return
    interest = _money(book, bucket.late_interest).text
    penalty = _money(book, bucket.late_penalty).text
    uplift, how = plain_text(rules.uplift * 100), rules.rounding
    whole = rules.base is PenaltyBase.INSTALMENT
    yield Reason(
        f"late interest rounded {how.value} once: {interest}; penalty of {uplift} % of the rate on "
        f"{'the instalment' if whole else 'the principal'}: {penalty}",
        f"逾期利息一次舍入（{how.zh}）：{interest}；罚息按利率的 {uplift}% 计于"
        f"{'当期应还额' if whole else '本金'}：{penalty}",
    )


def _added(entry: Entry, book: Book) -> Reason:
    amount, part = _money(book, entry.amount).text, entry.component
    if part is Component.PRINCIPAL:
        return Reason(
            f"refund {entry.reference!r} of {entry.on}, {amount} beyond the credit, is owed again",
            f"{entry.on} 退款 {entry.reference!r} 超出溢缴款 {amount}，重新计入应还",
        )
    return Reason(
        f"charge {entry.reference!r} of {entry.on}: {part.value} {amount}",
        f"{entry.on} 计收 {entry.reference!r}：{_NAMES_ZH[part]} {amount}",
    )


def _taken(entry: Entry, book: Book, name: str, name_zh: str) -> Reason:
    amount, part = _money(book, entry.amount).text, entry.component
    return Reason(
        f"{name} {entry.reference!r} of {entry.on}: {part.value} −{amount}",
        f"{entry.on} {name_zh} {entry.reference!r}：{_NAMES_ZH[part]} −{amount}",
    )


def _money(book: Book, minor: int) -> Money:
    return Money(minor, book.terms.currency)
