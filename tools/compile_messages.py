"""Compile every message catalogue of the service into the form that Django reads.

GNU gettext is not needed: Babel reads and writes the same files. A catalogue that misses a
translation, or still carries a fuzzy one, is listed and the build stops: a page must never show
half of one language inside the other.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent / "src" / "tideover"


def compile_catalogue(source: Path) -> list[str]:
    """Write the compiled catalogue beside `source` and return its faults, a line each."""
    with source.open("rb") as stream:
        catalogue = read_po(stream)
    faults = []
    for message in catalogue:
        if not message.id:
            continue
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(texts):
            faults.append(
                f"{source.relative_to(ROOT)}:{message.lineno}: not translated: {message.id!r}"
            )
    with source.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalogue)
    return faults


def main() -> int:
    """Compile all catalogues; return 1 when any of them is incomplete."""
    faults = [fault for source in sorted(ROOT.rglob("*.po")) for fault in compile_catalogue(source)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
