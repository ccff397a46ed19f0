"""cost/roots.py: where the search goes, and in how few looks."""

from decimal import Context, Decimal, localcontext

import pytest

from tideover.loan.cost.roots import DIGITS, NoSignChange, _part, bracket_around, bracketed_root


class Looked:
    """A curve that counts how often it is looked at."""

    def __init__(self, curve) -> None:
        self.curve, self.count = curve, 0

    def __call__(self, x: Decimal) -> Decimal:
        self.count += 1
        return self.curve(x)


def discounted(x: Decimal) -> Decimal:
    """Sixty payments of 18 for 1,000: the worth at a discount of x a step."""
    return -1000 + 18 * sum(x**step for step in range(1, 61))


class TestBracketedRoot:
    @pytest.mark.parametrize(
        ("curve", "low", "high", "root", "looks"),
        [
            (lambda x: x**3 - 8, 1, 4, 2, 11),
            (lambda x: x**3 - 8, -10, 3, 2, 14),
            (lambda x: x.exp() - 20, 0, 20, Decimal(20).ln(), 14),
            (lambda x: 1 / x - 4, Decimal("0.01"), 9, Decimal("0.25"), 16),
            (lambda x: (x - 7) ** 9, 0, 11, 7, 122),
            (lambda x: x + 3, -50, 1, -3, 4),
        ],
        ids=["cubic", "cubic far", "exponential", "hyperbola", "flat", "line"],
    )
    def test_needs_few_looks(self, curve, low, high, root, looks):
        looked = Looked(curve)

        found = bracketed_root(looked, low=Decimal(low), high=Decimal(high))

        assert abs(found - root) <= abs(Decimal(root)) * Decimal("1e-26")
        assert looked.count <= looks

    def test_needs_few_for_a_loan(self):
        looked = Looked(discounted)

        found = bracketed_root(looked, low=Decimal("0.9"), high=Decimal("1.1"))

        with localcontext(Context(prec=DIGITS)):
            assert abs(discounted(found)) < Decimal("1e-30")
        assert looked.count <= 13

    def test_stays_where_it_is_when_an_end_is_the_root(self):
        assert bracketed_root(lambda x: x - 3, low=Decimal(3), high=Decimal(5)) == 3
        assert bracketed_root(lambda x: 5 - x, low=Decimal(3), high=Decimal(5)) == 5


class TestPart:
    def test_is_exact_on_a_curve_whose_inverse_is_a_parabola(self):
        # y = sqrt(x) - 2, so x = (y + 2)²: from 2.25 (y = -1/2) with 9 (y = 1) and 1 (y = -1) the
        # root 4 is (4 - 2.25) / (9 - 2.25) = 7/27 of the way.
        points = [tuple(map(Decimal, point)) for point in (("2.25", "-0.5"), (9, 1), (1, -1))]

        with localcontext(Context(prec=DIGITS)):
            part = _part(*points, closest=Decimal("1e-9"))
            assert abs(part - Decimal(7) / 27) < Decimal("1e-45")

    def test_goes_no_nearer_to_an_end_than_told(self):
        points = [tuple(map(Decimal, point)) for point in (("2.25", "-0.5"), (9, 1), (1, -1))]

        assert _part(*points, closest=Decimal("0.3")) == Decimal("0.3")
        assert _part(*points, closest=Decimal("0.9")) == Decimal("0.1")

    @pytest.mark.parametrize(
        "points",
        [
            # The worth rises too fast near the third point: fall² = 0.81 > 0.5.
            [("5", "0.9"), ("0", "0"), ("10", "1")],
            # And too slowly: (1 - 0.01)² > 1 - 0.5.
            [("5", "0.01"), ("0", "0"), ("10", "1")],
        ],
    )
    def test_is_half_where_a_parabola_cannot_be_trusted(self, points):
        points = [tuple(map(Decimal, point)) for point in points]

        assert _part(*points, closest=Decimal("1e-9")) == Decimal("0.5")


class TestBracketAround:
    def test_looks_about_the_start_before_it_looks_afar(self):
        # Toward 0 the first look is at 1 / (1 + 1/1024), the second at 1 / (1 + 2/1024).
        low, high = bracket_around(lambda x: x - Decimal("0.9985"), Decimal(1), least=Decimal(0))

        assert high == 1
        assert abs(low - Decimal(1024) / 1026) < Decimal("1e-20")

    def test_never_reaches_the_least(self):
        looked = []

        def curve(x: Decimal) -> Decimal:
            looked.append(x)
            return x + Decimal("0.999999")

        low, high = bracket_around(curve, Decimal(0), least=Decimal(-1))

        assert min(looked) > -1
        assert low < Decimal("-0.999999") < high

    def test_names_where_it_stood_when_there_is_no_root(self):
        with pytest.raises(NoSignChange, match=r"does not change sign around 1$"):
            bracket_around(lambda x: x * x + 1, Decimal(1), least=Decimal(0))
