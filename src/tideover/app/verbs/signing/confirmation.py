"""The five numbers that are repeated before a signature, from the offer itself."""

from tideover.agreements import Row
from tideover.dates import format_date_en, format_date_zh
from tideover.offers import Offer
from tideover.policy import Words, percent_text


def five_numbers(offer: Offer) -> tuple[Row, ...]:
    """What is paid each time, how often, from when, in all, and at what true annual cost."""
    annual = percent_text(offer.annual_cost.nominal, digits=2)
    return (
        _same(Words("每期应还", "Each instalment"), offer.payment.display),
        Row(
            Words("期数", "How many"),
            Words(f"{offer.instalments} 期", f"{offer.instalments} instalments"),
        ),
        Row(
            Words("首个还款日", "From"),
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
