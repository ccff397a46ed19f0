from frozen import loose
from tideover import loan


class TestRecords:
    def test_cannot_be_changed(self):
        assert not loose(loan)
