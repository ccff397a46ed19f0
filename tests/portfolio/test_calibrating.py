"""What a history tells of behaviour: counted by hand, with its interval, read by a simulation."""

from datetime import date

import numpy as np
import pytest

from tideover.cli.main import main
from tideover.kernels import Serviced
from tideover.policy import load_book
from tideover.portfolio import Making, make_book
from tideover.portfolio.behaviour import UnknownBehaviour, overlaid
from tideover.portfolio.calibrating import Counted, NoHistory, calibrated, yaml_of
from tideover.portfolio.servicing import write_serviced
from tideover.portfolio.terms import terms_of

ON = date(2026, 12, 5)
START = (date(2026, 1, 10) - date(1970, 1, 1)).days
DUE = [(date(2026, month, 10) - date(1970, 1, 1)).days for month in range(2, 12)]
BASE = load_book().pack_on(ON, pack="portfolio/behaviour")


def whole(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def history(*payments: list[tuple[int, int]]) -> Serviced:
    """Loans of ten instalments of 100.00 without interest, and what was paid on each."""
    many = len(payments)
    same = np.ones(many, dtype=np.int64)
    flat = [one for loan in payments for one in loan]
    return Serviced(
        loan=np.arange(many), principal=same * 100_000, counts=same * 10, rate=same * 0,
        penalty_rate=same * 0, disbursed=same * START, earliest=same * DUE[0],
        day_of_month=same * 10, offsets=np.cumsum([0, *(len(loan) for loan in payments)]),
        paid_on=whole(*(day for day, _ in flat)), paid=whole(*(amount for _, amount in flat)),
        grace_days=0,
    )  # fmt: skip


class TestCalibrated:
    def test_counts_what_was_missed_and_what_was_caught_up(self, tmp_path):
        punctual = [(day, 10_000) for day in DUE]
        # Misses the third; pays one more with the fifth: one miss, late in the fourth and fifth.
        catches_up = [(day, 10_000) for day in DUE if day != DUE[2]]
        catches_up.insert(4, (DUE[4], 10_000))
        write_serviced(tmp_path / "part-0.parquet", history(punctual, catches_up))

        miss, cure = calibrated(tmp_path, on=date(2027, 1, 1))

        # Nine lines of each loan are looked at: the last may be lower, and is not.
        assert (miss.name, miss.events, miss.occasions) == ("miss_base", 1, 16)
        assert (cure.name, cure.events, cure.occasions) == ("cure_chance", 1, 2)

    def test_takes_a_few_days_for_no_miss(self, tmp_path):
        late = [(day + 20, 10_000) for day in DUE]
        write_serviced(tmp_path / "part-0.parquet", history(late))

        (miss,) = calibrated(tmp_path, on=date(2027, 1, 1))
        assert miss.events == 0

    def test_of_balances_counts_what_is_unpaid_today(self, tmp_path):
        what = Making(loans=500, seed=7, shard=500, on=ON)
        make_book(what, out=tmp_path, policy=load_book(), threads=1, told=lambda _: None)

        (miss,) = calibrated(tmp_path, on=ON)
        assert 0 < miss.share < 0.2
        assert not miss.has_payments

    def test_refuses_a_book_in_which_nothing_fell_due(self, tmp_path):
        write_serviced(tmp_path / "part-0.parquet", history([]))

        with pytest.raises(NoHistory, match="nothing has fallen due"):
            calibrated(tmp_path, on=date(2026, 2, 1))


class TestCounted:
    def test_has_the_interval_of_a_textbook(self):
        # Wilson for 10 of 100: centre (0.1 + 0.019208) / 1.038416 = 0.114798, half width
        # 1.96 x sqrt(0.0009 + 0.00009604) / 1.038416 = 0.059569.
        low, high = Counted(name="miss_base", events=10, occasions=100, has_payments=True).interval

        assert (low, high) == pytest.approx((0.05523, 0.17437), abs=1e-5)


class TestOverlaid:
    def test_a_simulation_reads_what_was_counted_and_says_where(self, tmp_path):
        counted = Counted(name="miss_base", events=44, occasions=10_000, has_payments=False)
        path = tmp_path / "mine.yaml"
        path.write_text(yaml_of((counted,), book=tmp_path, on=ON, base=BASE), encoding="utf-8")

        own = overlaid(BASE, path)
        terms = terms_of(load_book(), on=ON, behaviour_file=path)

        assert terms.miss_base == 0.0044
        assert terms.cure_chance == float(BASE.ratio("simulation.cure_chance"))
        assert "44 / 10,000" in own["simulation.miss_base"].reference
        assert own.digest != BASE.digest

    def test_refuses_a_number_that_nobody_reads(self, tmp_path):
        path = tmp_path / "mine.yaml"
        counted = Counted(name="miss_base", events=1, occasions=9, has_payments=True)
        said = yaml_of((counted,), book=tmp_path, on=ON, base=BASE)
        path.write_text(said.replace("miss_base", "mis_base"), encoding="utf-8")

        with pytest.raises(UnknownBehaviour, match=r"simulation\.mis_base"):
            overlaid(BASE, path)


class TestCommand:
    @pytest.mark.parametrize(
        ("language", "said"), [("en", "the book supposes"), ("zh", "政策手册假设")]
    )
    def test_says_what_it_found_and_what_not(self, tmp_path, capsys, language, said):
        write_serviced(tmp_path / "part-0.parquet", history([(DUE[0], 10_000)]))
        words = ["portfolio", "calibrate", "--book", str(tmp_path), "--on", "2027-01-01"]

        assert main([*words, "--out", str(tmp_path / "b.yaml"), "--lang", language]) == 0
        assert said in capsys.readouterr().out
        assert "miss_base" in (tmp_path / "b.yaml").read_text(encoding="utf-8")
