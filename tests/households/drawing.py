"""Households that hypothesis draws, as plain mappings and as the YAML of them."""

from datetime import date, timedelta
from typing import Any

import yaml
from hypothesis import strategies as st

from households.published import contract, month_later

CAUSES = ("job_loss", "income_drop", "illness", "family_illness", "over_indebted")
#: Product or method with its rate: every pair that a contract can have.
KINDS = (
    ({"product": "weilidai"}, "daily_rate"),
    ({"product": "weilidai"}, "annual_rate"),
    ({"product": "consumer-level"}, "annual_rate"),
    ({"product": "consumer-level"}, "daily_rate"),
    ({"product": "card-instalment"}, "fee_rate"),
    ({"method": "equal-principal"}, "daily_rate"),
    ({"method": "equal-principal"}, "annual_rate"),
    ({"method": "level"}, "annual_rate"),
    ({"method": "level"}, "daily_rate"),
    ({"method": "interest-only"}, "daily_rate"),
    ({"method": "interest-only"}, "annual_rate"),
    ({"method": "flat-fee"}, "fee_rate"),
)
RATES = {
    "daily_rate": ("0", "0.0002", "0.00035", "0.0005"),
    "annual_rate": ("0.06", "0.12", "0.1825", "0.235"),
    "fee_rate": ("0.003", "0.006", "0.0075", "0.009"),
}
AS_OF = (
    date(2026, 11, 23), date(2027, 2, 28), date(2028, 2, 29), date(2026, 12, 31), date(2026, 1, 31),
    date(2026, 8, 1), date(2026, 10, 30),
)  # fmt: skip
#: Where a debt stands on the day: on a due date, before the first, after the last, years late.
STANDINGS = ("young", "running", "on a due date", "late", "matured", "too old", "ahead")
AWKWARD_RATES = {
    "daily_rate": ("0", "0.0001", "0.0002", "0.00035", "0.0005", "0.00065"),
    "annual_rate": ("0", "0.036", "0.06", "0.12", "0.1825", "0.235", "0.24"),
    "fee_rate": ("0", "0.003", "0.006", "0.0075", "0.009", "0.012"),
}


def _text(minor_units: int) -> str:
    return f"{minor_units // 100}.{minor_units % 100:02d}"


@st.composite
def full_debts(draw: st.DrawFn, *, on: date, name: str) -> dict[str, Any]:
    """A debt with full terms whose payments came on their due dates, the last perhaps in part."""
    told, rate = draw(st.sampled_from(KINDS))
    # Interest alone at no interest would ask for nothing until the end.
    rates = RATES[rate][told.get("method") == "interest-only" :]
    count = draw(st.sampled_from([3, 5, 6, 10, 12, 13, 18, 24]))
    ran = draw(st.integers(0, min(count, 9)))
    debt: dict[str, Any] = {
        "name": name, **told, rate: draw(st.sampled_from(rates)),
        "principal": draw(st.sampled_from(["3000", "10000.00", "25000", "9999.99", "80000"])),
        "disbursed": month_later(on, -ran) - timedelta(days=draw(st.integers(0, 40))),
        "instalments": count,
    }  # fmt: skip
    lines = [line for line in contract(debt) if line.due <= on]
    kept = draw(st.integers(max(0, len(lines) - 3), len(lines)))
    paid = [{"on": line.due, "amount": _text(line.amount)} for line in lines[:kept]]
    if kept < len(lines) and draw(st.booleans()):
        part = lines[kept]
        paid.append({"on": part.due, "amount": _text(max(1, part.amount // 3))})
    if kept == len(lines) < count and draw(st.sampled_from([False, False, True])):
        ahead = contract(debt)[kept]
        amount = ahead.amount if draw(st.booleans()) else ahead.amount // 4
        paid.append({"on": on, "amount": _text(amount)})
    debt["payments"] = [one for one in paid if one["amount"] != "0.00"]
    return debt


@st.composite
def awkward_debts(draw: st.DrawFn, *, on: date, name: str) -> dict[str, Any]:
    """A debt of any size, rate and age; its payments came on their due dates or before."""
    told, rate = draw(st.sampled_from(KINDS))
    rates = AWKWARD_RATES[rate][told.get("method") == "interest-only" :]
    count = draw(st.sampled_from([1, 2, 3, 5, 6, 10, 12, 13, 18, 20, 24, 36, 48, 60]))
    standing = draw(st.sampled_from(STANDINGS))
    ran, days = draw(_ages(standing, count))
    debt: dict[str, Any] = {
        "name": name, **told, rate: draw(st.sampled_from(rates)),
        "principal": draw(st.sampled_from(
            ["0.01", "1", "99.99", "1000", "10000.00", "25000", "9999.99", "200000", "1000000"]
        )),
        "disbursed": month_later(on, -ran) - timedelta(days=days), "instalments": count,
    }  # fmt: skip
    lines = contract(debt)
    fallen = sum(line.due <= on for line in lines)
    least = max(0, fallen - 2) if draw(st.booleans()) else 0
    kept = draw(st.integers(least, fallen))
    if standing == "ahead":
        kept = min(count - 1, fallen + draw(st.integers(0, 3)))
    paid = [{"on": min(line.due, on), "amount": _text(line.amount)} for line in lines[:kept]]
    if kept < count and draw(st.sampled_from([False, False, True])):
        part = lines[kept]
        amount = part.amount * draw(st.integers(1, 9)) // 10
        paid.append({"on": min(part.due, on), "amount": _text(amount)})
    debt["payments"] = [one for one in paid if one["amount"] != "0.00"]
    return debt


def _ages(standing: str, count: int) -> st.SearchStrategy[tuple[int, int]]:
    """Months and days since the loan was paid out."""
    months, days = {
        "young": ((0, 0), (0, 25)),
        "running": ((0, count), (0, 40)),
        "on a due date": ((1, count), (0, 0)),
        "late": ((1, count), (1, 20)),
        "matured": ((count, count + 6), (0, 20)),
        "too old": ((61, 64), (3, 3)),
        "ahead": ((0, max(0, count - 2)), (0, 20)),
    }[standing]
    return st.tuples(st.integers(*months), st.integers(*days))


@st.composite
def awkward_households(draw: st.DrawFn) -> dict[str, Any]:
    """A whole file with nothing usual about it."""
    on = draw(st.sampled_from(AS_OF))
    debts = [draw(awkward_debts(on=on, name=f"loan {place}"))
             for place in range(draw(st.sampled_from([1, 1, 1, 2, 3])))]  # fmt: skip
    home: dict[str, Any] = {
        "as_of": on, "income": draw(_awkward_incomes(on)),
        "outgoings": draw(st.sampled_from(SPENT)),
        "debts": [*debts, *draw(st.sampled_from(OTHERS))],
    }  # fmt: skip
    wish = draw(st.sampled_from((*WISHES, *AWKWARD_WISHES)))
    return {**home, "wish": wish} if wish else home


SPENT: tuple[list[dict[str, Any]], ...] = (
    [], [{"category": "housing", "monthly": 1800}, {"category": "food", "monthly": "1200.50"}],
)  # fmt: skip
AWKWARD_WISHES: tuple[dict[str, Any], ...] = (
    {"monthly": 0}, {"monthly": "0.01"}, {"monthly": "99999999"}, {"instalments": 1},
    {"instalments": 60}, {"pause_months": 0}, {"pause_months": 6},
    {"monthly": 300, "instalments": 24, "pause_months": 3},
)  # fmt: skip


@st.composite
def _awkward_incomes(draw: st.DrawFn, on: date) -> list[dict[str, Any]]:
    wage = draw(st.sampled_from(["0", "3000.50", "3000.51", "3755.56", "4200", "7000", "40000"]))
    turn = month_later(on, draw(st.integers(0, 9))) + timedelta(days=draw(st.integers(0, 20)))
    back = month_later(turn, draw(st.integers(0, 7)))
    shapes: dict[str, list[dict[str, Any]]] = {
        "none": [],
        "gap": [{"name": "a", "monthly": wage, "until": turn},
                {"name": "b", "monthly": wage, "from": back + timedelta(days=1)}],
        "long ago": [{"name": "a", "monthly": wage, "from": on - timedelta(days=900)}],
        "season": [{"name": "a", "monthly": wage, "from": turn, "until": back}],
        "ended": [{"name": "a", "monthly": wage, "until": on - timedelta(days=1)},
                  {"name": "b", "monthly": "3300"}],
        "one day": [{"name": "a", "monthly": wage},
                    {"name": "b", "monthly": "500", "from": on, "until": on}],
    }  # fmt: skip
    return shapes[draw(st.sampled_from(sorted(shapes)))]


@st.composite
def households(draw: st.DrawFn) -> dict[str, Any]:
    """A whole file."""
    on = draw(st.sampled_from(AS_OF))
    debts = [draw(full_debts(on=on, name=f"loan {place}"))
             for place in range(draw(st.integers(1, 3)))]  # fmt: skip
    debts += draw(st.sampled_from(OTHERS))
    home: dict[str, Any] = {
        "as_of": on, "currency": "CNY", "household": {"adults": 1, "children": 1},
        "hardship": {"cause": draw(st.sampled_from(CAUSES)), "since": on - timedelta(days=50)},
        "income": draw(_incomes(on)),
        "outgoings": [{"name": "rent", "category": "housing", "monthly": 1800},
                      {"name": "food", "category": "food", "monthly": "1200.50"}],
        "debts": debts,
    }  # fmt: skip
    wish = draw(st.sampled_from(WISHES))
    return {**home, "wish": wish} if wish else home


OTHERS: tuple[list[dict[str, Any]], ...] = (
    [], [], [], [{"name": "bank", "balance": "20000", "monthly_payment": "600"}],
    [{"name": "landlord", "balance": 900, "monthly_payment": 300, "priority": True}],
)  # fmt: skip
WISHES: tuple[dict[str, Any], ...] = (
    {}, {}, {"monthly": 700}, {"monthly": "90.00"}, {"instalments": 10}, {"instalments": 100},
    {"pause_months": 2}, {"pause_months": 12}, {"monthly": 2000, "pause_months": 1},
    {"instalments": 30}, {"monthly": 450, "instalments": 24},
)  # fmt: skip


@st.composite
def _incomes(draw: st.DrawFn, on: date) -> list[dict[str, Any]]:
    wage = draw(st.sampled_from(["2500", "3300", "3755.56", "4200", "5000", "7000", "12000"]))
    shape = draw(st.sampled_from(["steady", "ends", "returns", "changes"]))
    turn = month_later(on, draw(st.integers(1, 8))) + timedelta(days=draw(st.integers(0, 20)))
    if shape == "ends":
        return [{"name": "wage", "monthly": wage, "until": turn}]
    if shape == "returns":
        return [{"name": "help", "monthly": "3100"},
                {"name": "wage", "monthly": wage, "from": turn}]  # fmt: skip
    if shape == "changes":
        return [{"name": "benefit", "monthly": "3400", "until": turn - timedelta(days=1)},
                {"name": "wage", "monthly": wage, "from": turn, "verified": True}]  # fmt: skip
    return [{"name": "wage", "monthly": wage}]


def yaml_of(home: dict[str, Any]) -> str:
    """The file as a person would write it."""
    return str(yaml.safe_dump(home, sort_keys=False, allow_unicode=True))
