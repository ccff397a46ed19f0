"""Patterns kept as lists of phrases in YAML beside this module, for an officer to read."""

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import yaml


def read_phrases(name: str) -> Mapping[str, Any]:
    """Return the phrase file `name` of this package as plain mappings and lists."""
    text = (files("tideover.safety.scam") / name).read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    return {} if content is None else dict(content)


def any_of(
    phrases: Sequence[str], *, words: Mapping[str, Sequence[str]] | None = None
) -> re.Pattern[str]:
    """Return a pattern that matches any of `phrases`; `<name>` in one stands for any of a list."""
    whole = "|".join(f"(?:{phrase})" for phrase in phrases)
    for name, listed in (words or {}).items():
        whole = whole.replace(f"<{name}>", f"(?:{'|'.join(listed)})")
    return re.compile(whole)
