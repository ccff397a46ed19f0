"""A lender's book of contracts and payments in files of columns, and the close of its day."""

from tideover.portfolio.servicing.closing import (
    Closed,
    Closing,
    NotClosed,
    close_book,
    closed_parts,
)
from tideover.portfolio.servicing.making import make_serviced
from tideover.portfolio.servicing.parts import SERVICED, read_serviced, write_serviced

__all__ = [
    "SERVICED",
    "Closed",
    "Closing",
    "NotClosed",
    "close_book",
    "closed_parts",
    "make_serviced",
    "read_serviced",
    "write_serviced",
]
