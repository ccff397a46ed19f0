"""The order of loans in an array."""

import pytest

from books import column
from tideover.kernels import NotOrdered, having_line, order_by_count


class TestOrder:
    def test_tells_how_many_loans_have_each_line(self):
        assert having_line(column([3, 3, 1])) == [3, 2, 2, 0]

    def test_is_the_most_instalments_first_and_keeps_equals_as_they_were(self):
        assert order_by_count(column([1, 3, 1, 3])).tolist() == [1, 3, 0, 2]

    def test_is_refused_by_name_where_it_is_another(self):
        with pytest.raises(NotOrdered, match="loan 0 has 1 instalments and the next one 2"):
            having_line(column([1, 2]))
