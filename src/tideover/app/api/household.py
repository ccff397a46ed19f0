"""What the API takes: the household of `tideover plan`, as a schema."""

from typing import Any, Final

from tideover.affordability import OutgoingCategory
from tideover.offers.plan_file import Cause

Schema = dict[str, Any]

NUMBER: Final[Schema] = {
    "type": ["string", "number"],
    "description": "a number or a text; a text stays exact",
}
TEXT: Final[Schema] = {"type": "string"}
DAY: Final[Schema] = {"type": "string", "format": "date"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}


def _record(properties: dict[str, Schema], *needed: str) -> Schema:
    return {
        "type": "object",
        "required": list(needed),
        "properties": properties,
        "additionalProperties": False,
    }


def _listing(of: Schema) -> Schema:
    return {"type": "array", "items": of}


SIMPLE_DEBT: Final = _record(
    {
        "name": TEXT,
        "lender": TEXT,
        "balance": NUMBER,
        "monthly_payment": NUMBER,
        "priority": {"type": "boolean"},
    },
    "name",
    "balance",
    "monthly_payment",
)
FULL_DEBT: Final = _record(
    {
        "name": TEXT,
        "lender": TEXT,
        "product": {"enum": ["weilidai", "consumer-level", "card-instalment"]},
        "method": {"enum": ["equal-principal", "level", "interest-only", "flat-fee"]},
        "daily_rate": NUMBER,
        "annual_rate": NUMBER,
        "fee_rate": NUMBER,
        "principal": NUMBER,
        "disbursed": DAY,
        "instalments": COUNT,
        "payments": _listing(_record({"on": DAY, "amount": NUMBER}, "on", "amount")),
    },
    "name",
    "principal",
    "disbursed",
    "instalments",
)
HOUSEHOLD: Final = _record(
    {
        "as_of": DAY,
        "currency": TEXT,
        "household": _record({"adults": COUNT, "children": COUNT}),
        "hardship": _record(
            {
                "cause": {"enum": [one.value for one in Cause]},
                "since": DAY,
                "expected_recovery": DAY,
            }
        ),
        "income": _listing(
            _record(
                {
                    "name": TEXT,
                    "monthly": NUMBER,
                    "from": DAY,
                    "until": DAY,
                    "verified": {"type": "boolean"},
                },
                "name",
                "monthly",
            )
        ),
        "outgoings": _listing(
            _record(
                {
                    "name": TEXT,
                    "category": {"enum": [one.value for one in OutgoingCategory]},
                    "monthly": NUMBER,
                },
                "category",
                "monthly",
            )
        ),
        "debts": _listing({"oneOf": [SIMPLE_DEBT, FULL_DEBT]}),
        "assets": {
            "oneOf": [
                NUMBER,
                {"type": "object", "additionalProperties": NUMBER},
                _listing(
                    _record(
                        {
                            "name": TEXT,
                            "kind": TEXT,
                            "amount": NUMBER,
                            "value": NUMBER,
                            "balance": NUMBER,
                            "liquid": {"type": "boolean"},
                        }
                    )
                ),
            ]
        },
        "wish": _record({"monthly": NUMBER, "instalments": COUNT, "pause_months": COUNT}),
    },
    "as_of",
    "debts",
)
