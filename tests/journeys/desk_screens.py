"""Every screen of the desk: who looks at it, its name, and its address; `{case}` is a case number.

A route of the desk that is opened by GET and is not here fails the journey.
"""

from typing import NamedTuple


class Screen(NamedTuple):
    """One page: the login that sees it ("" for nobody signed in), its name, its address."""

    login: str
    name: str
    path: str
    route: str


_TABS = ("timeline", "messages", "budget", "evidence", "offers", "agreement", "ledger", "audit")

SCREENS = (
    Screen("", "sign-in", "/desk/sign-in/", "sign-in"),
    Screen("agent", "queue", "/desk/?view=all", "queue"),
    Screen("agent", "nothing-found", "/desk/?search=nothing", "queue"),
    *(Screen("agent", f"case-{tab}", f"/desk/cases/{{case}}/?tab={tab}", "case") for tab in _TABS),
    Screen("agent", "decline", "/desk/cases/{mine}/decline/", "decline"),
    Screen("agent", "mandates", "/desk/cases/{case}/mandates/", "mandates"),
    Screen("agent", "approvals", "/desk/approvals/", "approvals"),
    Screen("agent", "policy", "/desk/policy/", "policy"),
    Screen("agent", "telephone", "/desk/telephone/", "telephone"),
    Screen("agent", "arrivals", "/desk/arrivals/", "arrivals"),
    Screen("agent", "channels", "/desk/channels/", "channels"),
    Screen("agent", "outbox", "/desk/outbox/", "outbox"),
    Screen("agent", "keys", "/desk/keys/", "keys"),
    Screen("agent", "security", "/desk/security/", "security"),
    Screen("approver", "approvals-decide", "/desk/approvals/", "approvals"),
    Screen("supervisor", "queue-assign", "/desk/?view=all", "queue"),
    Screen("supervisor", "supervision", "/desk/supervision/", "supervision"),
    Screen("supervisor", "staff", "/desk/staff/", "staff"),
    Screen("auditor", "log", "/desk/log/", "log"),
    Screen("auditor", "checks", "/desk/checks/", "checks"),
    Screen("finance", "payments", "/desk/payments/", "payments"),
    Screen("finance", "suspense", "/desk/payments/suspense/", "suspense"),
    Screen("finance", "tapes", "/desk/tapes/", "tapes"),
)

#: Opened by GET, and no screen: downloads, redirects, fragments, and steps of signing in that
#: have a journey of their own.
NO_SCREENS = frozenset(
    {
        "queue-csv",
        "next",
        "agreement-pdf",
        "mandate-paper",
        "evidence",
        "case-zip",
        "debits",
        "here",
        "second",
        "enrol",
    }
)
