"""Who is to help: name, phone, relation, what they may do, and until when."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.app.db.models import Scope
from tideover.app.portal import words
from tideover.app.portal.forms.field import Field, Problem
from tideover.app.verbs.mandates.giving import usual_days


def shown(post: QueryDict, *, today: date, problem: Problem | None) -> Mapping[str, Field]:
    """Return the questions with what was typed."""
    wrong = {problem.path: problem.message} if problem else {}
    typed = bool(post.get("name") or post.get("phone"))
    scopes = tuple(post.getlist("scopes")) if typed else (Scope.READ.value, Scope.UPLOAD.value)
    until = post.get("last_day") or (today + timedelta(days=usual_days())).isoformat()
    return {
        "name": Field(
            name="name", label=_("Their full name"), value=post.get("name", ""),
            problem=wrong.get("name", ""),
        ),
        "phone": Field(
            name="phone", label=_("Their own mobile number"), value=post.get("phone", ""),
            hint=_("They sign in with a code to this number. We do not call or write to it."),
            problem=wrong.get("phone", ""),
        ),
        "relation": Field(
            name="relation", label=_("Who are they to you?"), value=post.get("relation", ""),
            choices=words.relation_choices(), problem=wrong.get("relation", ""),
        ),
        "scopes": Field(
            name="scopes", label=_("What may they do?"), choices=words.scope_choices(),
            picked=scopes, problem=wrong.get("scopes", ""),
            hint=_("They can never sign, agree in your place, or change your phone or bank card."),
        ),
        "last_day": Field(
            name="last_day", label=_("Until which day?"), value=until,
            problem=wrong.get("last_day", ""),
        ),
        "is_unpaid": Field(
            name="is_unpaid", label=_("They take no money for it."),
            value=post.get("is_unpaid", ""), problem=wrong.get("is_unpaid", ""),
        ),
    }  # fmt: skip
