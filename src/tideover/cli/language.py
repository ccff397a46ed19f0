"""Which language a command speaks: --lang, else the language of the terminal."""

import os
from collections.abc import Sequence
from typing import Final

LANGUAGES: Final = ("en", "zh")


def chosen_language(arguments: Sequence[str]) -> str:
    """Return "zh" or "en": what --lang says, or what the terminal is set to."""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            return _known(arguments[place + 1])
        if argument.startswith("--lang="):
            return _known(argument.removeprefix("--lang="))
    return _known(os.environ.get("LC_ALL") or os.environ.get("LANG") or "en")


def _known(name: str) -> str:
    return "zh" if name.lower().startswith("zh") else "en"
