"""What the pages say of the lender: its channels and its promises, from the policy book."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from tideover.app.portal.templatetags.portal_words import day_text, spoken
from tideover.app.verbs import registry
from tideover.policy import PRODUCTS, Parameters, load_book
from tideover.safety import OfficialChannels, official_channels


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the identity page."""

    label: str
    text: str
    checked: str = ""
    """When and by whom it was verified."""


@lru_cache(maxsize=4)
def parameters(on: date) -> Parameters:
    """Return the lender's numbers on a day; those used here are the same for every product."""
    return load_book().on(on, product=PRODUCTS[0])


def channels(on: date) -> OfficialChannels:
    """Return the lender's channels as they are published on `on`."""
    return official_channels(parameters(on))


def identity(on: date) -> tuple[Line, ...]:
    """Return what stands on the identity page."""
    ours = channels(on)
    app = _("There is one, in the phone's own store") if ours.has_app else _("There is none")
    registered = tuple(
        Line(
            spoken(entry.words),
            entry.value,
            _("checked on %(day)s by %(who)s")
            % {"day": day_text(entry.verified_on), "who": spoken(entry.verified_by)},
        )
        for entry in registry.official(on)
        if entry.verified_on is not None
    )
    return (
        Line(_("Lender"), spoken(ours.lender)),
        *registered,
        Line(_("A person answers"), ours.hours),
        Line(_("Separate app"), app),
        Line(_("Where to pay"), _("Inside the loan's own page, or as the hotline tells you")),
        Line(_("Supervisor's complaints line"), ours.complaints),
    )


def distress_line(on: date) -> str:
    """Return the national psychological help line."""
    return parameters(on).text("helpline.distress")
