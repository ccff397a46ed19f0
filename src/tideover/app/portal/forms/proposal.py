"""What a borrower proposes: an amount a month, a number of instalments, a pause; or several."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from tideover.app.portal.forms.field import Field, Problem, problems_by_name

NAMES = ("monthly", "instalments", "pause_months")


def read(post: QueryDict) -> dict[str, str]:
    """Return what was typed, unchecked."""
    return {name: post.get(name, "").strip() for name in NAMES}


def shown(typed: Mapping[str, str], *, problems: Iterable[Problem] = ()) -> dict[str, Field]:
    """Return the three questions with what was typed and what is wrong with it."""
    wrong = problems_by_name(problems)

    def question(name: str, label: str, *, hint: str = "", affix: str = "") -> Field:
        return Field(
            name=name, label=label, value=typed.get(name, ""), hint=hint, affix=affix,
            is_optional=True, problem=wrong.get(name, ""),
        )  # fmt: skip

    return {
        "monthly": question(
            "monthly",
            _("How much could you pay each month?"),
            hint=_("We look for the shortest plan that asks for no more."),
        ),
        "instalments": question(
            "instalments",
            _("Over how many months?"),
            hint=_("Fewer months cost less interest; more months are lighter."),
            affix=_("months"),
        ),
        "pause_months": question(
            "pause_months",
            _("How many months without a payment?"),
            hint=_("Only if you would like to pause. Interest goes on in that time."),
            affix=_("months"),
        ),
    }
