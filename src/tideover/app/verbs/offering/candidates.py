"""Candidates: offers worked out by an agent and kept, before anybody else sees them."""

from typing import Any

from tideover.app import clock
from tideover.app.db.atomic import lock_loan
from tideover.app.db.models import Account, Case, OfferRound
from tideover.app.verbs.case.rows import carry_out, for_staff, lock_for_staff
from tideover.app.verbs.offering.allowance import demand_allowance, within
from tideover.app.verbs.offering.basis import loan_digest, offer_set_of, request_of
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.rights import Right
from tideover.cases import OfferOnFile, record_digest
from tideover.cases.commands import GenerateOffers
from tideover.offers import OfferSet, find_offers, offer_set_to_record


def generate(agent: Account, number: str, *, key: str) -> OfferSet:
    """Work out offers on today's account and budget and keep them as candidates.

    What is on the table stays there until others are sent.

    Raises:
        AllowanceUsedUp: policy gives no further plan on this loan.
        NotTheAgent: another agent works on the case.
        CommandNotAllowed: the case takes no offers now.
        NotFound: no such case for this account.
    """

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.WORK_CASES)
        lock_loan(case.loan.reference)
        row = _keep_candidates(case, agent)
        return {"round": row.number}

    answer = run_once(
        effect,
        actor=agent.login,
        command="offering.generate",
        key=key,
        request={"case": number},
    )
    case = for_staff(agent, number, right=Right.WORK_CASES)
    return offer_set_of(case.rounds.get(number=answer["round"]))


def _keep_candidates(case: Case, agent: Account) -> OfferRound:
    allowance = demand_allowance(case)
    offer_set = within(find_offers(request_of(case, clock.today())), allowance)
    record = offer_set_to_record(offer_set)
    # The log keeps what was offered and why not; the budget behind it stays in the answers.
    told_record = {name: record[name] for name in ("offers", "refused", "next_steps")}
    command = GenerateOffers(
        on=offer_set.on,
        set_digest=record_digest(record),
        policy_digest=offer_set.policy_digest,
        loan_digest=loan_digest(case.loan),
        offers=tuple(OfferOnFile(one.key, one.needs_approval) for one in offer_set.offers),
        record=told_record,
        at=clock.now(),
        actor=agent.login,
    )
    carry_out(case, command)
    return OfferRound.objects.create(
        case=case,
        number=1 + case.rounds.count(),
        record={
            "set": record,
            "set_digest": command.set_digest,
            "loan_digest": command.loan_digest,
        },
        policy_digest=offer_set.policy_digest,
        generated_at=command.at,
        generated_by=agent,
    )
