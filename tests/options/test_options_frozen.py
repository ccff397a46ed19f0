from frozen import loose
from tideover import options


class TestRecords:
    def test_cannot_be_changed(self):
        assert not loose(options)
