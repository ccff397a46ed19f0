"""The machine: what a case listens to in each state. A pair that is absent is refused.

The same table draws the diagram in the documentation and drives the test over every absent pair.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tideover.cases.assigning import assign, release
from tideover.cases.case import Case
from tideover.cases.commands import (
    COMMANDS,
    AcceptOffer,
    AddEvidence,
    AnswerTalk,
    Approve,
    AskForAnother,
    AskForMore,
    AskForReview,
    AskToTalk,
    Assign,
    Claim,
    Command,
    Decline,
    EndAgreement,
    ExpireOffers,
    GenerateOffers,
    MarkEvidence,
    OpenCase,
    ProposeTerms,
    RecordBreach,
    RecordCure,
    RecordSettlement,
    Release,
    RemoveEvidence,
    RequestApproval,
    SaveSection,
    SendBack,
    SendOffers,
    ShowDisclosure,
    Sign,
    Submit,
    TellEarly,
    Withdraw,
    WithdrawTerms,
)
from tideover.cases.decisions import (
    Events,
    accept_offer,
    add_evidence,
    answer_talk,
    approve,
    ask_for_more,
    ask_for_review,
    ask_to_talk,
    claim,
    decline,
    expire_offers,
    generate_offers,
    mark_evidence,
    open_case,
    record_settlement,
    remove_evidence,
    request_approval,
    save_section,
    send_back,
    send_offers,
    show_disclosure,
    sign,
    submit,
    withdraw,
)
from tideover.cases.keeping import (
    end_agreement,
    record_breach,
    record_cure,
    save_section_again,
    tell_early,
)
from tideover.cases.negotiating import ask_for_another, propose_terms, withdraw_terms
from tideover.cases.refusals import CommandNotAllowed, StaleCase
from tideover.cases.states import CaseState


@dataclass(frozen=True, slots=True)
class Decision:
    """What answers a command, and the states in which a case can then be (for the diagram)."""

    answer: Callable[[Any, Any], Events]
    then: tuple[CaseState, ...]


def _stays(answer: Callable[[Any, Any], Events], state: CaseState) -> Decision:
    return Decision(answer, (state,))


_DRAFT, _SUBMITTED, _ASSESSING = CaseState.DRAFT, CaseState.SUBMITTED, CaseState.ASSESSING
_APPROVAL, _OFFERED = CaseState.AWAITING_APPROVAL, CaseState.OFFERED
_SIGNATURE, _ACTIVE = CaseState.AWAITING_SIGNATURE, CaseState.ACTIVE
_EXPIRED, _WITHDRAWN = CaseState.EXPIRED, CaseState.WITHDRAWN
_ENDED = CaseState.ENDED

#: What a case listens to in each state; None is before there is one. An absent pair is refused.
DECISIONS: Mapping[tuple[CaseState | None, type[Command]], Decision] = {
    (None, OpenCase): Decision(open_case, (_DRAFT,)),
    (_DRAFT, SaveSection): _stays(save_section, _DRAFT),
    (_DRAFT, AddEvidence): _stays(add_evidence, _DRAFT),
    (_DRAFT, RemoveEvidence): _stays(remove_evidence, _DRAFT),
    (_DRAFT, Submit): Decision(submit, (_SUBMITTED,)),
    (_DRAFT, Withdraw): Decision(withdraw, (_WITHDRAWN,)),
    (_SUBMITTED, AddEvidence): _stays(add_evidence, _SUBMITTED),
    (_SUBMITTED, AskToTalk): _stays(ask_to_talk, _SUBMITTED),
    (_SUBMITTED, Claim): Decision(claim, (_ASSESSING,)),
    (_SUBMITTED, Assign): Decision(assign, (_ASSESSING,)),
    (_SUBMITTED, Withdraw): Decision(withdraw, (_WITHDRAWN,)),
    (_ASSESSING, SaveSection): _stays(save_section_again, _ASSESSING),
    (_ASSESSING, AddEvidence): _stays(add_evidence, _ASSESSING),
    (_ASSESSING, Claim): _stays(claim, _ASSESSING),
    (_ASSESSING, Assign): _stays(assign, _ASSESSING),
    (_ASSESSING, Release): _stays(release, _ASSESSING),
    (_ASSESSING, MarkEvidence): _stays(mark_evidence, _ASSESSING),
    (_ASSESSING, AskForMore): _stays(ask_for_more, _ASSESSING),
    (_ASSESSING, GenerateOffers): _stays(generate_offers, _ASSESSING),
    (_ASSESSING, SendOffers): Decision(send_offers, (_OFFERED,)),
    (_ASSESSING, RequestApproval): Decision(request_approval, (_APPROVAL,)),
    (_ASSESSING, Decline): Decision(decline, (CaseState.DECLINED, _ACTIVE)),
    (_ASSESSING, AskToTalk): _stays(ask_to_talk, _ASSESSING),
    (_ASSESSING, AnswerTalk): _stays(answer_talk, _ASSESSING),
    (_ASSESSING, Withdraw): Decision(withdraw, (_WITHDRAWN, _ACTIVE)),
    (_APPROVAL, Approve): Decision(approve, (_OFFERED,)),
    (_APPROVAL, SendBack): Decision(send_back, (_ASSESSING,)),
    (_APPROVAL, AskToTalk): _stays(ask_to_talk, _APPROVAL),
    (_APPROVAL, AnswerTalk): _stays(answer_talk, _APPROVAL),
    (_APPROVAL, Withdraw): Decision(withdraw, (_WITHDRAWN, _ACTIVE)),
    (_OFFERED, GenerateOffers): _stays(generate_offers, _OFFERED),
    (_OFFERED, SendOffers): _stays(send_offers, _OFFERED),
    (_OFFERED, RequestApproval): Decision(request_approval, (_APPROVAL,)),
    (_OFFERED, AcceptOffer): Decision(accept_offer, (_SIGNATURE,)),
    (_OFFERED, ProposeTerms): _stays(propose_terms, _OFFERED),
    (_OFFERED, WithdrawTerms): _stays(withdraw_terms, _OFFERED),
    (_OFFERED, AskForAnother): _stays(ask_for_another, _OFFERED),
    (_OFFERED, Claim): _stays(claim, _OFFERED),
    (_OFFERED, Assign): _stays(assign, _OFFERED),
    (_OFFERED, Release): _stays(release, _OFFERED),
    (_OFFERED, AskToTalk): Decision(ask_to_talk, (_OFFERED, _ASSESSING, _ACTIVE)),
    (_OFFERED, AnswerTalk): _stays(answer_talk, _OFFERED),
    (_OFFERED, ExpireOffers): Decision(expire_offers, (_EXPIRED, _ACTIVE)),
    (_OFFERED, Withdraw): Decision(withdraw, (_WITHDRAWN, _ACTIVE)),
    (_SIGNATURE, AcceptOffer): _stays(accept_offer, _SIGNATURE),
    (_SIGNATURE, ProposeTerms): Decision(propose_terms, (_SIGNATURE, _OFFERED)),
    (_SIGNATURE, WithdrawTerms): _stays(withdraw_terms, _SIGNATURE),
    (_SIGNATURE, AskForAnother): _stays(ask_for_another, _SIGNATURE),
    (_SIGNATURE, Claim): _stays(claim, _SIGNATURE),
    (_SIGNATURE, Assign): _stays(assign, _SIGNATURE),
    (_SIGNATURE, Release): _stays(release, _SIGNATURE),
    (_SIGNATURE, AskToTalk): Decision(ask_to_talk, (_OFFERED, _ASSESSING, _ACTIVE)),
    (_SIGNATURE, ShowDisclosure): _stays(show_disclosure, _SIGNATURE),
    (_SIGNATURE, Sign): Decision(sign, (_ACTIVE,)),
    (_SIGNATURE, ExpireOffers): Decision(expire_offers, (_EXPIRED, _ACTIVE)),
    (_SIGNATURE, Withdraw): Decision(withdraw, (_WITHDRAWN, _ACTIVE)),
    (_EXPIRED, AskToTalk): Decision(ask_to_talk, (_ASSESSING,)),
    (_EXPIRED, Withdraw): Decision(withdraw, (_WITHDRAWN,)),
    (CaseState.DECLINED, AskForReview): Decision(ask_for_review, (_SUBMITTED,)),
    (_ACTIVE, AskToTalk): _stays(ask_to_talk, _ACTIVE),
    (_ACTIVE, AnswerTalk): _stays(answer_talk, _ACTIVE),
    (_ACTIVE, TellEarly): Decision(tell_early, (_ASSESSING,)),
    (_ACTIVE, RecordBreach): _stays(record_breach, _ACTIVE),
    (_ACTIVE, RecordCure): _stays(record_cure, _ACTIVE),
    (_ACTIVE, EndAgreement): Decision(end_agreement, (_ENDED,)),
    (_ACTIVE, RecordSettlement): Decision(record_settlement, (CaseState.SETTLED,)),
    (_ENDED, RecordSettlement): Decision(record_settlement, (CaseState.SETTLED,)),
}


def allowed(state: CaseState | None) -> tuple[type[Command], ...]:
    """Return what a case in this state listens to, in the order of a case's life."""
    return tuple(command for command in COMMANDS if (state, command) in DECISIONS)


def decide(case: Case | None, command: Command) -> Events:
    """Return what happens when the command reaches the case. Changes nothing.

    Raises:
        CommandNotAllowed: the state does not listen to it; the text lists what it listens to.
        UnableToDecide: one of the refusals of `tideover.cases.refusals`.
    """
    state = case.state if case else None
    decision = DECISIONS.get((state, type(command)))
    if decision is None:
        raise CommandNotAllowed(case, type(command), allowed=allowed(state))
    return decision.answer(case, command)


def check_version(case: Case, seen: int) -> None:
    """Refuse to decide on a case that moved since the decider read it.

    Raises:
        StaleCase: with who moved it, and when.
    """
    if case.version != seen:
        raise StaleCase(case, seen)


def diagram() -> str:
    """Return the table as a Mermaid state diagram.

    Commands that leave a case where it is are listed inside its state.
    """
    lines = ["stateDiagram-v2"]
    for (state, command), decision in DECISIONS.items():
        begin = f"{_node(state)} --> "
        lines += [
            f"    {begin}{_node(then)}: {command.__name__}"
            for then in decision.then
            if then is not state
        ]
    for state in CaseState:
        staying = [
            command.__name__
            for command in allowed(state)
            if state in DECISIONS[state, command].then
        ]
        if staying:
            lines.append(f"    {_node(state)}: {state.value}<br/>({', '.join(staying)})")
    lines += [f"    {_node(state)} --> [*]" for state in CaseState if not allowed(state)]
    return "\n".join(lines) + "\n"


def _node(state: CaseState | None) -> str:
    return "[*]" if state is None else state.value.replace("-", "_")
