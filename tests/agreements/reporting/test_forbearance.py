from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tideover.agreements.reporting import Forbearance, ForbearanceFacts, LateOn, forbearance_on
from tideover.policy import load_book

RULES = load_book().pack_on(date(2026, 1, 1), pack="eu/forbearance")
MEASURE = date(2022, 3, 15)


def status(on, *, was_bad, late=(), more=()):
    facts = ForbearanceFacts(
        measures=((MEASURE, was_bad), *more), late=tuple(LateOn(*seen) for seen in late)
    )
    return forbearance_on(facts, on, parameters=RULES)[0]


def months(*days):
    return [(date.fromisoformat(day), 0) for day in days]


class TestForbearanceOn:
    @given(st.dates(date(2015, 1, 1), date(2030, 1, 1)))
    def test_is_none_without_a_measure(self, day):
        facts = ForbearanceFacts(measures=(), late=(LateOn(date(2020, 1, 31), 200),))

        assert forbearance_on(facts, day, parameters=RULES) == (Forbearance.NONE, None)

    def test_of_a_performing_loan_is_two_years_of_probation(self):
        seen = months("2024-03-14", "2024-03-15")

        assert status(date(2024, 3, 14), was_bad=False, late=seen) is Forbearance.PROBATION
        assert status(date(2024, 3, 15), was_bad=False, late=seen) is Forbearance.NONE

    def test_of_a_bad_loan_is_three_years_at_least(self):
        seen = months("2023-03-14", "2023-03-15", "2025-03-14", "2025-03-15")

        assert status(date(2023, 3, 14), was_bad=True, late=seen) is Forbearance.NON_PERFORMING
        assert status(date(2023, 3, 15), was_bad=True, late=seen) is Forbearance.PROBATION
        assert status(date(2025, 3, 14), was_bad=True, late=seen) is Forbearance.PROBATION
        assert status(date(2025, 3, 15), was_bad=True, late=seen) is Forbearance.NONE

    def test_is_not_cured_while_anything_is_past_due(self):
        late = [(date(2023, 3, 15), 5)]

        assert status(date(2023, 3, 15), was_bad=True, late=late) is Forbearance.NON_PERFORMING

    def test_falls_back_on_probation_over_thirty_days_only_after_cure(self):
        cured = [*months("2023-03-15"), (date(2023, 8, 31), 31)]
        never_bad = [(date(2023, 8, 31), 31)]

        assert status(date(2023, 9, 1), was_bad=True, late=cured) is Forbearance.NON_PERFORMING
        assert status(date(2023, 9, 1), was_bad=False, late=never_bad) is Forbearance.PROBATION

    def test_falls_back_on_another_measure_after_cure(self):
        more = ((date(2023, 9, 1), False),)
        seen = months("2023-03-15")

        assert (
            status(date(2023, 9, 2), was_bad=True, late=seen, more=more)
            is Forbearance.NON_PERFORMING
        )

    def test_is_bad_at_default_whatever_it_was(self):
        late = [(date(2022, 9, 30), 91)]

        assert status(date(2022, 10, 1), was_bad=False, late=late) is Forbearance.NON_PERFORMING
