import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import codes, household, request, steady, yuan
from tideover.money import CNY, Money
from tideover.offers import CounterOutcome, Wish, counter, offer_from_record, offer_to_record


def asked(able="680", **wish):
    return counter(request(able=able, wish=Wish(**wish)))


class TestCounter:
    def test_accepts_the_shortest_plan_that_meets_the_wish(self):
        answer = asked(monthly=yuan("500"))

        # 18 instalments ask for 508.61, 19 for 484.60.
        assert answer.outcome is CounterOutcome.ACCEPTED
        assert answer.offer is not None
        assert answer.offer.instalments == 19
        assert answer.difference is None

    def test_accepts_a_length_and_a_pause_exactly(self):
        answer = asked(instalments=20, pause_months=2)

        assert answer.outcome is CounterOutcome.ACCEPTED
        assert answer.offer is not None
        assert (answer.offer.instalments, answer.offer.pause_months) == (20, 2)

    def test_names_the_nearest_plan_and_how_it_differs(self):
        answer = asked(instalments=12)

        assert answer.outcome is CounterOutcome.NEAREST
        assert answer.offer is not None
        assert answer.offer.instalments == 14
        assert answer.difference is not None
        assert answer.difference.zh == "最接近的方案：比你希望的多 2 期"

    @pytest.mark.parametrize(
        ("monthly", "code"), [("99.20", "never_amortises"), ("150", "over_legal_limit")]
    )
    def test_says_why_a_payment_is_too_low_beside_the_nearest(self, monthly, code):
        answer = asked(monthly=yuan(monthly))

        assert answer.outcome is CounterOutcome.NEAREST
        assert codes(answer.refused) == [code]

    def test_refuses_with_a_code_and_somewhere_to_go_when_nothing_passes(self):
        answer = counter(request(household=household(able="0"), wish=Wish(monthly=yuan("300"))))

        assert answer.outcome is CounterOutcome.REFUSED
        assert answer.offer is None
        assert answer.refused
        assert answer.next_steps

    def test_shortens_a_pause_that_is_too_long(self):
        answer = asked(able="900", pause_months=9)

        assert answer.outcome is CounterOutcome.NEAREST
        assert answer.offer is not None
        assert answer.offer.pause_months == 6
        assert "先停 6 个月而不是 9 个月" in answer.difference.zh

    def test_is_kept_like_any_offer(self):
        offer = asked(monthly=yuan("500")).offer

        assert offer is not None
        assert offer_from_record(offer_to_record(offer)) == offer

    @steady
    @given(st.integers(1, 100_000), st.integers(0, 100_000))
    def test_never_accepts_what_a_rule_stops(self, monthly, able):
        answer = asked(able=Money(able, CNY).text, monthly=Money(monthly, CNY))

        if answer.offer is not None:
            assert not any(verdict.stops for verdict in answer.offer.verdicts)
            met = answer.offer.payment.minor <= monthly
            assert met is (answer.outcome is CounterOutcome.ACCEPTED)
