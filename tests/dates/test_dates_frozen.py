from frozen import loose
from tideover import dates


class TestRecords:
    def test_cannot_be_changed(self):
        assert not loose(dates)
