"""`behind`: the text behind a picture that says another number than the picture."""

from tideover.evidence.sandbox.behind import differing

BOX = [100, 200, 300, 220]


def seen(text: str, *, sure: int = 1000, box: list[int] | None = None):
    return [[text, [0, 0, 0, 0], box or BOX, sure]]


class TestDiffering:
    def test_names_the_place_of_another_number(self):
        assert differing([("实发 5,200.00", BOX)], seen("实发 5,000.00")) == [BOX]

    def test_has_nothing_where_both_say_the_same(self):
        assert not differing([("日期 2026-03-05", BOX)], seen("日期：2026.03.05"))

    def test_does_not_take_a_slip_of_the_reader_for_a_change(self):
        # A reader loses a digit, or is unsure; neither is another number of the same length.
        assert not differing([("5200.00", BOX)], seen("520.00"))
        assert not differing([("5200.00", BOX)], seen("5000.00", sure=800))

    def test_compares_only_what_stands_at_one_place(self):
        assert not differing([("5200.00", BOX)], seen("5000.00", box=[100, 600, 300, 620]))
