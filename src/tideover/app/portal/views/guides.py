"""Short guides that answer one question each, with a tool where there is something to work out.

A tool takes its figures from the address or from a form and keeps nothing.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tideover.app import clock
from tideover.app.portal.forms import Field, Problem
from tideover.app.portal.forms.field import problem_of
from tideover.app.portal.shown import lender
from tideover.app.verbs import guiding
from tideover.app.verbs.case.screening import judged
from tideover.app.verbs.reading import fields
from tideover.loan import DailyRate
from tideover.money import Refusal, currency
from tideover.safety import Direction

_TEXT_MAX = 4_000
_DAYS_MAX, _MONTHS_MAX = 3_650, 60
_CNY = currency("CNY")


@dataclass(frozen=True, slots=True)
class _Tool:
    """What was typed into a tool, and what could not be read of it."""

    typed: QueryDict
    usual: dict[str, str]
    problems: list[Problem]

    def text(self, name: str) -> str:
        """What was typed, else the usual figure."""
        return self.typed.get(name, self.usual[name]).strip()

    def read(self, name: str, reader: Any, **more: Any) -> Any:
        """The value, or None with its problem noted."""
        try:
            return reader({name: self.text(name)}, name, **more)
        except Refusal as refusal:
            self.problems.append(problem_of(name, refusal))
            return None

    def percent(self, name: str, *, most: int) -> Fraction | None:
        """A rate in percent as a share, or None with its problem noted."""
        text = self.text(name).rstrip("%％ ")
        whole, dot, part = text.partition(".")
        digits = (whole + part).isascii() and (whole + part).isdigit() and len(text) <= 9
        value = Fraction(text if dot and part else whole) / 100 if digits and whole else None
        if value is None or not 0 < value <= Fraction(most, 100):
            words = _("Write a rate in percent, for example %(usual)s.") % {
                "usual": self.usual[name]
            }
            self.problems.append(Problem(name, words))
            return None
        return value

    def field(self, name: str, label: str, **more: Any) -> Field:
        """The question with what was typed."""
        wrong = {problem.path: problem.message for problem in self.problems}
        return Field(
            name=name, label=label, value=self.text(name), problem=wrong.get(name, ""), **more
        )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the guides."""
    return render(request, "portal/guides/index.html")


@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """Say what is kept, how long, and who sees it."""
    parameters = lender.parameters(clock.today())
    context = {
        "channels": lender.channels(clock.today()),
        "draft_days": parameters.integer("retention.draft_days"),
    }
    return render(request, "portal/guides/keeping.html", context)


@require_safe
def penalty(request: HttpRequest) -> HttpResponse:
    """Work out what being late adds."""
    tool = _Tool(request.GET, {"amount": "1000", "rate": "0.04", "days": "30"}, [])
    label = ("the amount", "金额")
    amount = tool.read("amount", fields.money, unit=_CNY, label=label)
    days = tool.read("days", fields.count, least=1, most=_DAYS_MAX, label=("the days", "天数"))
    rate = tool.percent("rate", most=1)
    late = None
    if amount is not None and days is not None and rate is not None:
        today = clock.today()
        late = guiding.cost_of_being_late(amount, DailyRate(rate), days=days, on=today)
    context = {
        "late": late,
        "days": days,
        "amount": amount,
        "problems": tuple(tool.problems),
        "fields": (
            tool.field("amount", _("Principal that is late"), affix=""),
            tool.field("rate", _("Interest a day, in percent"), hint=_("It is in your contract.")),
            tool.field("days", _("Days late")),
        ),
    }
    return render(request, "portal/guides/penalty.html", context)


@require_safe
def instalments(request: HttpRequest) -> HttpResponse:
    """Work out what a "0 interest" plan with a monthly fee really costs, beside an extension."""
    tool = _Tool(request.GET, {"amount": "12000", "fee": "0.75", "months": "12"}, [])
    amount = tool.read("amount", fields.money, unit=_CNY, label=("the amount", "金额"))
    months = tool.read(
        "months", fields.count, least=2, most=_MONTHS_MAX, label=("the months", "期数")
    )
    fee = tool.percent("fee", most=5)
    flat = None
    if amount and months is not None and fee is not None:
        today = clock.today()
        flat = guiding.cost_of_flat_fee(amount, fee, instalments=months, on=today)
    context = {
        "flat": flat,
        "months": months,
        "shown_rate": fee * 12 if fee is not None else None,
        "problems": tuple(tool.problems),
        "fields": (
            tool.field("amount", _("Amount put into instalments")),
            tool.field("fee", _("Fee a month, in percent of the whole amount")),
            tool.field("months", _("How many months")),
        ),
    }
    return render(request, "portal/guides/instalments.html", context)


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Say how a credit report is read, twice a year, and what to do about a mistake."""
    parameters = lender.parameters(clock.today())
    context = {
        "years": parameters.integer("credit_record.years_kept"),
        "days": parameters.integer("credit_record.objection_days"),
        "months": parameters.integer("credit_record.reminder_months"),
        "marks": [
            ("N", _("Paid on time")),
            ("*", _("Nothing was due in this month")),
            ("M", _("Paid late, but within the same month")),
            ("1", _("1 to 30 days late")),
            ("2", _("31 to 60 days late")),
            ("3–7", _("Later still, up to more than 180 days")),
            ("C", _("Paid off and closed")),
        ],
    }
    return render(request, "portal/guides/record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scams(request: HttpRequest) -> HttpResponse:
    """Look at a message that somebody received; nothing of it is kept."""
    text = request.POST.get("message", "").replace("\x00", "")[:_TEXT_MAX]
    report = judged(text, direction=Direction.INBOUND) if text.strip() else None
    message = Field(
        name="message",
        label=_("Paste the message"),
        value=text,
        hint=_("A text message, a chat or an e-mail. Leave out your own numbers."),
    )
    context = {"report": report, "message": message, "channels": lender.channels(clock.today())}
    return render(request, "portal/guides/scams.html", context)
