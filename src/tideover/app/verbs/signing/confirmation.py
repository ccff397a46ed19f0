"""The five numbers that are repeated before a signature, from the offer itself."""

from tideover.agreements import Row
from tideover.dates import format_date_en, format_date_zh
from tideover.offers import Offer
from tideover.policy import Words, percent_text

_INSTALMENTS = (
    Words("每期应还", "Each instalment"),
    Words("期数", "How many"),
    Words("首个还款日", "From"),
)
_TIMES = (Words("每次付", "Each payment"), Words("次数", "How many"), Words("首个付款日", "From"))


def five_numbers(offer: Offer) -> tuple[Row, ...]:
    """What is paid each time, how often, from when, in all, and at what true annual cost."""
    annual = percent_text(offer.annual_cost.nominal, digits=2)
    count = offer.instalments
    each, many, first = _TIMES if offer.is_settlement else _INSTALMENTS
    unit = ("次", "payment" if count == 1 else "payments")
    if not offer.is_settlement:
        unit = ("期", "instalment" if count == 1 else "instalments")
    return (
        _same(each, offer.payment.display),
        Row(many, Words(f"{count} {unit[0]}", f"{count} {unit[1]}")),
        Row(
            first,
            Words(format_date_zh(offer.earliest_due), format_date_en(offer.earliest_due)),
        ),
        _same(Words("总共要还", "In all"), offer.total.display),
        Row(
            Words("年化成本", "Annual cost"),
            Words(f"{annual}（单利）", f"{annual} (simple)"),
        ),
    )


def _same(label: Words, text: str) -> Row:
    return Row(label, Words(text, text))
