"""A day in three boxes, kept as one text."""

from collections.abc import Mapping

from django.http import QueryDict

PARTS = ("year", "month", "day")


def read_day(post: QueryDict, name: str) -> str:
    """Return the three boxes of `name` as "2026-10-31", or as typed where that is no date.

    Nothing typed at all is the empty text.
    """
    typed = [post.get(f"{name}-{part}", "").strip() for part in PARTS]
    if not any(typed):
        return ""
    year, month, day = typed
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


def day_parts(text: str) -> Mapping[str, str]:
    """Return the boxes of a text that `read_day` made, so that a wrong day stays as typed."""
    values = [part.removeprefix("0") for part in text.split("-")] if text else []
    return dict(zip(PARTS, [*values, "", "", ""], strict=False))
