import pytest
from asn1crypto import cms, core
from hypothesis import given
from hypothesis import strategies as st

from tideover.app.pdf.der import NotDer, der_size

plain = st.one_of(
    st.booleans().map(core.Boolean),
    st.integers().map(core.Integer),
    st.binary().map(core.OctetString),
    st.text(max_size=300).map(core.UTF8String),
    st.just(core.Null()),
    st.lists(st.integers(0, 2**40), min_size=1, max_size=6).map(
        lambda tail: core.ObjectIdentifier(".".join(map(str, [1, 2, *tail])))
    ),
    st.lists(st.booleans(), max_size=20).map(lambda bits: core.BitString(tuple(map(int, bits)))),
)


def encoded(value) -> bytes:
    return bytes(value.dump())


def constructed(tag: int, members: list[bytes]) -> bytes:
    content = b"".join(sorted(members) if tag == 0x31 else members)
    size = len(content)
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    length = bytes([size]) if size < 128 else bytes([0x80 | len(digits)]) + digits
    return bytes([tag]) + length + content


trees = st.recursive(
    plain.map(encoded),
    lambda inner: st.builds(
        constructed, st.sampled_from([0x30, 0x31, 0xA0]), st.lists(inner, max_size=5)
    ),
    max_leaves=20,
)


class TestDerSize:
    @given(trees, st.binary(max_size=8))
    def test_takes_what_was_written_as_der_has_it(self, tree, behind):
        assert der_size(tree + behind) == len(tree)

    @given(trees)
    def test_refuses_a_value_cut_short(self, tree):
        with pytest.raises(NotDer):
            der_size(tree[:-1])

    @pytest.mark.parametrize(
        "written",
        [
            "0202 0005",  # five, with an empty byte before it
            "0202 ff80",  # minus 128, in two bytes
            "0101 01",  # true is ff
            "0281 0105",  # a short length in the long form
            "3080 0201050000",  # a length that is not told
            "0603 2a8001",  # a number of an identifier with an empty start
            "0602 2a86",  # one that does not end
            "0302 0101",  # a bit that is not used, and set
            "2403 040105",  # octets in parts
            "3106 020106 020105",  # six before five in a set
            "1f81 0100",  # a tag of several bytes
            "0501 00",  # something in nothing
        ],
    )
    def test_refuses_every_other_way_to_write_it(self, written):
        content = bytes.fromhex(written)

        with pytest.raises(NotDer, match=r"^byte \d+: "):
            der_size(content)

    def test_stops_at_a_value_within_values_without_end(self):
        deep = b""
        for _ in range(200):
            deep = constructed(0x30, [deep])

        with pytest.raises(NotDer, match="too many levels"):
            der_size(deep)

    def test_reads_a_seal_in_time_that_grows_with_its_bytes(self, sealed):
        start = sealed.index(b"/Contents <") + len(b"/Contents <")
        content = bytes.fromhex(sealed[start : sealed.index(b">", start)].decode())

        size = der_size(content)

        assert cms.ContentInfo.load(content[:size])["content_type"].native == "signed_data"
        assert not content[size:].strip(b"\x00")
