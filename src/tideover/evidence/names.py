"""What a file is called, made safe to show, and what its ending promises."""

import unicodedata

_LENGTH_MAX = 80
#: Marks that change the order or the look of the text round them, or that cannot be seen.
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def display_name(name: str) -> str:
    """Return `name` as it may be shown: one line, no path, no invisible or reversing marks.

    Folders are cut off at either kind of slash. A name of more than 80 characters keeps its
    start and its ending. A name of which nothing is left becomes “file”. The result is still
    a stranger's text: pages escape it like any other.

    >>> display_name("../../etc/离职证明.pdf")
    '离职证明.pdf'
    """
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    normal = unicodedata.normalize("NFC", last)
    seen = "".join(c for c in normal if unicodedata.category(c) not in _HIDDEN_CATEGORIES).strip()
    if len(seen) > _LENGTH_MAX:
        stem, dot, ending = seen.rpartition(".")
        tail = dot + ending if stem and len(ending) <= 5 else ""
        seen = seen[: _LENGTH_MAX - 1 - len(tail)] + "…" + tail
    return seen if seen.strip(". ") else "file"


def claimed_ending(name: str) -> str | None:
    """Return the ending `name` claims, in lower case without its dot, or None.

    Only a short ending of letters and digits is a claim: “诊断.2026年” claims nothing.

    >>> claimed_ending("IMG_0042.JPG")
    'jpg'
    """
    stem, dot, ending = display_name(name).rpartition(".")
    if not dot or not stem or len(ending) > 5 or not (ending.isascii() and ending.isalnum()):
        return None
    return None if ending.isdigit() else ending.lower()
