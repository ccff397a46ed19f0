"""No figure of any operation, or of any ordered pair, moves by a cent unnoticed (README.md)."""

from itertools import groupby

import host_figures
import pytest

from figures import TABLES, kept, rows_of

CASES = [(table, first) for table in TABLES for first, _ in groupby(kept(table), lambda r: r[0])]


@pytest.mark.parametrize(("table", "first"), CASES, ids=["-".join(case) for case in CASES])
def test_are_what_they_were(table, first):
    rows = [row for place, row in kept(table).items() if place[0] == first]

    assert rows_of(table, first) == rows


HOSTS = [
    (table, first)
    for table in host_figures.TABLES
    for first, _ in groupby(host_figures.kept(table), lambda r: r[0])
]


@pytest.mark.parametrize(("table", "first"), HOSTS, ids=["-".join(case) for case in HOSTS])
def test_of_the_host_are_what_they_were(table, first):
    rows = [row for place, row in host_figures.kept(table).items() if place[0] == first]

    assert host_figures.rows_of(table, first) == rows
