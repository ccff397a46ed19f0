"""GET /api/v1/openapi.json: what the API takes and gives, as OpenAPI 3.1.

The description is built here by hand, small enough to read, and a test holds every answer and every
key of the file to it.
"""

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tideover import __version__
from tideover.app.api.household import HOUSEHOLD

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
YES_OR_NO: Final[Schema] = {"type": "boolean"}
DAY: Final[Schema] = {"type": "string", "format": "date"}
MONTH: Final[Schema] = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
MONEY: Final[Schema] = {
    "type": "string",
    "pattern": r"^-?\d+(\.\d+)?$",
    "description": "major units of the currency",
}
RATE: Final[Schema] = {
    "type": "string",
    "pattern": r"^-?\d+\.\d{6}$",
    "description": "a fraction of a year: 0.182500 is 18.25 %",
}


def record(needed: dict[str, Schema], **optional: Schema) -> Schema:
    """Return the schema of an object with these keys and no others."""
    return {
        "type": "object",
        "required": list(needed),
        "properties": {**needed, **optional},
        "additionalProperties": False,
    }


def listing(of: Schema, **limits: int) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": of, **limits}


def or_null(schema: Schema) -> Schema:
    """Return the schema of a value that may be absent."""
    return {"anyOf": [schema, {"type": "null"}]}


CONCESSION: Final = record({"kind": TEXT}, amount=MONEY, months=COUNT, rate=RATE, debt=TEXT)
INSTALMENT: Final = record(
    {"due_date": DAY, "amount": MONEY, "principal": MONEY, "interest": MONEY},
    fees=MONEY,
    penalty=MONEY,
    debt=TEXT,
)
VERDICT: Final = record(
    {"rule": TEXT, "passed": YES_OR_NO, "binding": YES_OR_NO, "because": TEXT, "reference": TEXT},
    debt=TEXT,
)
SHORTER: Final = record(
    {"instalments": COUNT, "monthly": MONEY, "total_interest": MONEY, "affordable": YES_OR_NO}
)
OFFER: Final = record(
    {
        "key": TEXT,
        "label": TEXT,
        "legal_form": TEXT,
        "legal_forms": {"type": "object", "additionalProperties": TEXT},
        "debts": listing(TEXT),
        "starts_on": DAY,
        "pause_months": COUNT,
        "monthly": MONEY,
        "concessions": listing(CONCESSION),
        "instalments": listing(INSTALMENT),
        "total_interest": MONEY,
        "extra_interest": MONEY,
        "annual_cost": RATE,
        "lender_value": MONEY,
        "lender_value_change": MONEY,
        "next_shorter": or_null(SHORTER),
        "from_savings": or_null(MONEY),
        "affordable": YES_OR_NO,
        "why": TEXT,
        "verdicts": listing(VERDICT),
    }
)
POINT: Final = record(
    {
        "instalments": COUNT,
        "pause_months": COUNT,
        "monthly": MONEY,
        "total_interest": MONEY,
        "total_cost": MONEY,
        "lender_value_change": MONEY,
    }
)
SHARE: Final = record(
    {"creditor": TEXT, "asked": MONEY, "amount": MONEY, "priority": YES_OR_NO, "token": YES_OR_NO}
)
DECLINED: Final = record({"code": TEXT, "because": TEXT, "would_change": TEXT})
ALTERNATIVE: Final = record(
    {
        "name": TEXT,
        "label": TEXT,
        "total_cost": MONEY,
        "annual_cost": or_null(RATE),
        "monthly": MONEY,
        "risk": TEXT,
    }
)
STRESS: Final = record(
    {
        "case": TEXT,
        "income_change": RATE,
        "delay_months": COUNT,
        "holds": YES_OR_NO,
        "months_short": listing(MONTH),
    }
)
ANSWER: Final = record(
    {
        "as_of": DAY,
        "policy_digest": TEXT,
        "capacity": listing(record({"month": MONTH, "amount": MONEY})),
        "offers": listing(OFFER, maxItems=3),
        "frontier": listing(POINT),
        "alternatives": listing(ALTERNATIVE),
        "declined": listing(DECLINED),
        "rejected": listing(DECLINED),
        "combinations": COUNT,
        "debts": listing(
            record(
                {
                    "name": TEXT,
                    "outstanding_principal": MONEY,
                    "days_past_due": COUNT,
                    "annual_cost": RATE,
                }
            )
        ),
        "stress": listing(STRESS),
        "break_even_fall": or_null(RATE),
        "next_steps": listing(TEXT),
        "shares": listing(SHARE),
    }
)
PROBLEM: Final = record(
    {"type": TEXT, "title": TEXT, "status": COUNT, "code": TEXT, "detail": TEXT},
    problems=listing(
        record({"line": COUNT, "key": TEXT, "value": or_null(TEXT), "detail": TEXT}),
    ),
)

REFUSALS: Final = {
    "400": "the body is not UTF-8 text",
    "401": "a token is needed",
    "405": "only POST",
    "413": "the body is too large",
    "415": "this type of body is not read",
    "422": "the household was refused, with every problem, its line, key and value",
    "429": "too many plans in a minute; Retry-After says in how many seconds",
    "503": "other plans are being computed; Retry-After says when to come back",
}


def description() -> dict[str, Any]:
    """Return the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tideover", "version": __version__, "license": {"name": "Apache-2.0"}},
        "paths": {"/api/v1/plan": {"post": _plan()}},
        "components": {
            "schemas": {"Household": HOUSEHOLD, "Answer": ANSWER, "Problem": PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def text() -> str:
    """Return the description as JSON text."""
    return json.dumps(description(), ensure_ascii=False, indent=1) + "\n"


@require_safe
def show(_request: HttpRequest) -> HttpResponse:
    """Show the description."""
    return HttpResponse(text().encode(), content_type="application/json")


def _plan() -> dict[str, Any]:
    body = {"$ref": "#/components/schemas/Household"}
    return {
        "operationId": "plan",
        "summary": "A household's whole situation in; capacity, offers, alternatives out",
        "description": "The same answer as `tideover plan FILE --json`, byte for byte. Nothing "
        "that was sent is kept. The demo needs no token.",
        "security": [{"token": []}],
        "parameters": [
            {
                "name": "lang",
                "in": "query",
                "schema": {"enum": ["zh", "en"]},
                "description": "language of the words; without it that of Accept-Language",
            }
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": body},
                "application/yaml": {"schema": body},
            },
        },
        "responses": {"200": _answer("the plan", "Answer", "application/json")}
        | {
            status: _answer(words, "Problem", "application/problem+json")
            for status, words in REFUSALS.items()
        },
    }


def _answer(words: str, schema: str, media_type: str) -> dict[str, Any]:
    content = {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": words, "content": content}
