"""How amounts, days, rates and two-language texts are written on a page."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from uuid import uuid4

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from lucide.templatetags.lucide import lucide

from tideover.dates import format_date_en, format_date_zh
from tideover.loan import LineState, LineStatus
from tideover.money import Money
from tideover.policy import Words, percent_text
from tideover.safety import mask_name

register = template.Library()

_LINE_WORDS: Mapping[LineStatus, Promise] = {
    LineStatus.PAID: _("Paid"),
    LineStatus.PART_PAID: _("Partly paid"),
    LineStatus.PAST_DUE: _("Past due"),
    LineStatus.DUE: _("Due today"),
    LineStatus.FUTURE: _("To come"),
}
_REST_PAST_DUE: Promise = _("Partly paid, a rest is due")
_DAY_EN = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]+) (\d{4})\b")


def is_chinese() -> bool:
    """Return whether the page is being written in Chinese."""
    return (get_language() or "zh").startswith("zh")


@register.filter
def amount(money: Money) -> SafeString:
    """Return ¥1,234.56 in one piece that never breaks over a line."""
    return format_html('<span class="amount">{}</span>', money.display)


@register.filter
def magnitude(money: Money) -> Money:
    """Return an amount without its sign: the words beside it say which it is."""
    return abs(money)


@register.filter
def day(when: date) -> SafeString:
    """Return 2026年12月5日（周六）, or Saturday 5 December 2026; it breaks at the weekday only."""
    if is_chinese():
        head, bracket, tail = format_date_zh(when).partition("（")
        return format_html('<span class="nowrap">{}</span>&#8203;<span class="nowrap">{}</span>',
                           head, bracket + tail)  # fmt: skip
    head, space, tail = format_date_en(when).partition(" ")
    return format_html('{}{}<span class="nowrap">{}</span>', head, space, tail)


def day_text(when: date) -> str:
    """Return the same day as plain text."""
    return format_date_zh(when) if is_chinese() else format_date_en(when)


@register.filter
def moment(when: datetime) -> SafeString:
    """Return the day and the clock time in the lender's time zone."""
    return format_html("{} {}", day(timezone.localtime(when).date()), clock_time(when))


def moment_text(when: datetime) -> str:
    """Return the same moment as plain text."""
    return f"{day_text(timezone.localtime(when).date())} {clock_time(when)}"


@register.filter
def clock_time(when: datetime) -> str:
    """Return 10:42, in the lender's time zone."""
    return f"{timezone.localtime(when):%H:%M}"


@register.filter
def month(when: date) -> str:
    """Return 2026年12月, or December 2026."""
    return f"{when.year}年{when.month}月" if is_chinese() else f"{when:%B %Y}"


@register.filter
def percent(rate: Fraction) -> SafeString:
    """Return a yearly rate as 14.60%, rounded half up to two places and kept in one piece."""
    return format_html('<span class="amount">{}</span>', percent_plain(rate))


def percent_plain(rate: Fraction) -> str:
    """Return the same as plain text."""
    hundredths = (rate * 10_000 * 2 + 1) // 2
    sign, hundredths = ("-", -hundredths) if hundredths < 0 else ("", hundredths)
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}%"


def percent_short(rate: Fraction) -> str:
    """Return a share as 10%, with decimals only where it has them."""
    return percent_text(
        rate, digits=next(n for n in (0, 1, 2) if n == 2 or (rate * 100 * 10**n).denominator == 1)
    )


@register.filter
def spoken(words: Words) -> str:
    """Return a text of the policy book in the language of the page."""
    return words.in_language("zh-hans" if is_chinese() else "en")


@register.filter
def whole_days(text: str) -> str:
    """Return the text with its English dates kept in one piece; the weekday may stand alone."""
    return _DAY_EN.sub("\u00a0".join((r"\1", r"\2", r"\3")), text)


@register.filter
def sentence(words: Words) -> str:
    """Return a text of the policy book as a sentence of its own: with a capital in English."""
    return str(capfirst(spoken(words)))


@register.simple_tag
def idempotency_key() -> SafeString:
    """Return the hidden key that makes a second tap of this form have no second effect."""
    return format_html('<input type="hidden" name="key" value="{}">', uuid4())


@register.simple_tag
def icon(name: str) -> str:
    """Return a Lucide picture that decorates words; a screen reader passes over it."""
    return lucide(name, size=20, aria_hidden="true")


@register.filter
def short_day(when: date) -> str:
    """Return 2026-12-05: a day in a table, the same in both languages."""
    return when.isoformat()


@register.filter
def masked(name: str) -> str:
    """Return a name as others may see it: the first character, the rest covered."""
    return mask_name(name)


@register.filter
def said(value: object) -> object:
    """Return two-language words in the language of the page, and anything else as it is."""
    return spoken(value) if isinstance(value, Words) else value


@register.filter
def spoken_list(texts: Iterable[Words | str]) -> str:
    """Return several words as one enumeration."""
    return ("、" if is_chinese() else ", ").join(str(said(text)) for text in texts)


@register.filter
def asked(state: LineState) -> SafeString:
    """Return what an instalment asks for in all: what came in, was given up and is still open."""
    return amount(state.paid.total + state.waived.total + state.remaining.total)


@register.filter
def line_words(state: LineState) -> str:
    """Return what has become of an instalment, in words."""
    if state.status is LineStatus.PAST_DUE and state.paid:
        return str(_REST_PAST_DUE)
    return str(_LINE_WORDS[state.status])
