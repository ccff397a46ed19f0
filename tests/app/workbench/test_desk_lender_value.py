"""What an offer is worth to the lender, at the rate that the present contract earns."""

import lender as story
import pytest
from desk_pages import words

from tideover.app.verbs import assessment
from tideover.app.workbench.pages.lender_value import lender_values
from tideover.app.workbench.pages.offers_tab import state_before

pytestmark = pytest.mark.django_db


class TestLenderValues:
    def test_more_time_at_the_contract_s_own_rate_gives_up_next_to_nothing(self, lender):
        number = story.generated(lender)
        file = assessment.case_file(lender.agent, number)
        state = state_before(file, on=file.offer_set.on)

        values = lender_values(state, file.offer_set.offers)

        owed = state.outstanding.total.minor
        assert set(values) == {offer.key for offer in file.offer_set.offers}
        # Interest goes on at the same daily rate, so today's worth stays within two per cent.
        assert all(abs(value.minor) * 50 < owed for value in values.values()), values

    def test_stands_beside_every_candidate(self, lender, desk_of):
        number = story.generated(lender)

        page = words(desk_of(lender.agent).get(f"/desk/cases/{number}/?tab=offers"))

        assert page.count("Worth to the lender") >= 2
