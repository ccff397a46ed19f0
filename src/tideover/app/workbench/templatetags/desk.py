"""Filters and tags that the templates of the desk use: `{% load desk %}`."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tideover.app.db.models import BankLine
from tideover.app.workbench import text
from tideover.money import Money, currency
from tideover.policy import Words
from tideover.safety import mask_phone

register = template.Library()


@register.filter
def words(value: Words | str | None) -> str:
    """Return words in the reader's language."""
    return text.in_words(value)


@register.filter
def listed(texts: Iterable[str]) -> str:
    """Return several words as one enumeration of the reader's language."""
    return (", " if text.is_english() else "、").join(texts)


@register.filter
def money(value: Money | None) -> SafeString | str:
    """Return an amount that is never broken over a line."""
    if value is None:
        return "—"
    return format_html('<span class="amount">{}</span>', value.display)


@register.filter
def line_amount(line: BankLine) -> SafeString | str:
    """Return the amount of a bank line."""
    return money(Money(line.amount_minor, currency(line.currency)))


@register.filter
def difference(value: Money | str | None) -> SafeString | str:
    """Return an amount with its sign, never broken over a line."""
    if not isinstance(value, Money):
        return "—"
    return format_html('<span class="amount">{}</span>', text.signed(value))


@register.filter
def percent(value: Fraction | None) -> SafeString | str:
    """Return a yearly rate as a percentage with two places."""
    if value is None:
        return "—"
    return format_html('<span class="amount">{}</span>', text.percent(Fraction(value)))


@register.filter
def share(value: Fraction | None) -> SafeString | str:
    """Return a share as a whole percentage; nothing where there is nothing to say."""
    if value is None:
        return "—"
    return format_html('<span class="amount">{}</span>', text.percent(Fraction(value), places=0))


@register.filter
def full_day(value: date | None) -> SafeString | str:
    """Return a day with its weekday."""
    if value is None:
        return "—"
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>', value.isoformat(), text.full_day(value)
    )


@register.filter
def short_day(value: date | None) -> SafeString | str:
    """Return a day for a table."""
    if value is None:
        return "—"
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>', value.isoformat(), text.short_day(value)
    )


@register.filter
def month(value: date | None) -> str:
    """Return the month that a day is in."""
    return "—" if value is None else text.month(value)


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Return day and minute in the lender's time zone."""
    if value is None:
        return "—"
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>', value.isoformat(), text.moment(value)
    )


@register.filter
def size(value: int) -> str:
    """Return a number of bytes the way people say it."""
    return text.size(value)


@register.filter
def masked_phone(value: str) -> str:
    """Return a telephone number as 138****5678."""
    return mask_phone(value)


@register.filter
def short_digest(value: str) -> str:
    """Return the first twelve characters of a digest, enough to compare by eye."""
    return value[:12]


@register.filter
def lookup(mapping: Mapping[object, object], key: object) -> object:
    """Return the entry of `mapping` under `key`, or nothing."""
    return mapping.get(key, "")


@register.filter
def channel(value: str) -> str:
    """Return the way a message came, in words."""
    return {
        "portal": _("online"),
        "phone": _("by telephone"),
        "sms": _("by text message"),
        "wechat": _("by WeChat"),
        "email": _("by e-mail"),
    }.get(value, value)


@register.simple_tag
def form_guard(version: int | None = None, key: str | None = None) -> SafeString:
    """Return the hidden inputs that make a POST safe to send twice and refuse it when stale.

    `key` is made when the form is shown; a page that shows a refused form again passes the key
    that came with it only if nothing about the request may change.
    """
    guard = format_html('<input type="hidden" name="key" value="{}">', key or uuid4().hex)
    if version is None:
        return guard
    return guard + format_html('<input type="hidden" name="version" value="{}">', version)
