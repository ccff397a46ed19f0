from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tideover.cases.chain import (
    GENESIS,
    ChainFault,
    ChainHead,
    ChainRow,
    Damage,
    digest,
    head,
    verify_chain,
)


def chain(*bodies: bytes) -> tuple[ChainRow, ...]:
    rows: list[ChainRow] = []
    for number, body in enumerate(bodies, start=1):
        previous = rows[-1].digest if rows else GENESIS
        rows.append(ChainRow(number, previous, body, digest(previous, body)))
    return tuple(rows)


def numbered(rows: list[ChainRow]) -> list[ChainRow]:
    return [replace(row, number=number) for number, row in enumerate(rows, start=1)]


chains = st.lists(st.binary(max_size=6), min_size=4, max_size=30, unique=True).map(
    lambda bodies: chain(*bodies)
)
places = st.integers(min_value=0, max_value=10_000)


class TestDigest:
    def test_is_sha256_of_the_digest_before_and_the_body(self):
        # printf '%064d' 0 | xxd -r -p | (cat; printf a) | sha256sum
        assert digest(GENESIS, b"a") == (
            "41a0370c3d9f42773a59e8e01651911cf43b1e3f66944cbb690029debc4eb647"
        )


class TestVerifyChain:
    @given(chains)
    def test_finds_nothing_in_a_chain_nobody_touched(self, rows):
        assert verify_chain(rows) == ()
        assert verify_chain(rows, head=head(rows)) == ()
        assert verify_chain(rows, head=head(rows[:2])) == ()

    @given(chains, places)
    def test_locates_an_edited_body(self, rows, place):
        place %= len(rows)
        attacked = list(rows)
        attacked[place] = replace(rows[place], body=rows[place].body + b"!")

        assert verify_chain(attacked) == (ChainFault(place + 1, Damage.EDITED),)

    @given(chains, places)
    def test_locates_a_row_edited_together_with_its_digest(self, rows, place):
        place %= len(rows) - 1
        attacked = list(rows)
        body = rows[place].body + b"!"
        attacked[place] = replace(rows[place], body=body, digest=digest(rows[place].previous, body))

        assert verify_chain(attacked) == (ChainFault(place + 1, Damage.EDITED),)

    @given(chains, places)
    def test_locates_a_deleted_row(self, rows, place):
        place %= len(rows) - 1
        attacked = [*rows[:place], *rows[place + 1 :]]

        assert verify_chain(attacked) == (ChainFault(place + 1, Damage.DELETED),)

    @given(chains, places)
    def test_locates_a_hole_even_when_the_rest_was_numbered_again(self, rows, place):
        place %= len(rows) - 1
        attacked = numbered([*rows[:place], *rows[place + 1 :]])

        (fault,) = verify_chain(attacked)

        assert fault.number == max(place, 1)

    @given(chains, places, st.booleans())
    def test_locates_an_inserted_row(self, rows, place, is_linked):
        place = place % (len(rows) - 2) + 1
        previous = rows[place - 1].digest if is_linked else "ab" * 32
        body = b"inserted by somebody"
        extra = ChainRow(0, previous, body, digest(previous, body))
        attacked = numbered([*rows[:place], extra, *rows[place:]])

        assert verify_chain(attacked) == (ChainFault(place + 1, Damage.INSERTED),)

    @given(chains, places)
    def test_locates_two_rows_that_changed_places(self, rows, place):
        place %= len(rows) - 1
        attacked = list(rows)
        attacked[place], attacked[place + 1] = rows[place + 1], rows[place]

        assert verify_chain(numbered(attacked)) == (ChainFault(place + 1, Damage.REORDERED),)

    @given(chains, places, places)
    def test_locates_a_row_moved_anywhere(self, rows, origin, target):
        origin, target = origin % len(rows), target % len(rows)
        assume(origin != target)
        attacked = list(rows)
        attacked.insert(target, attacked.pop(origin))

        faults = verify_chain(numbered(attacked))

        assert {fault.damage for fault in faults} == {Damage.REORDERED}
        assert faults[0].number == min(origin, target) + 1

    @given(chains, places)
    def test_locates_a_cut_off_tail_by_the_head_kept_outside(self, rows, place):
        place %= len(rows)

        assert verify_chain(rows[:place], head=head(rows)) == (
            ChainFault(place + 1, Damage.CUT_OFF),
        )

    @given(chains)
    def test_finds_a_tail_cut_off_and_written_again(self, rows):
        again = chain(*(row.body for row in rows[:-1]), b"another ending")

        assert verify_chain(again) == ()
        assert verify_chain(again, head=head(rows)) == (ChainFault(len(rows), Damage.CUT_OFF),)

    @given(chains, places)
    def test_finds_a_number_changed_in_place(self, rows, place):
        place %= len(rows)
        attacked = list(rows)
        attacked[place] = replace(rows[place], number=10_000)

        assert (ChainFault(10_000, Damage.EDITED)) in verify_chain(attacked)

    @pytest.mark.parametrize("rubbish", ["", "xyz", "0" * 63])
    def test_reports_a_digest_that_is_not_one_as_edited(self, rubbish):
        first, second, third = chain(b"a", b"b", b"c")
        attacked = (first, replace(second, previous=rubbish), third)

        assert verify_chain(attacked) == (ChainFault(2, Damage.EDITED),)

    def test_says_where_and_what(self):
        assert str(ChainFault(7, Damage.CUT_OFF)) == "row 7 was cut-off"


class TestHead:
    def test_of_no_rows_is_the_beginning(self):
        assert head(()) == ChainHead(0, GENESIS)
        assert verify_chain((), head=head(())) == ()
