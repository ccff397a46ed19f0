"""A loan as a card: where it stands, in plain words, and what to do next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tideover.app.db.models import Case, Loan
from tideover.app.verbs.loans import LoanView
from tideover.cases import CaseState
from tideover.loan import LoanState
from tideover.money import Money


@dataclass(frozen=True, slots=True)
class Link:
    """Where a button leads, and what it says."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Balance:
    """One line of what is owed."""

    label: str
    money: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanCard:
    """What a card shows of one loan."""

    view: LoanView
    standing: str
    tag_class: str
    headline_label: str
    headline: Money | None
    sentence: str
    link: Link | None
    can_ask: bool

    @property
    def loan(self) -> Loan:
        """The loan itself."""
        return self.view.loan

    @property
    def state(self) -> LoanState:
        """Its balances on the day of the view."""
        return self.view.state


def card_of(view: LoanView) -> LoanCard:
    """Return the card of a loan: past due first, then what comes next."""
    state = view.state
    link = case_link(view.case) if view.case else None
    if state.is_settled:
        return LoanCard(
            view=view, standing=_("Paid off"), tag_class="tag-wash", headline_label="",
            headline=None, sentence=_("Nothing is owed any more."), link=None, can_ask=False,
        )  # fmt: skip
    if state.past_due.total:
        return _card_past_due(view, link=link)
    return LoanCard(
        view=view,
        standing=_("On the new plan") if state.restructured_on else _("Up to date"),
        tag_class="tag-wash",
        headline_label=_("Next payment"),
        headline=state.next_due.remaining.total if state.next_due else None,
        sentence=_("Nothing is past due. If the next payment worries you, tell us now."),
        link=link,
        can_ask=link is None,
    )


def _card_past_due(view: LoanView, *, link: Link | None) -> LoanCard:
    days = view.state.days_past_due
    late = sum(1 for line in view.state.lines if line.days_past_due)
    return LoanCard(
        view=view,
        standing=ngettext("%(days)d day past due", "%(days)d days past due", days) % {"days": days},
        tag_class="tag-attention",
        headline_label=_("Past due today"),
        headline=view.state.past_due.total,
        sentence=ngettext(
            "%(late)d instalment is past its date. That happens; let us look at it together.",
            "%(late)d instalments are past their dates. That happens; let us look at it together.",
            late,
        )
        % {"late": late},
        link=link,
        can_ask=link is None,
    )


def balances(state: LoanState) -> tuple[Balance, ...]:
    """Return what is owed by kind; kinds of which nothing is owed are left out, save principal."""
    owed = state.outstanding
    rows = (
        Balance(_("Principal"), owed.principal),
        Balance(_("Interest"), owed.interest),
        Balance(_("Penalty interest"), owed.penalty),
        Balance(_("Fees"), owed.fee),
    )
    return tuple(row for number, row in enumerate(rows) if row.money or number == 0)


def case_link(case: Case) -> Link | None:
    """Return the page where a case goes on; a case that is closed leads nowhere."""
    state = CaseState(case.state)
    links = {
        CaseState.DRAFT: ("portal:tasks", _("Go on with my request")),
        CaseState.SUBMITTED: ("portal:case", _("See where my request stands")),
        CaseState.ASSESSING: ("portal:case", _("See where my request stands")),
        CaseState.AWAITING_APPROVAL: ("portal:case", _("See where my request stands")),
        CaseState.OFFERED: ("portal:offers", _("Look at my offers")),
        CaseState.AWAITING_SIGNATURE: ("portal:agreement", _("Read my agreement")),
        CaseState.DECLINED: ("portal:case", _("See our answer")),
        CaseState.EXPIRED: ("portal:case", _("See where my request stands")),
    }
    if state is CaseState.ACTIVE:
        return Link(reverse("portal:plan", args=[case.loan.reference]), _("See my plan"))
    if state not in links:
        return None
    name, words = links[state]
    return Link(reverse(name, args=[case.number]), words)
