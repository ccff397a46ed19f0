"""What an answer of `tideover plan` must be, worked out from the household's file alone.

`complaints` recomputes everything that the interface fixes and returns what differs, in words.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from households.published import half_up, is_rate_of, minor, month_later
from households.standing import (
    Owed,
    available,
    extension_limit,
    is_full,
    latest_end,
    others,
    owed,
    renewed_until,
)

Json = dict[str, Any]
PARTS = ("principal", "interest", "fees", "penalty")
FORMS = {
    "term_extension", "personalised_instalments", "restructure", "renewal", "deferral",
    "settlement",
}  # fmt: skip
MONTHS_LEAST = 24
FEN_TO_SHARE = 10
#: The longest plan of any legal form in instalments, and the longest pause of the demo lender.
LONGEST = 61
LONGEST_PAUSE = 6
SHORTEST_MONTH = 28
#: In how many payments a debt is settled for less.
SETTLED_IN = 3
#: Days around its maturity in which a loan may be renewed.
NEAR_MATURITY = 30


def complaints(home: Json, record: Json) -> list[str]:
    """Everything in the answer that differs from what follows from the file."""
    on = date.fromisoformat(str(home["as_of"]))
    standing = {one["name"]: owed(one, on) for one in home["debts"] if is_full(one)}
    found = [*_capacity(home, record, on), *_debts(standing, record), *_answer(standing, record)]
    for place, offer in enumerate(record["offers"]):
        found += [f"offers[{place}]: {each}" for each in _offer(standing, record, offer)]
    return [
        *found, *_wish(home, record), *_frontier(record), *_soonest(record),
        *_codes(home, standing, record),
    ]  # fmt: skip


def _capacity(home: Json, record: Json, on: date) -> Iterator[str]:
    months = [one["month"] for one in record["capacity"]]
    first = date.fromisoformat(f"{months[0]}-01")
    if first not in {on.replace(day=1), month_later(on.replace(day=1), 1)}:
        yield f"capacity starts in {months[0]}"
    if months != [f"{month_later(first, step):%Y-%m}" for step in range(len(months))]:
        yield "capacity leaves a month out"
    last = max((line["due_date"][:7] for one in record["offers"] for line in one["instalments"]),
               default=months[0])  # fmt: skip
    if len(months) < MONTHS_LEAST or months[-1] < last:
        yield f"capacity ends in {months[-1]}"
    for one in record["capacity"]:
        most = available(home, date.fromisoformat(f"{one['month']}-01"))
        amount = minor(one["amount"])
        if not 0 <= amount <= most:
            yield f"capacity of {one['month']} is {amount} of {most}"
        # A few fen are less than the others' share of a fen.
        if amount >= most > FEN_TO_SHARE and others(home):
            yield f"the other lenders get nothing in {one['month']}"


def _debts(standing: dict[str, Owed], record: Json) -> Iterator[str]:
    if [one["name"] for one in record["debts"]] != list(standing):
        yield "debts are not those of the file"
    for told in record["debts"]:
        debt = standing[told["name"]]
        if minor(told["outstanding_principal"]) != debt.principal:
            yield f"{told['name']}: principal {told['outstanding_principal']} not {debt.principal}"
        if told["days_past_due"] != debt.days_past_due:
            yield f"{told['name']}: {told['days_past_due']} days late, not {debt.days_past_due}"
        flows = [(line.due, line.amount) for line in debt.lines]
        drawn = date.fromisoformat(str(debt.debt["disbursed"]))
        if not is_rate_of(
            Fraction(told["annual_cost"]), flows, start=drawn,
            owed=minor(debt.debt["principal"]),
        ):  # fmt: skip
            yield f"{told['name']}: annual cost {told['annual_cost']}"


def _answer(standing: dict[str, Owed], record: Json) -> Iterator[str]:
    codes = [one["code"] for one in record["declined"]]
    if len(record["offers"]) > 3:
        yield "more than three offers"
    if "ability_sufficient" in codes and record["offers"]:
        yield "offers beside ability_sufficient"
    live = [one for one in standing.values() if one.principal]
    if live and not codes and not record["offers"]:
        yield "neither an offer nor a reason"
    fits = _contracts_fit(live, record) if live else None
    if fits is not None and fits is not ("ability_sufficient" in codes):
        yield f"the contracts {'fit' if fits else 'do not fit'}, and the codes are {codes}"
    if any(not one["because"] or not one["would_change"] for one in record["declined"]):
        yield "a code without a reason"


def _contracts_fit(live: list[Owed], record: Json) -> bool | None:
    """Whether all present contracts fit every month; None where the months shown do not reach."""
    if any(one.past_due for one in live):
        return False
    asked: dict[str, int] = {}
    for one in live:
        for line in one.unpaid:
            asked[f"{line.due:%Y-%m}"] = asked.get(f"{line.due:%Y-%m}", 0) + line.amount
    limits = {one["month"]: minor(one["amount"]) for one in record["capacity"]}
    known = {month: amount for month, amount in asked.items() if month in limits}
    if any(amount > limits[month] for month, amount in known.items()):
        return False
    return True if len(known) == len(asked) else None


def _offer(standing: dict[str, Owed], record: Json, offer: Json) -> Iterator[str]:
    changed = {name: standing[name] for name in offer["debts"]}
    lines, start = offer["instalments"], date.fromisoformat(offer["starts_on"])
    keys = [(line["due_date"], line.get("debt", "")) for line in lines]
    if len(keys) != len(set(keys)) or keys != sorted(keys):
        yield "lines are not one a day and debt, in order"
    if len(standing) > 1 and {line.get("debt") for line in lines} != set(changed):
        yield "lines do not name the debts of the offer"
    if any(minor(line["amount"]) != _sum(line) or _sum(line) <= 0 for line in lines):
        yield "an amount is not the sum of its parts"
    if any(minor(line["principal"]) < 0 for line in lines):
        yield "a principal below zero"
    if date.fromisoformat(lines[0]["due_date"]) <= start:
        yield "due before it starts"
    yield from _forms(changed, offer, start)
    yield from _principal(changed, offer)
    yield from _money(changed, offer, start)
    if offer["affordable"]:
        yield from _affordable(standing, record, offer)
    elif offer["legal_form"] == "settlement":
        yield from _settlement(changed, record, offer)
    else:
        yield "an offer that cannot be carried"


def _sum(line: Json) -> int:
    return sum(minor(line[part]) for part in PARTS if part in line)


def _forms(changed: dict[str, Owed], offer: Json, start: date) -> Iterator[str]:
    forms = offer.get("legal_forms") or dict.fromkeys(changed, offer["legal_form"])
    named = set(forms.values())
    if not named <= FORMS or (
        named != {offer["legal_form"]} and (len(named) == 1 or offer["legal_form"] != "restructure")
    ):
        yield f"legal form {offer['legal_form']}"
    for name, debt in changed.items():
        last = date.fromisoformat(
            max(line["due_date"] for line in offer["instalments"] if line.get("debt", name) == name)
        )
        is_card = debt.debt.get("product") == "card-instalment"
        if (forms[name] == "personalised_instalments") and not is_card:
            yield f"{name}: personalised instalments for no card"
        if forms[name] in {"term_extension", "deferral"}:
            furthest = month_later(debt.maturity, extension_limit(debt.debt))
            # The day of the month is the loan's own; a month is a month whatever its length.
            if start >= debt.maturity or f"{last:%Y-%m}" > f"{furthest:%Y-%m}":
                yield f"{name}: extended to {last}, past {furthest}"
        if forms[name] == "deferral" and (
            not offer["pause_months"] or _count(offer, name) > len(debt.unpaid)
        ):
            yield f"{name}: a deferral of more instalments than are left"
        if forms[name] == "renewal":
            yield from _renewal(debt, name, start=start, last=last)
        elif last > latest_end(debt.debt, on=start):
            yield f"{name}: ends on {last}, later than the law allows"
        if start < _paid_to(debt):
            yield f"{name}: starts on {start}, before it is paid to {_paid_to(debt)}"


def _count(offer: Json, name: str) -> int:
    return sum(line.get("debt", name) == name for line in offer["instalments"])


def _renewal(debt: Owed, name: str, *, start: date, last: date) -> Iterator[str]:
    """A renewal is for loans that mature within a month, up to a month in arrears, and no card."""
    if debt.debt.get("product") == "card-instalment":
        yield f"{name}: a card is renewed"
    if start < debt.maturity - timedelta(days=NEAR_MATURITY) or debt.days_past_due > NEAR_MATURITY:
        yield f"{name}: renewed on {start}, {debt.days_past_due} days late, due {debt.maturity}"
    if last > renewed_until(debt.debt, on=start):
        yield f"{name}: the new contract ends on {last}"


def _paid_to(debt: Owed) -> date:
    """The due date of the last line paid in full, as far as lines are paid from the first on."""
    whole = len(debt.lines) - len(debt.unpaid)
    return debt.lines[whole - 1].due if whole else date.fromisoformat(str(debt.debt["disbursed"]))


def _conceded(offer: Json, kind: str) -> int:
    return sum(minor(one.get("amount", 0)) for one in offer["concessions"] if one["kind"] == kind)


def _principal(changed: dict[str, Owed], offer: Json) -> Iterator[str]:
    promised = sum(minor(line["principal"]) for line in offer["instalments"])
    before = sum(debt.principal for debt in changed.values())
    added = _conceded(offer, "capitalisation") - _conceded(offer, "principal_forgiveness")
    if promised != before + added:
        yield f"principal {promised}, not {before} + {added}"


def _money(changed: dict[str, Owed], offer: Json, start: date) -> Iterator[str]:
    interest = sum(minor(line["interest"]) for line in offer["instalments"])
    if minor(offer["total_interest"]) != interest:
        yield f"total interest {offer['total_interest']}, not {interest}"
    to_come = sum(debt.interest_to_come for debt in changed.values())
    if minor(offer["extra_interest"]) != interest - to_come:
        yield f"extra interest {offer['extra_interest']}, not {interest - to_come}"
    if not all("daily_rate" in debt.debt for debt in changed.values()):
        return
    accrued = sum(half_up(debt.accrued(start)) for debt in changed.values())
    principal = sum(debt.principal for debt in changed.values())
    principal -= _conceded(offer, "principal_forgiveness")
    if _is_granted(offer):
        # What is waived is penalty and interest together: the interest left is what the lines
        # carry beside their own.
        left = interest - sum(
            _interest_of(debt, name, offer, start) for name, debt in changed.items()
        )
        if not 0 <= left <= accrued + len(changed):
            yield f"interest of {left} is carried, of {accrued}"
        accrued = left
    flows = [(date.fromisoformat(one["due_date"]), minor(one["amount"]))
             for one in offer["instalments"]]  # fmt: skip
    late = sum(1 + len(debt.past_due) for debt in changed.values())
    if not is_rate_of(
        Fraction(offer["annual_cost"]), flows, start=start, owed=principal + accrued, slack=late,
    ):  # fmt: skip
        yield f"annual cost {offer['annual_cost']} against {principal} + {accrued}"
    if not _is_granted(offer):
        yield from _interest(changed, offer, start, accrued)


def _is_granted(offer: Json) -> bool:
    """Whether more is given up than time and a penalty: nothing else would be affordable."""
    return offer["key"] in {"concession", "settlement"}


def _interest(changed: dict[str, Owed], offer: Json, start: date, carried: int) -> Iterator[str]:
    worked = carried + sum(_interest_of(debt, name, offer, start) for name, debt in changed.items())
    # Late interest is rounded line by line, so a cent a late line may lie between.
    late = sum(1 + len(debt.past_due) for debt in changed.values())
    if abs(worked - minor(offer["total_interest"])) > late:
        yield f"interest by days {worked}, not {offer['total_interest']}"


def _interest_of(debt: Owed, name: str, offer: Json, start: date) -> int:
    lines = [line for line in offer["instalments"] if line.get("debt", name) == name]
    left, since, found = sum(minor(line["principal"]) for line in lines), start, 0
    cuts = [Fraction(one["rate"]) for one in offer["concessions"]
            if one["kind"] == "rate_reduction" and one.get("debt", name) == name]  # fmt: skip
    # A rate is shown as one of the year, in six decimals; it is the contract's less whole percents.
    daily = Fraction(str(debt.debt["daily_rate"]))
    if cuts:
        daily *= Fraction(round(100 * cuts[0] / (daily * 365)), 100) if daily else 0
    for line in lines:
        due = date.fromisoformat(line["due_date"])
        found += half_up(left * daily * (due - since).days)
        left, since = left - minor(line["principal"]), due
    return found


def _affordable(standing: dict[str, Owed], record: Json, offer: Json) -> Iterator[str]:
    """Every month holds the offer, and the contracts that it leaves as they are."""
    asked: dict[str, int] = {}
    for line in offer["instalments"]:
        month = line["due_date"][:7]
        asked[month] = asked.get(month, 0) + minor(line["amount"])
    for name, debt in standing.items():
        for line in debt.unpaid if name not in offer["debts"] else ():
            month = f"{max(line.due, debt.on):%Y-%m}"
            if month in asked:
                asked[month] += line.amount
    limits = {one["month"]: minor(one["amount"]) for one in record["capacity"]}
    for month, amount in asked.items():
        if amount > limits.get(month, -1):
            yield f"{amount} asked for in {month}, {limits.get(month)} can be paid"


def _settlement(changed: dict[str, Owed], record: Json, offer: Json) -> Iterator[str]:
    """Few payments that are soon over, and that need no more of the savings than is said."""
    lines = offer["instalments"]
    if max(_count(offer, name) for name in changed) > SETTLED_IN:
        yield "a settlement in many payments"
    asked: dict[str, int] = {}
    for line in lines:
        asked[line["due_date"][:7]] = asked.get(line["due_date"][:7], 0) + minor(line["amount"])
    limits = {one["month"]: minor(one["amount"]) for one in record["capacity"]}
    drawn = sum(max(0, amount - limits.get(month, 0)) for month, amount in asked.items())
    if drawn != minor(offer["from_savings"]):
        yield f"{drawn} of savings, not {offer['from_savings']}"


def _wish(home: Json, record: Json) -> Iterator[str]:
    wish = home.get("wish") or {}
    if not wish or not record["debts"]:
        return
    is_met = any(_meets(wish, offer) for offer in record["offers"])
    if not is_met and not record["declined"]:
        yield f"the wish {wish} is neither met nor declined"


def _meets(wish: Json, offer: Json) -> bool:
    months: dict[str, int] = {}
    counts: dict[str, int] = {}
    for line in offer["instalments"]:
        months[line["due_date"][:7]] = months.get(line["due_date"][:7], 0) + minor(line["amount"])
        counts[line.get("debt", "")] = counts.get(line.get("debt", ""), 0) + 1
    return (
        ("monthly" not in wish or max(months.values()) <= minor(wish["monthly"]))
        and ("instalments" not in wish or max(counts.values()) == int(wish["instalments"]))
        and ("pause_months" not in wish or offer["pause_months"] == int(wish["pause_months"]))
    )


def _frontier(record: Json) -> Iterator[str]:
    points = [
        (-minor(one["total_cost"]), -minor(one["monthly"]), minor(one["lender_value_change"]))
        for one in record["frontier"]
    ]
    for one in points:
        if any(all(a > b for a, b in zip(other, one, strict=True)) for other in points):
            yield f"{one} on the frontier is beaten"


def _soonest(record: Json) -> Iterator[str]:
    """The first offer is over soonest of those that pay at once, or of all."""
    ends = [
        (max(line["due_date"] for line in offer["instalments"]), _is_paused(offer))
        for offer in record["offers"]
        if offer["affordable"]
    ]
    at_once = [end for end, is_paused in ends if not is_paused]
    if ends and ends[0][0] not in (min(end for end, _ in ends), min(at_once, default="")):
        yield f"the first offer ends on {ends[0][0]}, another on {min(ends)[0]}"


def _is_paused(offer: Json) -> bool:
    return any(one["kind"] == "deferral" for one in offer["concessions"])


def _codes(home: Json, standing: dict[str, Owed], record: Json) -> Iterator[str]:
    """The codes that follow from the file alone."""
    live = [one for one in standing.values() if one.principal]
    codes = {one["code"] for one in record["declined"]}
    if not live or "ability_sufficient" in codes:
        return
    limits = [minor(one["amount"]) for one in record["capacity"]]
    is_able, wish = any(limits), home.get("wish") or {}
    if not is_able and "no_repayment_ability" not in codes:
        yield f"nothing can ever be paid, and the codes are {codes}"
    if min(limits) and "no_repayment_ability" in codes:
        yield f"{min(limits)} can be paid in every month, and the codes are {codes}"
    if is_able and all(_is_too_old(one) for one in live) and "over_legal_limit" not in codes:
        yield f"every loan is past its latest end, and the codes are {codes}"
    if set(wish) == {"instalments"} and int(wish["instalments"]) > LONGEST:
        yield from _missing("over_legal_limit", wish, codes)
    if set(wish) == {"pause_months"} and int(wish["pause_months"]) > LONGEST_PAUSE:
        yield from _missing("over_policy_limit", wish, codes)
    if set(wish) == {"monthly"} and all("daily_rate" in one.debt for one in live):
        least = sum(
            Fraction(str(one.debt["daily_rate"])) * one.principal * SHORTEST_MONTH for one in live
        )
        if minor(wish["monthly"]) <= least:
            yield from _missing("never_amortises", wish, codes)


def _is_too_old(one: Owed) -> bool:
    is_card = one.debt.get("product") == "card-instalment"
    is_renewable = one.days_past_due <= NEAR_MATURITY
    return not is_card and not is_renewable and one.on > latest_end(one.debt, on=one.on)


def _missing(code: str, wish: Json, codes: set[str]) -> Iterator[str]:
    if code not in codes:
        yield f"the wish {wish} has the codes {codes}, not {code}"
