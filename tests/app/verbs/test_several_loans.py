"""Several loans in one request: answered once, decided about each, and no money spent twice."""

import lender as story
import pytest

from tideover.app.db.models import Case, EvidenceFile, LogEvent, OutboxMessage
from tideover.app.verbs import application, assessment, audit, evidence_files, offering
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CaseState

pytestmark = pytest.mark.django_db
LOANS = ("WLD-0001", "WLD-0009")


@pytest.fixture
def several(lender):
    """The borrower has a second loan of the same kind."""
    story.the_loan(lender.borrower, LOANS[1])
    return lender


def asked(lender, *, income: str | None = None) -> tuple[Case, Case]:
    lead = application.open_together(lender.borrower, LOANS, key="together")
    sections = dict(story.SECTIONS)
    if income:
        sections["income"] = {"items": [{"kind": "wage", "amount": income}]}
    for section, answers in sections.items():
        application.save_section(lender.borrower, lead.number, section, answers, key=section)
    story.attach(lender, lead.number)
    application.submit(lender.borrower, lead.number, key="submit")
    return application.asked_together(Case.objects.get(pk=lead.pk))


def offers_of(lender, case: Case):
    number = case.number
    version = assessment.case_file(lender.agent, number).version
    assessment.claim(lender.agent, number, version=version, key=f"claim-{number}")
    offering.generate(lender.agent, number, key=f"generate-{number}")
    return assessment.case_file(lender.agent, number)


class TestOpenTogether:
    def test_makes_one_draft_that_takes_the_answers_however_often_it_is_tapped(self, several):
        first = application.open_together(several.borrower, LOANS, key="k")
        again = application.open_together(several.borrower, LOANS[::-1], key="other")

        assert first == again
        assert Case.objects.count() == 2
        assert {application.lead_of(case).pk for case in Case.objects.all()} == {first.pk}

    def test_goes_on_with_a_draft_that_was_begun(self, several):
        begun = application.open_case(several.borrower, LOANS[1], key="open")
        cause = story.SECTIONS["cause"]
        application.save_section(several.borrower, begun.number, "cause", cause, key="c")

        lead = application.open_together(several.borrower, LOANS, key="k")

        assert lead.number == begun.number

    def test_refuses_none_and_anothers_and_one_that_was_sent(self, several):
        with pytest.raises(application.NoLoanChosen):
            application.open_together(several.borrower, (), key="none")
        with pytest.raises(NotFound):
            application.open_together(several.borrower, (LOANS[0], "WLD-0002"), key="theirs")
        asked(several)
        with pytest.raises(application.NoLoanChosen):
            application.open_together(several.borrower, LOANS, key="again")


class TestSubmit:
    def test_hands_in_every_loan_with_the_same_answers_and_papers(self, several):
        cases = asked(several)

        assert [case.state for case in cases] == ["submitted", "submitted"]
        lead, other = (application.draft_of(case) for case in cases)
        assert lead.sections == other.sections
        assert lead.case.cause == other.case.cause
        assert [file.digest for file in lead.evidence] == [file.digest for file in other.evidence]
        account = several.borrower.account
        for draft in (lead, other):
            number, file = draft.case.number, draft.evidence[0]
            assert evidence_files.content(account, number, file.pk)[1] == story.PDF
        assert audit.verify().holds

    def test_sends_one_receipt_and_nothing_twice(self, several):
        lead, _ = asked(several)
        application.submit(several.borrower, lead.number, key="a second tap")

        assert LogEvent.objects.filter(kind="case.submitted").count() == 2
        assert OutboxMessage.objects.filter(kind="received").count() == 1
        assert EvidenceFile.objects.count() == 2

    def test_a_draft_taken_back_takes_the_others_along(self, several):
        lead = application.open_together(several.borrower, LOANS, key="k")

        application.withdraw(several.borrower, lead.number, key="w")

        assert {case.state for case in Case.objects.all()} == {CaseState.WITHDRAWN}


class TestOffers:
    def test_of_both_loans_together_fit_the_household(self, several):
        files = [offers_of(several, case) for case in asked(several)]

        alone = story.SECTIONS["income"]["items"]
        assert alone  # the household has an income at all
        for months in zip(*(file.capacity for file in files), strict=True):
            left = months[0].income - months[0].outgoings - months[0].buffer
            assert sum(month.capacity.minor for month in months) <= max(0, left.minor)

    def test_name_the_other_case_to_the_agent(self, several):
        lead, other = asked(several)

        assert assessment.case_file(several.agent, lead.number).asked_together == (other.number,)
        assert assessment.case_file(several.agent, other.number).asked_together == (lead.number,)
