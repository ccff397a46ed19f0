"""Labels beside an amount in a drawing, broken into lines that fit: SVG breaks none by itself."""

from collections.abc import Iterator

_LETTER, _LATIN = 13, 7
_GAP = 12


def lines_beside(label: str, value: str, *, width: int) -> tuple[str, ...]:
    """Return the label in lines that leave room for `value` at the other end of `width` units.

    Latin words stay whole; Chinese breaks anywhere but before its punctuation.
    """
    return tuple(_broken(label, room=width - _wide(value) - _GAP))


def _wide(text: str) -> int:
    return sum(_LETTER if ord(letter) > 0x2000 else _LATIN for letter in text)


def _broken(label: str, *, room: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(label):
        if line.strip() and _wide(line + piece.rstrip()) > room:
            yield line.strip()
            line = ""
        line += piece
    if line.strip():
        yield line.strip()


def _pieces(label: str) -> Iterator[str]:
    word = ""
    for letter in label:
        if ord(letter) > 0x2000 and letter not in "，。：；、）":
            if word:
                yield word
            word = letter
        elif letter == " ":
            yield word + letter
            word = ""
        else:
            word += letter
    if word:
        yield word
