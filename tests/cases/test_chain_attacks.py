"""Any one row of a long log edited, taken out, put in or moved, at random: found, and where.

`make soak` tries a thousand attacks on 100,000 rows; a sample of both runs each time.
"""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tideover.cases.chain import GENESIS, ChainHead, ChainRow, Damage, digest, head, verify_chain

Rows = list[ChainRow]


def log_of(count: int, *, seed: str = "") -> Rows:
    rows, before = [], GENESIS
    at = datetime(2026, 11, 23, tzinfo=UTC).isoformat()
    for number in range(1, count + 1):
        body = f'{{"at":"{at}","event":{{"seed":"{seed}"}},"position":{number}}}'.encode()
        own = digest(before, body)
        rows.append(ChainRow(number=number, previous=before, body=body, digest=own))
        before = own
    return rows


def edit(rows: Rows, chance: random.Random) -> tuple[Rows, int]:
    at = chance.randrange(len(rows))
    row = rows[at]
    body = bytearray(row.body)
    body[chance.randrange(len(body))] ^= 1 << chance.randrange(7)
    return [*rows[:at], replace(row, body=bytes(body)), *rows[at + 1 :]], row.number


def edit_with_digest(rows: Rows, chance: random.Random) -> tuple[Rows, int]:
    at = chance.randrange(len(rows) - 1)
    row = rows[at]
    body = row.body + b" "
    edited = replace(row, body=body, digest=digest(row.previous, body))
    return [*rows[:at], edited, *rows[at + 1 :]], row.number


def delete(rows: Rows, chance: random.Random) -> tuple[Rows, int]:
    at = chance.randrange(len(rows) - 1)
    return [*rows[:at], *rows[at + 1 :]], rows[at].number


def insert(rows: Rows, chance: random.Random) -> tuple[Rows, int]:
    at = chance.randrange(1, len(rows) - 1)
    before, body = rows[at - 1].digest, b'{"event":"forged"}'
    forged = ChainRow(
        number=rows[at].number, previous=before, body=body, digest=digest(before, body)
    )
    return [*rows[:at], forged, *rows[at:]], forged.number


def swap(rows: Rows, chance: random.Random) -> tuple[Rows, int]:
    at = chance.randrange(len(rows) - 1)
    other = chance.randrange(at + 1, len(rows))
    moved = list(rows)
    moved[at], moved[other] = moved[other], moved[at]
    # The row that stands too early is the one that is named.
    return moved, rows[other].number


def cut(rows: Rows, chance: random.Random) -> tuple[Rows, int]:
    at = chance.randrange(1, len(rows))
    return rows[:at], at + 1


def cut_and_append(rows: Rows, chance: random.Random) -> tuple[Rows, int]:
    """Cut the end off and write as many new rows, each fitting the one before."""
    at = chance.randrange(1, len(rows))
    before, again = rows[at - 1].digest, []
    for row in rows[at:]:
        body = row.body + b" "
        again.append(
            ChainRow(number=row.number, previous=before, body=body, digest=digest(before, body))
        )
        before = again[-1].digest
    return [*rows[:at], *again], len(rows)


ATTACKS = {
    Damage.EDITED: (edit, edit_with_digest),
    Damage.DELETED: (delete,),
    Damage.INSERTED: (insert,),
    Damage.REORDERED: (swap,),
    Damage.CUT_OFF: (cut, cut_and_append),
}
PAIRS = [(damage, attack) for damage, attacks in ATTACKS.items() for attack in attacks]


def told(rows: Rows, known: ChainHead) -> dict[int, set[Damage]]:
    places: dict[int, set[Damage]] = {}
    for fault in verify_chain(rows, head=known):
        places.setdefault(fault.number, set()).add(fault.damage)
    return places


def missed(rows: Rows, *, times: int, seed: int) -> list[tuple[str, int]]:
    """The attacks that were not found where they were made, each by its name and place."""
    known, chance = head(rows), random.Random(seed)
    found = []
    for count in range(times):
        damage, attack = PAIRS[count % len(PAIRS)]
        attacked, number = attack(rows, chance)
        places = told(attacked, known)
        # Rows that are cut off or written anew show at the head that was kept outside.
        if damage not in places.get(number, set()):
            found.append((attack.__name__, number))
    return found


class TestRandomAttacks:
    def test_are_all_found_where_they_were_made(self):
        assert not missed(log_of(400), times=210, seed=11)

    @pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[1].__name__)
    def test_are_found_at_either_end_of_a_short_log(self, pair):
        damage, attack = pair
        for length in (3, 4, 5):
            rows = log_of(length)
            for seed in range(30):
                attacked, number = attack(rows, random.Random(seed))
                assert damage in told(attacked, head(rows)).get(number, set())

    def test_leave_a_log_alone_that_only_grew(self):
        rows = log_of(60)

        assert verify_chain(rows, head=head(rows[:40])) == ()

    @pytest.mark.soak
    def test_a_thousand_on_a_hundred_thousand_rows(self):
        assert not missed(log_of(100_000), times=1_000, seed=4)
