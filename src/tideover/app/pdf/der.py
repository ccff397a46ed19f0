"""Whether bytes are in distinguished encoding: the one way of DER to write a value (X.690, 10-11).

A parser reads `02 02 00 05` and `02 01 05` as the same five. Here only the second is DER, so what
no signature covers cannot be written in another way unnoticed. Time and memory grow with the
bytes alone; encoding a value again with asn1crypto doubles the work at each level instead.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from asn1crypto.core import Asn1Value

Member = TypeVar("Member", bound=Asn1Value)

_CONSTRUCTED: Final = 0x20
_CLASS: Final = 0xC0
_LONG_TAG: Final = 0x1F
_SEQUENCE, _SET = 0x30, 0x31
_LENGTH_BYTES_MAX: Final = 4
_LEVELS_MAX: Final = 60


class NotDer(ValueError):
    """A value is written in another way than DER has it; says at which byte."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(f"byte {at}: {why}")


def der_size(content: bytes) -> int:
    """Return how many bytes the first value of `content` takes, all of it in DER.

    Values inside octet strings and under context tags that are not constructed are opaque. The
    order of a set is checked where the set bears its own tag.

    Raises NotDer.
    """
    return _value(content, 0, len(content), level=0)


def in_set_order(members: Iterable[Member]) -> list[Member]:
    """Return values of asn1crypto in the order in which a set of DER has them: by their bytes."""
    return sorted(members, key=lambda one: bytes(one.dump()))


def _value(content: bytes, at: int, end: int, *, level: int) -> int:
    """Return where the value that begins at `at` ends."""
    if level > _LEVELS_MAX:
        raise NotDer(at, "too many levels")
    begins, stops = _extent(content, at, end)
    tag = content[at]
    if tag & _CONSTRUCTED:
        if not tag & _CLASS and tag not in {_SEQUENCE, _SET}:
            raise NotDer(at, "a plain value in parts")
        _inside(content, begins, stops, is_set=tag == _SET, level=level)
    elif not tag & _CLASS:
        holds = _PLAIN.get(tag, _anything)
        if not holds(content[begins:stops]):
            raise NotDer(at, f"not the one way to write a value of tag {tag}")
    return stops


def _inside(content: bytes, at: int, end: int, *, is_set: bool, level: int) -> None:
    before = b""
    while at < end:
        stops = _value(content, at, end, level=level + 1)
        member = content[at:stops]
        if is_set and member < before:
            raise NotDer(at, "a set out of order")
        before, at = member, stops


def _extent(content: bytes, at: int, end: int) -> tuple[int, int]:
    """Return where the content of the value at `at` begins and ends."""
    if at + 2 > end:
        raise NotDer(at, "cut short")
    if content[at] & _LONG_TAG == _LONG_TAG:
        raise NotDer(at, "a tag of several bytes")
    length, begins = content[at + 1], at + 2
    if length >= 0x80:
        count = length & 0x7F
        begins += count
        digits = content[at + 2 : begins]
        if not 0 < count <= _LENGTH_BYTES_MAX or begins > end or digits[0] == 0:
            raise NotDer(at, "a length out of form")
        length = int.from_bytes(digits, "big")
        if length < 0x80:
            raise NotDer(at, "a length out of form")
    if begins + length > end:
        raise NotDer(at, "cut short")
    return begins, begins + length


def _anything(_: bytes) -> bool:
    return True


def _truth(value: bytes) -> bool:
    return value in {b"\x00", b"\xff"}


def _whole_number(value: bytes) -> bool:
    """Whether the first nine bits differ, as those of the shortest form do."""
    if len(value) < 2:
        return bool(value)
    return int.from_bytes(value[:2], "big") >> 7 not in {0, 0x1FF}


def _bits(value: bytes) -> bool:
    """Whether the bits of the last byte that are not used are zero."""
    if not value or value[0] > 7:
        return False
    return value[0] == 0 if len(value) == 1 else not value[-1] & ((1 << value[0]) - 1)


def _nothing(value: bytes) -> bool:
    return not value


def _identifier(value: bytes) -> bool:
    """Whether no number of it begins with an empty byte, and the last one ends."""
    starts = [0, *(at + 1 for at, byte in enumerate(value[:-1]) if byte < 0x80)]
    return bool(value) and value[-1] < 0x80 and all(value[at] != 0x80 for at in starts)


#: What the content of a universal tag must look like; the others may hold any bytes.
_PLAIN: Final[Mapping[int, Callable[[bytes], bool]]] = {
    0x01: _truth,
    0x02: _whole_number,
    0x03: _bits,
    0x05: _nothing,
    0x06: _identifier,
    0x0A: _whole_number,
}
