"""The plan page after signing: speaking early, paying all off, the letter."""

from datetime import timedelta

from lender import signed

from tideover.app import clock
from tideover.app.db.atomic import atomic
from tideover.app.db.models import Answer, Case
from tideover.app.verbs import closing, keeping, loans
from tideover.loan import Paid


class TestPlanPage:
    def test_takes_the_word_that_the_next_payment_will_be_hard(self, lender, borrower):
        number = signed(lender)
        page = borrower.get("/plans/WLD-0001/").content.decode()
        assert "下一期我可能还不上" in page

        answer = borrower.post("/plans/WLD-0001/early/", {"key": "k", "message": "工钱晚发"})

        assert answer["Location"] == f"/cases/{number}/"
        assert Case.objects.get(number=number).state == "assessing"
        again = borrower.get("/plans/WLD-0001/").content.decode()
        assert "下一期我可能还不上" not in again
        assert borrower.get(f"/cases/{number}/agreement/").status_code == 200

    def test_says_what_closes_the_loan_on_a_day(self, lender, borrower):
        signed(lender)
        on = clock.today() + timedelta(days=20)
        expected = keeping.quote(lender.borrower, "WLD-0001", on)

        page = borrower.get(f"/plans/WLD-0001/?on={on}").content.decode()

        assert expected.amount.display in page
        assert borrower.get("/plans/WLD-0001/?on=nonsense").status_code == 200

    def test_gives_the_letter_once_everything_is_paid(self, lender, borrower):
        number = signed(lender)
        assert borrower.get(f"/cases/{number}/settlement.pdf").status_code == 404
        owed = loans.state(lender.loan, clock.today()).payoff
        payment = Paid(clock.today(), "all", owed)
        with atomic():
            loans.record_event(lender.loan, payment, actor="bank", at=clock.now())
        closing.close()

        letter = borrower.get(f"/cases/{number}/settlement.pdf")

        assert letter["Content-Type"] == "application/pdf"
        assert (
            f"/cases/{number}/settlement.pdf" in borrower.get("/plans/WLD-0001/").content.decode()
        )

        borrower.post(f"/cases/{number}/forget/", {"key": "k", "sure": "yes"})
        page = borrower.get("/plans/WLD-0001/").content.decode()
        assert not Answer.objects.exists()
        assert "已删除" in page
        assert borrower.get(f"/cases/{number}/settlement.pdf").status_code == 200

    def test_is_nobody_elses(self, lender, signed_in):
        number = signed(lender)
        stranger = signed_in(lender.stranger.account)

        assert stranger.post("/plans/WLD-0001/early/", {"key": "k"}).status_code == 404
        assert stranger.get(f"/cases/{number}/settlement.pdf").status_code == 404
