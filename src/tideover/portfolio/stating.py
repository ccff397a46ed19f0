"""What a run went by, as records to keep beside it: the policies, the plans, the assumptions."""

from tideover.policy import Parameter, Parameters, value_text
from tideover.portfolio.policies import Grant
from tideover.portfolio.terms import Terms

__all__ = ["told_of"]

#: How names begin that the lender's own pack says and a simulation reads.
VALUED = "value."


def told_of(grants: tuple[Grant, ...], terms: Terms) -> dict[str, object]:
    """Return the two policies side by side, the menu, and every assumption with its source."""
    first, second = grants
    rows = [
        {**_record(one), "A": value_text(one.value), "B": value_text(second.pack[one.name].value)}
        for one in first.pack
    ]
    menu = terms.menu
    plans = [
        {
            "extension": int(menu.extension[row]),
            "pause": int(menu.pause[row]),
            "cut": int(menu.cut[row]),
            "waives": bool(menu.waives[row]),
            "granted_by": [_may_grant(grant, terms, row) for grant in grants],
        }
        for row in range(len(menu))
    ]
    return {
        "policies": rows,
        "menu": plans,
        "assumptions": [*_assumptions(terms.behaviour.pack), *_valued(first.common)],
    }


def _may_grant(grant: Grant, terms: Terms, row: int) -> bool:
    menu = terms.menu
    return bool(
        menu.extension[row] <= grant.extension_max
        and menu.pause[row] <= grant.pause_max
        and menu.cut[row] <= grant.cut_max
        and (not menu.waives[row] or grant.waived_for)
    )


def _assumptions(pack: Parameters) -> list[dict[str, str]]:
    return [{**_record(one), "value": value_text(one.value)} for one in pack]


def _valued(common: Parameters) -> list[dict[str, str]]:
    return [
        {**_record(one), "value": value_text(one.value)}
        for one in common
        if one.name.startswith(VALUED)
    ]


def _record(one: Parameter) -> dict[str, str]:
    return {
        "name": one.name,
        "zh": one.label.zh,
        "en": one.label.en,
        "unit": one.unit,
        "reference": one.reference,
        "confidence": one.confidence,
    }
