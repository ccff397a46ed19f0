from datetime import date, timedelta

import pytest
from hypothesis import given

import strategies as s
from tideover.dates import BackwardPeriod, Period


class TestPeriod:
    @given(s.days, s.days)
    def test_holds_as_many_days_as_it_says(self, one, other):
        start, end = sorted((one, other))
        period = Period(start, end)

        assert period.days == (end - start).days
        assert (start in period) is (start < end)
        assert end not in period
        assert start - timedelta(days=1) not in period

    def test_refuses_to_run_backward(self):
        with pytest.raises(BackwardPeriod, match="on 2026-01-01 before it starts on 2026-01-02"):
            Period(date(2026, 1, 2), date(2026, 1, 1))
