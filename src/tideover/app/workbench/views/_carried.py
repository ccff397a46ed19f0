"""A file that was looked at travels back inside the form: what is done is done with what was seen.

Nothing of it is kept on the server between the look and the word to go on.
"""

import base64
import binascii

from django.http import HttpRequest

#: A form takes no more than this, all its files together.
FILES_BYTES_MAX = 1_000_000


class CarriedDamaged(ValueError):
    """What came back is not what was sent out; the file has to be chosen again."""


def packed(content: bytes) -> str:
    """Return the content of a file as a form carries it."""
    return base64.b64encode(content).decode("ascii")


def unpacked(request: HttpRequest, name: str) -> bytes:
    """Return the content of the file that the form carried as `name`. Raises CarriedDamaged."""
    try:
        return base64.b64decode(request.POST.get(name, ""), validate=True)
    except (binascii.Error, ValueError) as error:  # other letters than base64 has are the latter
        raise CarriedDamaged(name) from error


def file_name(request: HttpRequest, name: str) -> str:
    """Return the name of a file that the form carried; no database keeps a NUL."""
    return request.POST.get(name, "").replace("\x00", "")


def row_named(request: HttpRequest, name: str) -> int:
    """Return the row that a button names, or 0, which no row has."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
