"""A closed book in the database: what COPY brought is what the fold says, and later days stay."""

from datetime import date

import pytest

from tideover.app.db.models import BookPosition
from tideover.app.verbs import positions
from tideover.kernels import terms_and_events
from tideover.loan import days_ahead
from tideover.money import CNY
from tideover.policy import load_book
from tideover.portfolio import Making, part_paths
from tideover.portfolio.servicing import (
    Closing,
    NotClosed,
    close_book,
    make_serviced,
    read_serviced,
)

pytestmark = pytest.mark.django_db

DAY, BEFORE = date(2026, 12, 5), date(2026, 12, 4)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("serviced")
    making = Making(loans=300, seed=7, shard=100, on=DAY)
    make_serviced(making, out=folder, policy=load_book(), threads=1, told=lambda _: None)
    return folder


def closed(book, out, *, on: date):
    close_book(Closing(book=book, on=on), out=out, policy=load_book(), threads=2,
               told=lambda _: None)  # fmt: skip
    return out


class TestMerge:
    def test_brings_in_what_the_fold_of_each_loan_says(self, book, tmp_path):
        assert positions.merge(closed(book, tmp_path, on=DAY)) == 300

        stored = {row.loan: row for row in BookPosition.objects.all()}
        assert len(stored) == 300
        for part in part_paths(book):
            for block in read_serviced(part, block=1_000):
                for place, loan in enumerate(block.loan.tolist()):
                    terms, events = terms_and_events(block, place, currency=CNY)
                    fold = days_ahead(terms, events, start=DAY, count=1)[0]
                    mine = tuple(getattr(stored[loan], name) for name in fold.__slots__)
                    assert mine == fold.row
                    assert stored[loan].day == DAY

    def test_of_an_earlier_day_leaves_what_is_known_of_a_later_one(self, book, tmp_path):
        positions.merge(closed(book, tmp_path / "later", on=DAY))
        positions.merge(closed(book, tmp_path / "earlier", on=BEFORE))
        assert set(BookPosition.objects.values_list("day", flat=True)) == {DAY}

        positions.merge(tmp_path / "later")
        assert BookPosition.objects.count() == 300

    def test_classes_follow_the_days_past_due(self, book, tmp_path):
        positions.merge(closed(book, tmp_path, on=DAY))

        assert BookPosition.objects.filter(days_past_due=0, asset_class="normal").count() > 200
        late = BookPosition.objects.filter(days_past_due__gt=0)
        assert late.exists()
        assert not late.filter(asset_class="normal").exists()

    def test_refuses_a_close_that_is_not_finished(self, tmp_path):
        with pytest.raises(NotClosed, match="no finished close"):
            positions.merge(tmp_path)
