import os

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from accounts import make_borrower
from tideover.app.db.envelope import (
    EnvelopeBroken,
    EnvelopeKeyUnknown,
    blind_index,
    seal,
    unseal,
)
from tideover.app.db.fields import NotSealable
from tideover.app.db.models import Borrower
from tideover.app.home import Keyring

KEYS = Keyring((("new", bytes(range(32))), ("old", bytes(32))))


class TestSeal:
    @given(content=st.binary(max_size=200), context=st.text(max_size=20))
    def test_what_is_sealed_opens_in_the_same_context(self, content: bytes, context: str) -> None:
        envelope = seal(content, context=context, keys=KEYS)

        assert unseal(envelope, context=context, keys=KEYS) == content

    @given(
        content=st.binary(min_size=1, max_size=50),
        place=st.integers(min_value=5),
        bit=st.integers(0, 7),
    )
    def test_one_flipped_bit_never_opens(self, content: bytes, place: int, bit: int) -> None:
        envelope = bytearray(seal(content, context="here", keys=KEYS))
        # Past the header: version, length and the id of the key.
        place = 5 + place % (len(envelope) - 5)
        envelope[place] ^= 1 << bit

        with pytest.raises(EnvelopeBroken):
            unseal(bytes(envelope), context="here", keys=KEYS)

    def test_it_does_not_open_elsewhere(self) -> None:
        with pytest.raises(EnvelopeBroken):
            unseal(seal(b"x", context="row 1", keys=KEYS), context="row 2", keys=KEYS)

    def test_an_older_key_still_opens_and_the_current_one_seals(self) -> None:
        earlier = seal(b"x", context="here", keys=Keyring((KEYS.keys[1],)))

        assert unseal(earlier, context="here", keys=KEYS) == b"x"
        assert seal(b"x", context="here", keys=KEYS)[2:5] == b"new"

    def test_a_key_we_do_not_hold_is_named(self) -> None:
        envelope = seal(b"x", context="here", keys=Keyring((("lost", os.urandom(32)),)))

        with pytest.raises(EnvelopeKeyUnknown, match="'lost'"):
            unseal(envelope, context="here", keys=KEYS)

    def test_the_same_value_never_gives_the_same_envelope(self) -> None:
        assert seal(b"x", context="", keys=KEYS) != seal(b"x", context="", keys=KEYS)


class TestBlindIndex:
    def test_it_is_the_same_for_the_same_value_and_purpose_only(self) -> None:
        assert blind_index("10000000001") == blind_index(" 10000000001 ")
        assert blind_index("10000000001") != blind_index("10000000002")
        assert blind_index("10000000001") != blind_index("10000000001", purpose="id_number")


@pytest.mark.django_db
class TestEncryptedText:
    def test_it_reads_back_what_was_saved(self) -> None:
        borrower = make_borrower(name="演示·张三")

        assert Borrower.objects.get(pk=borrower.pk).name == "演示·张三"

    def test_the_database_holds_no_plain_value(self) -> None:
        borrower = make_borrower(name="演示·张三")
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM db_borrower")
            stored = repr([bytes(c) if isinstance(c, memoryview) else c
                           for row in cursor.fetchall() for c in row])  # fmt: skip

        for plain in (borrower.name, borrower.phone, borrower.id_number):
            assert plain not in stored
            assert repr(plain.encode())[2:-1] not in stored

    def test_a_value_moved_to_another_row_does_not_open(self) -> None:
        one, other = make_borrower(), make_borrower()
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM db_borrower WHERE id = %s", [_key(one)])
            stolen = cursor.fetchone()[0]
            cursor.execute("UPDATE db_borrower SET name = %s WHERE id = %s", [stolen, _key(other)])

        with pytest.raises(EnvelopeBroken, match=str(other.pk)):
            str(Borrower.objects.get(pk=other.pk).name)

    def test_saving_a_row_whose_value_nobody_read_keeps_it(self) -> None:
        borrower = Borrower.objects.get(pk=make_borrower(name="演示·李四").pk)
        borrower.language = "en"
        borrower.save()

        assert Borrower.objects.get(pk=borrower.pk).name == "演示·李四"

    def test_many_rows_cannot_be_updated_with_a_plain_value(self) -> None:
        make_borrower()

        with pytest.raises(NotSealable, match=r"db_borrower\.name"):
            Borrower.objects.update(name="演示·张三")


def _key(borrower: Borrower) -> object:
    return borrower.pk if connection.vendor == "postgresql" else borrower.pk.hex
