"""Borrowers in every state a request can be in.

Run as a program before the server starts: `python lives.py` prints, as JSON, for each life its
phone and the number of its case; with names, for those lives alone. A life that began earlier is
lived with the clock of that day.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from life_steps import (
    SIGNED,
    TODAY,
    Told,
    accepted,
    asked_again,
    bombarded,
    clock_at,
    declined,
    draft,
    lent_twice,
    missing,
    nothing_yet,
    offered,
    paying,
    reviewing,
    settled,
    short,
    shown,
    signed,
    somebody,
    submitted,
    together,
    with_paper,
)

from tideover.cli.service import start_service


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody in one state: how it came to it, and since when."""

    name: str
    live: Callable[["Told"], None]
    signed: bool = False


def main() -> None:
    """Make every life and print where it can be found."""
    os.environ["TIDEOVER_NOW"] = f"{TODAY}T09:00:00+08:00"
    start_service(demo=True)
    from tideover.app.verbs import demo

    demo.create(date.fromisoformat(TODAY))
    told = {}
    chosen = [life for life in (*LIVES, *ALONE) if life.name in sys.argv[1:]] or LIVES
    for place, life in enumerate(chosen, start=1):
        day = SIGNED if life.signed else TODAY
        clock_at(day)
        person = somebody(place)
        life.live(person)
        clock_at(TODAY)
        told[life.name] = {
            "phone": person.phone, "loan": person.reference, "number": person.number,
            "session": session_of(person),
        }  # fmt: skip
    json.dump(told, sys.stdout)


def session_of(told: Told) -> str:
    """A session signed in as this borrower: the walks need not spend their time on codes."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    account = told.borrower.account
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return str(session.session_key)


LIVES = (
    Life("new", nothing_yet),
    Life("begun", lambda told: draft(told, but="wish")),
    Life("ready", with_paper),
    Life("sent", submitted),
    Life("asked", asked_again),
    Life("offered", offered),
    Life("declined", declined),
    Life("reading", accepted),
    Life("keeping", paying, signed=True),
    Life("reviewing", reviewing, signed=True),
    Life("missed", missing, signed=True),
    Life("bombarded", bombarded),
    Life("done", settled, signed=True),
    # Whoever these two are changed by is alone with them: others look at those above.
    Life("mistaken", lambda told: draft(told, but="wish")),
    Life("signing", accepted),
    Life("several", lent_twice),
    Life("together", together),
    Life("short", short),
    Life("tapping", with_paper),
    Life("tapping-too", with_paper),
    Life("new-too", nothing_yet),
    Life("signing-too", accepted),
)


#: Lives of journeys that have a lender to themselves.
ALONE = (
    Life("struck", shown),
    Life("withdrawn", offered),
    Life("too-late", offered),
    Life("withdrawn-too", offered),
    Life("too-late-too", offered),
    Life("in-time", paying, signed=True),
    Life("back-dated", signed, signed=True),
    Life("short-by-a-fen", signed, signed=True),
)


if __name__ == "__main__":
    main()
