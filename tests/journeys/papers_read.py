"""What stands on a page or a paper, read as a person reads it."""

import re

import pypdfium2

from tideover.money import CNY, Money

AMOUNT = re.compile(r"¥([\d,]+\.\d{2})")


def amounts(text: str) -> list[str]:
    """Every amount, in the order of the text."""
    return AMOUNT.findall(text)


def text_of(pdf: bytes) -> str:
    """The text of all pages of a paper."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def found(pattern: str, text: str) -> re.Match[str]:
    """The first place of the pattern, which must be there."""
    match = re.search(pattern, text)
    assert match is not None, pattern
    return match


def row_of(number: int, paper: str) -> dict[str, Money]:
    """Read a line of the schedule on the paper."""
    names = ("principal", "interest", "fee", "instalment", "carried", "closing_balance")
    row = found(rf"(?m)^{number} \d{{4}}年.*$", paper)[0]
    return {name: Money.parse(text, CNY) for name, text in zip(names, amounts(row), strict=True)}


def lines_of(plan: str) -> list[tuple[str, Money]]:
    """Due date and amount of every instalment, as the page of a plan shows them."""
    lines = re.findall(r"(\d{4}-\d{2}-\d{2})\s+¥([\d,.]+)", plan)
    return [(day, Money.parse(amount, CNY)) for day, amount in lines]
