import random
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tideover.app import clock
from tideover.app.db import log
from tideover.app.db.atomic import atomic
from tideover.app.db.models import LogEvent
from tideover.app.verbs import audit
from tideover.cases.chain import Damage, digest

pytestmark = pytest.mark.django_db


def append(count: int, *, stream: str = "case:HC-1") -> None:
    with atomic():
        for number in range(count):
            log.append(stream, kind="case.noted", body={"n": number}, at=clock.now(), actor="agent")


def off_guard(table: str = "db_logevent") -> None:
    """Take the triggers away, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        for operation in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER {table}_no_{operation}{on}")


def execute(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def rechain(rows: list[LogEvent]) -> None:
    """Give rows new digests after one another, as a thorough forger would."""
    previous = rows[0].previous
    for row in rows:
        own = digest(previous, bytes(row.body))
        execute(
            "UPDATE db_logevent SET previous = %s, digest = %s WHERE id = %s", previous, own, row.pk
        )
        previous = own


class TestAppend:
    def test_numbers_count_within_the_stream_and_positions_over_the_log(self) -> None:
        start = LogEvent.objects.count()
        append(2, stream="a")
        append(2, stream="b")

        rows = list(LogEvent.objects.order_by("position"))[start:]
        assert [row.number for row in rows] == [1, 2, 1, 2]
        assert [row.position for row in rows] == [start + 1, start + 2, start + 3, start + 4]

    def test_what_is_read_is_what_was_appended(self) -> None:
        at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        with atomic():
            log.append("loan:L", kind="loan.paid", body={"金额": "1.00"}, at=at, actor="finance")

        (event,) = log.read("loan:L")
        assert (event.kind, event.actor, event.at, event.body) == (
            "loan.paid",
            "finance",
            at,
            {"金额": "1.00"},
        )

    def test_a_transaction_that_fails_leaves_no_event(self) -> None:
        start = LogEvent.objects.count()

        def append_and_fail() -> None:
            with atomic():
                append(1)
                raise ConnectionError

        with pytest.raises(ConnectionError):
            append_and_fail()
        assert LogEvent.objects.count() == start

    def test_the_chain_of_what_was_appended_holds(self) -> None:
        append(20)

        assert audit.verify().faults == ()


class TestTriggers:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE {table} SET id = id",
            "DELETE FROM {table}",
        ],
    )
    @pytest.mark.parametrize("table", ["db_logevent"])
    def test_a_row_of_the_log_is_never_changed(self, statement: str, table: str) -> None:
        append(1)

        with pytest.raises(DatabaseError, match="tideover"), transaction.atomic():
            execute(statement.format(table=table))

    @pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")
    def test_a_row_of_the_log_is_never_replaced(self) -> None:
        append(1)
        columns = "id, position, stream, number, kind, actor, recorded_at, body, previous, digest"

        with pytest.raises(DatabaseError, match="tideover"), transaction.atomic():
            execute(f"REPLACE INTO db_logevent ({columns}) SELECT {columns} FROM db_logevent")

    @pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
    def test_the_log_is_never_truncated(self) -> None:
        with pytest.raises(DatabaseError, match="tideover"), transaction.atomic():
            execute("TRUNCATE db_logevent")


@pytest.mark.usefixtures("home")
class TestAudit:
    """Attacks on the log by somebody for whom the triggers are no obstacle."""

    def attack_one(self) -> tuple[list[LogEvent], int]:
        append(12)
        assert audit.verify().holds
        off_guard()
        rows = list(LogEvent.objects.order_by("position"))
        return rows, random.Random(len(rows)).randrange(len(rows) - 8, len(rows) - 2)

    def test_it_locates_an_edited_body(self) -> None:
        rows, place = self.attack_one()
        forged = bytes(rows[place].body).replace(b'"n":', b'"m":')
        execute("UPDATE db_logevent SET body = %s WHERE id = %s", forged, rows[place].pk)

        (fault,) = audit.verify().faults
        assert (fault.number, fault.damage) == (rows[place].position, Damage.EDITED)

    def test_it_locates_a_body_edited_together_with_its_digest(self) -> None:
        rows, place = self.attack_one()
        forged = bytes(rows[place].body).replace(b'"n":', b'"m":')
        execute(
            "UPDATE db_logevent SET body = %s, digest = %s WHERE id = %s",
            forged,
            digest(rows[place].previous, forged),
            rows[place].pk,
        )

        assert rows[place].position in {fault.number for fault in audit.verify().faults}

    def test_it_locates_a_column_that_no_longer_repeats_the_body(self) -> None:
        rows, place = self.attack_one()
        execute("UPDATE db_logevent SET actor = 'nobody' WHERE id = %s", rows[place].pk)

        (fault,) = audit.verify().faults
        assert (fault.number, fault.damage) == (rows[place].position, Damage.EDITED)

    def test_it_locates_a_deleted_row(self) -> None:
        rows, place = self.attack_one()
        execute("DELETE FROM db_logevent WHERE id = %s", rows[place].pk)

        (fault,) = audit.verify().faults
        assert (fault.number, fault.damage) == (rows[place].position, Damage.DELETED)

    def test_it_locates_rows_that_changed_places(self) -> None:
        rows, place = self.attack_one()
        here, there = rows[place], rows[place + 1]
        for position, row in ((10_000, here), (here.position, there), (there.position, here)):
            execute("UPDATE db_logevent SET position = %s WHERE id = %s", position, row.pk)

        faults = audit.verify().faults
        assert {fault.damage for fault in faults} == {Damage.REORDERED}
        assert {fault.number for fault in faults} <= {here.position, there.position}

    def test_it_finds_a_tail_that_was_cut_off(self) -> None:
        rows, _ = self.attack_one()
        execute("DELETE FROM db_logevent WHERE id = %s", rows[-1].pk)
        execute(
            "UPDATE db_chainend SET position = %s, digest = %s",
            rows[-2].position,
            rows[-2].digest,
        )

        (fault,) = audit.verify().faults
        assert (fault.number, fault.damage) == (rows[-1].position, Damage.CUT_OFF)

    def test_it_finds_a_tail_that_was_cut_off_and_written_anew(self) -> None:
        rows, place = self.attack_one()
        forged = bytes(rows[place].body).replace(b'"agent"', b'"other"')
        rows[place].body = forged
        execute(
            "UPDATE db_logevent SET body = %s, actor = 'other' WHERE id = %s",
            forged,
            rows[place].pk,
        )
        rechain(rows[place:])
        last = LogEvent.objects.get(pk=rows[-1].pk)
        execute("UPDATE db_chainend SET digest = %s", last.digest)

        faults = audit.verify().faults
        assert [fault.damage for fault in faults] == [Damage.CUT_OFF]

    def test_it_anchors_each_new_head_once(self) -> None:
        append(1)
        audit.verify()
        before = len(audit.anchors())
        audit.verify()
        assert len(audit.anchors()) == before

        append(1)
        audit.verify()
        assert len(audit.anchors()) == before + 1
