"""Every screen of the portal: whose it is and where it stands. `{number}` and `{loan}` are theirs.

The numbers are those of the borrower's journey in the design: 1 start, 2 sign in, 3 consent, … 24
done. A screen without one stands beside the way.
"""

from typing import NamedTuple


class Screen(NamedTuple):
    """One page: its name, the life that sees it ("" for anybody), and its address."""

    name: str
    life: str
    path: str


SCREENS = (
    Screen("01-start", "", "/"),
    Screen("02-sign-in", "", "/sign-in/"),
    Screen("official", "", "/official/"),
    Screen("talk", "", "/talk/"),
    Screen("may-i", "", "/may-i/?ours=yes&sold=no&court=no"),
    Screen("guides", "", "/guides/"),
    Screen("guide-penalty", "", "/guides/penalty/"),
    Screen("guide-instalments", "", "/guides/instalments/"),
    Screen("guide-record", "", "/guides/record/"),
    Screen("guide-scams", "", "/guides/scams/"),
    Screen("keeping", "", "/guides/keeping/"),
    Screen("not-here", "", "/nowhere/"),
    Screen("05-loans", "new", "/loans/"),
    Screen("05-several", "several", "/loans/"),
    Screen("05-loan", "new", "/loans/{loan}/"),
    Screen("helpers", "new", "/helpers/"),
    Screen("passkeys", "new", "/passkeys/"),
    Screen("acting", "new", "/acting/"),
    Screen("record", "new", "/loans/{loan}/record/"),
    Screen("objection", "new", "/loans/{loan}/objection/"),
    Screen("03-consent", "begun", "/apply/{number}/consent/"),
    Screen("04-tasks", "begun", "/apply/{number}/"),
    Screen("06-cause", "begun", "/apply/{number}/cause/"),
    Screen("07-contact", "begun", "/apply/{number}/contact/"),
    Screen("08-income", "begun", "/apply/{number}/income/"),
    Screen("09-outgoings", "begun", "/apply/{number}/outgoings/"),
    Screen("10-budget", "begun", "/apply/{number}/budget/"),
    Screen("10-budget-short", "short", "/apply/{number}/budget/"),
    Screen("12-wish", "begun", "/apply/{number}/wish/"),
    Screen("11-evidence", "ready", "/apply/{number}/evidence/"),
    Screen("13-check", "ready", "/apply/{number}/check/"),
    Screen("14-sent", "sent", "/cases/{number}/"),
    Screen("14-together", "together", "/cases/{number}/"),
    Screen("14-copy", "sent", "/cases/{number}/copy/"),
    Screen("15-thread", "sent", "/cases/{number}/messages/"),
    Screen("care", "sent", "/cases/{number}/care/"),
    Screen("16-asked", "asked", "/cases/{number}/"),
    Screen("16-more-documents", "asked", "/apply/{number}/evidence/"),
    Screen("15-progress", "offered", "/cases/{number}/"),
    Screen("17-offers", "offered", "/cases/{number}/offers/"),
    Screen("17-offer", "offered", "/cases/{number}/offers/shortest/"),
    Screen("17-propose", "offered", "/cases/{number}/propose/"),
    Screen("17-explore", "offered", "/cases/{number}/explore/"),
    Screen("18-ways", "offered", "/cases/{number}/offers/shortest/ways/"),
    Screen("19-refusal", "declined", "/cases/{number}/"),
    Screen("20-agreement", "reading", "/cases/{number}/agreement/"),
    Screen("21-sign", "reading", "/cases/{number}/sign/"),
    Screen("22-plan", "keeping", "/plans/{loan}/"),
    Screen("22-review", "reviewing", "/plans/{loan}/"),
    Screen("22-book", "keeping", "/plans/{loan}/book/"),
    Screen("22-book-income", "keeping", "/plans/{loan}/book/income/"),
    Screen("23-missed", "missed", "/plans/{loan}/"),
    Screen("24-done", "done", "/plans/{loan}/"),
)
