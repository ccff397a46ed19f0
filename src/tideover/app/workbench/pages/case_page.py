"""Everything the case page shows: header, tabs, the panel at the right, and the tab asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tideover.app.db.models import Account
from tideover.app.verbs import assessment, conversation
from tideover.app.verbs.assessment import presence
from tideover.app.verbs.mandates.desk import mandates_of_case
from tideover.app.verbs.rights import Right, may
from tideover.app.workbench.pages.answers import answer_groups
from tideover.app.workbench.pages.budget_tab import budget_context
from tideover.app.workbench.pages.evidence_tab import evidence_context
from tideover.app.workbench.pages.ledger_tab import agreement_context, ledger_context
from tideover.app.workbench.pages.mandate_page import MandateRow, mandate_row
from tideover.app.workbench.pages.messages_tab import messages_context
from tideover.app.workbench.pages.next_step import answer_address, next_action
from tideover.app.workbench.pages.offers_tab import offers_context
from tideover.app.workbench.pages.states import state_words
from tideover.cases import DECISIONS, CaseState
from tideover.cases.commands import Release

TABS = ("timeline", "messages", "budget", "evidence", "offers", "agreement", "ledger", "audit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab of the case page, by address."""

    name: str
    label: str
    address: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened, its latest time, and how many times running it did."""

    item: assessment.TimelineItem
    times: int = 1


def case_context(
    file: assessment.CaseFile, *, account: Account, tab: str, asked: QueryDict
) -> dict[str, Any]:
    """Return the context of the case page on `tab`, or on the tab where the work is."""
    chosen = tab or first_tab(file)
    is_agent = may(account, Right.WORK_CASES)
    context: dict[str, Any] = {
        "file": file,
        "state": state_words(file.state),
        "tab": chosen,
        "tabs": _tabs(file),
        "action": next_action(file, account=account),
        "missing_needs": [need for need in file.needs if need.code in file.missing],
        "may_generate": is_agent and "GenerateOffers" in file.allowed,
        "answer_address": answer_address(file.case.number),
        "may_mark": is_agent and "MarkEvidence" in file.allowed,
        "may_send": is_agent and bool({"SendOffers", "RequestApproval"} & file.allowed),
        "hits": _policy_hits(file),
        "contact": answer_groups(file.sections, only=("contact",)),
        "mandates": _mandates(file, account=account),
        "here": here_words(presence.arrive(account, file.case)),
        "may_hold": is_agent and "GenerateOffers" in file.allowed,
        "may_note": may(account, Right.NOTE),
        "may_work": may(account, Right.WORK_CASES),
        "may_give_back": _may_give_back(file, account=account),
        "drafts": presence.drafts_of(account, file.case),
    }
    if chosen == "messages":
        context |= messages_context(file, account=account)
    fill = FILLS.get(chosen)
    return context | (fill(file, asked) if fill else {})


def _mandates(file: assessment.CaseFile, *, account: Account) -> tuple[MandateRow, ...]:
    """Return who acts for the borrower, or waits for a second pair of eyes."""
    known = mandates_of_case(account, file.case.number)
    rows = (mandate_row(mandate, counts=counts, reader=account) for mandate, counts in known)
    return tuple(row for row in rows if row.counts or row.waits)


def here_words(others: Sequence[Account]) -> str:
    """Return who else has the case open, as one sentence."""
    if not others:
        return _("Only you.")
    names = _(", ").join(each.display_name or each.login for each in others)
    return _("Also here: %(names)s") % {"names": names}


def _may_give_back(file: assessment.CaseFile, *, account: Account) -> bool:
    is_theirs = file.case.agent_id == account.pk and may(account, Right.WORK_CASES)
    is_allowed = is_theirs or may(account, Right.ASSIGN)
    return is_allowed and file.case.agent_id is not None and (file.state, Release) in DECISIONS


def first_tab(file: assessment.CaseFile) -> str:
    """Return the tab where the next work is done."""
    if file.state is CaseState.SUBMITTED:
        return "evidence"
    if file.state is CaseState.ASSESSING:
        waits = any(each.status == "received" for each in file.evidence)
        return "evidence" if waits else "offers"
    if file.state in {CaseState.AWAITING_APPROVAL, CaseState.OFFERED}:
        return "offers"
    if file.state in {CaseState.AWAITING_SIGNATURE, CaseState.ACTIVE, CaseState.SETTLED}:
        return "agreement"
    return "timeline"


def _tabs(file: assessment.CaseFile) -> tuple[Tab, ...]:
    address = reverse("workbench:case", args=[file.case.number])
    labels = {
        "timeline": _("Timeline"),
        "messages": _("Messages"),
        "budget": _("Budget"),
        "evidence": _("Evidence"),
        "offers": _("Offers"),
        "agreement": _("Agreement"),
        "ledger": _("Ledger"),
        "audit": _("Audit"),
    }
    counts = {
        "messages": len(file.messages),
        "evidence": len(file.evidence),
        "offers": len(file.offer_set.offers) if file.offer_set else 0,
    }
    return tuple(
        Tab(
            name=name,
            label=labels[name],
            address=f"{address}?tab={name}",
            count=counts.get(name, 0),
        )
        for name in TABS
    )


def _policy_hits(file: assessment.CaseFile) -> tuple[Any, ...]:
    """Return the rules that stop or warn, each once, over all candidates."""
    if file.offer_set is None:
        return ()
    seen: dict[tuple[str, str], Any] = {}
    for offer in file.offer_set.offers:
        for verdict in offer.verdicts:
            if not verdict.passed:
                seen.setdefault((verdict.rule, verdict.because.en), verdict)
    return tuple(seen.values())


def _timeline(file: assessment.CaseFile, _asked: QueryDict) -> dict[str, Any]:
    return {
        "notes": conversation.notes_of(file.case),
        "steps": _steps(file.timeline),
        "groups": answer_groups(file.sections, only=("cause", "wish")),
    }


def _steps(timeline: Sequence[assessment.TimelineItem]) -> tuple[Step, ...]:
    """Return the timeline with the same thing done over and over by one person told once."""
    steps: list[Step] = []
    for item in timeline:
        before = steps[-1] if steps else None
        if before and (before.item.kind, before.item.actor) == (item.kind, item.actor):
            steps[-1] = Step(item=before.item, times=before.times + 1)
        else:
            steps.append(Step(item=item))
    return tuple(steps)


Fill = Callable[[assessment.CaseFile, QueryDict], dict[str, Any]]
FILLS: Mapping[str, Fill] = {
    "timeline": _timeline,
    "budget": budget_context,
    "evidence": evidence_context,
    "offers": offers_context,
    "agreement": agreement_context,
    "ledger": ledger_context,
}
