"""The words that stand before a value in documents, and what each announces: `labels.yaml`."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tideover.evidence.reading.document_kinds import DocumentKind


def field_of(label: str, kind: DocumentKind | None) -> str:
    """Return the field that `label` announces in a document of `kind`; "" when none is read."""
    words = label.split()
    key = (" " if label[0].isascii() else "").join(words).lower().rstrip(".")
    special = _by_kind().get(kind.value, {}) if kind is not None else {}
    return special.get(key, _fields().get(key, ""))


@cache
def pattern() -> re.Pattern[str]:
    """Return the pattern that finds a label, the longest first."""
    longest_first = sorted(_fields(), key=len, reverse=True)
    return re.compile("|".join(_spelled(label) for label in longest_first), re.IGNORECASE)


@cache
def _book() -> dict[str, Any]:
    text = files("tideover.evidence.reading").joinpath("labels.yaml").read_text(encoding="utf-8")
    book: dict[str, Any] = yaml.safe_load(text)
    return book


@cache
def _fields() -> dict[str, str]:
    """Return every label in lower case with the field it usually announces, the first named."""
    found: dict[str, str] = {}
    for field, labels in (*_book()["fields"].items(), ("", _book()["others"])):
        for label in (*labels["zh"], *labels["en"]):
            found.setdefault(label.lower(), field)
    return found


@cache
def _by_kind() -> dict[str, dict[str, str]]:
    return {
        kind: {label.lower(): field for field, labels in table.items() for label in labels}
        for kind, table in _book()["by_kind"].items()
    }


def _spelled(label: str) -> str:
    """Return the pattern of a label: Chinese with blanks between its letters, English whole."""
    if label[0].isascii():
        words = r"[\s_]*".join(re.escape(word) for word in label.split())
        return rf"(?<![A-Za-z]){words}(?![A-Za-z])\.?"
    return r"\s?".join(re.escape(letter) for letter in label)
