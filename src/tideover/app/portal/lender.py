"""What the pages say of the lender: its name, its channels and its promises, from the book."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from tideover.app.portal.templatetags.portal_words import is_chinese
from tideover.policy import PRODUCTS, Parameters, load_book


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """The only ways in which the lender and its borrower speak, and who else helps."""

    name: str
    hotline: str
    hours: str
    account: str
    complaints: str
    distress: str
    free_advice: str
    verified_on: date

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What stands on the identity page."""
        return (
            (_("Lender"), self.name),
            (_("Hotline"), self.hotline),
            (_("A person answers"), self.hours),
            (_("WeChat official account"), self.account),
            (_("Separate app"), _("There is none")),
            (_("Where to pay"), _("Inside the loan's own page, or by the hotline's instructions")),
            (_("Supervisor's complaints line"), self.complaints),
        )


@lru_cache(maxsize=4)
def parameters(on: date) -> Parameters:
    """Return the lender's numbers on a day; those used here are the same for every product."""
    return load_book().on(on, product=PRODUCTS[0])


def channels(on: date) -> Channels:
    """Return the lender's channels as they are published on `on`, in the reader's language."""
    book = parameters(on)
    language = "zh" if is_chinese() else "en"
    return Channels(
        name=book.text(f"lender.name_{language}"),
        hotline=book.text("official.hotline"),
        hours=book.text("official.hours"),
        account=book.text("official.account"),
        complaints=book.text("helpline.complaints"),
        distress=book.text("helpline.distress"),
        free_advice=book.text(f"helpline.free_advice_{language}"),
        verified_on=date.fromisoformat(book.text("official.verified_on")),
    )
