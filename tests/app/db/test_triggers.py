"""Every trigger that keeps rows written is still there after all migrations, on either database."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import make_staff
from tideover.app import clock
from tideover.app.db import triggers
from tideover.app.db.models import BankFile

pytestmark = pytest.mark.django_db


def installed() -> set[str]:
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def test_every_trigger_is_there():
    # SQLite drops the triggers of a table when a migration changes one of its columns.
    assert triggers.expected(connection.vendor) - installed() == set()


class TestBankFiles:
    @pytest.fixture
    def file(self) -> BankFile:
        return BankFile.objects.create(
            digest="d", name="b.csv", booked_by=make_staff(), booked_at=clock.now()
        )

    @pytest.mark.parametrize("change", [{"digest": "e"}, {"name": "c.csv"}])
    def test_stay_as_they_were_booked(self, file, change):
        with pytest.raises(DatabaseError), transaction.atomic():
            BankFile.objects.filter(pk=file.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            BankFile.objects.filter(pk=file.pk).delete()

    def test_may_be_marked_as_undone(self, file):
        BankFile.objects.filter(pk=file.pk).update(undone_at=clock.now())

        assert BankFile.objects.get().undone_at is not None
