"""The one next action of a case, for the person who looks at it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tideover.app.db.models import Account
from tideover.app.verbs import assessment
from tideover.app.verbs.rights import Right, may
from tideover.cases import ON_THE_TABLE, CaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAction:
    """What to press next: a form when `is_post`, else a place to go; without label, nothing."""

    label: str = ""
    address: str = ""
    is_post: bool = False
    is_claim: bool = False
    may_decline: bool = False


def next_action(file: assessment.CaseFile, *, account: Account) -> NextAction:
    """Return what `account` can do next with the case, given what the case allows."""
    may_decline = may(account, Right.WORK_CASES) and "Decline" in file.allowed
    if may(account, Right.APPROVE):
        return _for_approver(file)
    if not may(account, Right.WORK_CASES):
        return NextAction()
    address, label, is_post = _for_agent(file)
    return NextAction(
        label=label,
        address=address,
        is_post=is_post,
        is_claim="Claim" in file.allowed,
        may_decline=may_decline,
    )


def _for_approver(file: assessment.CaseFile) -> NextAction:
    if file.state is not CaseState.AWAITING_APPROVAL:
        return NextAction()
    address = reverse("workbench:approvals") + f"#{file.case.number}"
    return NextAction(label=_("Decide in the approval inbox"), address=address)


def _for_agent(file: assessment.CaseFile) -> tuple[str, str, bool]:
    number = file.case.number
    page = reverse("workbench:case", args=[number])
    if "Claim" in file.allowed:
        return reverse("workbench:claim", args=[number]), _("Claim this case"), True
    if "AnswerTalk" in file.allowed and _waits_for_words(file):
        return answer_address(number), _("Answer the borrower"), False
    unseen = [each for each in file.evidence if each.status == "received"]
    if unseen and "MarkEvidence" in file.allowed:
        return f"{page}?tab=evidence&file={unseen[0].id}", _("Look at the evidence"), False
    if "GenerateOffers" in file.allowed and file.offer_set is None:
        return reverse("workbench:generate", args=[number]), _("Work out the offers"), True
    if file.offer_set and not file.offer_set.offers and "GenerateOffers" in file.allowed:
        return f"{page}?tab=offers", _("See what can be done instead"), False
    if file.state in ON_THE_TABLE and not _is_round_open(file):
        return reverse("workbench:next"), _("Next case"), False
    if "SendOffers" in file.allowed or "RequestApproval" in file.allowed:
        return f"{page}?tab=offers", _("Choose and send offers"), False
    return reverse("workbench:next"), _("Next case"), False


def _is_round_open(file: assessment.CaseFile) -> bool:
    """Return whether a proposal of the borrower waits for a person."""
    return bool(file.rounds) and file.rounds[-1].is_open


def answer_address(number: str) -> str:
    """Return where the borrower of a case is answered."""
    return reverse("workbench:case", args=[number]) + "?tab=messages#text"


def _waits_for_words(file: assessment.CaseFile) -> bool:
    """Return whether the borrower wrote last."""
    return file.case.waits_since is not None
