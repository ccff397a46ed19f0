"""From an accepted offer to the agreement."""

from tideover.agreements.clauses import clauses
from tideover.agreements.cost_table import contingent_costs, cost_table
from tideover.agreements.document import AgreementDocument
from tideover.agreements.facts import AgreementFacts
from tideover.agreements.key_facts import key_facts
from tideover.policy import Words

__all__ = ["compose"]

NOTICE = Words(
    "协商不收取任何费用。我们不会索要验证码、密码或屏幕共享，也不会让你转账到个人账户。",
    "Asking for help is free. We never ask for a code, a password or your screen, and never for a "
    "transfer to a private account.",
)


def compose(facts: AgreementFacts) -> AgreementDocument:
    """Return the agreement of an offer. The same facts always give the same text."""
    form = facts.offer.proposal.legal_form.words
    return AgreementDocument(
        number=facts.number,
        title=Words(f"还款协议（{form.zh}）", f"Repayment agreement ({form.en.lower()})"),
        made_on=facts.made_on,
        lender=facts.lender,
        borrower=facts.borrower,
        loan_reference=facts.loan_reference,
        key_facts=key_facts(facts),
        clauses=clauses(facts),
        schedule=facts.offer.schedule,
        due_lines=facts.offer.proposal.due_lines,
        cost_table=cost_table(facts),
        contingent_costs=contingent_costs(facts),
        notice=NOTICE,
    )
