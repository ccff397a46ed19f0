"""How to sign in as somebody of the demo."""

from dataclasses import dataclass

from tideover.policy import Words


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to sign in as somebody of the demo: a borrower by phone, staff by login and password."""

    who: str
    login: str
    password: str
    story: Words
