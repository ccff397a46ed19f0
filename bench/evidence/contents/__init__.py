"""What documents say: one content of each kind, with its truth, before any layout."""

from random import Random

from bench.evidence import people
from bench.evidence.contents.content import Content
from bench.evidence.contents.disaster import disaster
from bench.evidence.contents.medical import diagnosis, discharge
from bench.evidence.contents.money_papers import invoice, statement
from bench.evidence.contents.work import termination, unemployment, wages

__all__ = ["KINDS", "Content", "content"]

_MAKERS = {
    "diagnosis_certificate": diagnosis,
    "discharge_record": discharge,
    "invoice": invoice,
    "termination_certificate": termination,
    "bank_statement": statement,
    "wage_slip": wages,
    "unemployment_registration": unemployment,
    "disaster_receipt": disaster,
}
KINDS = tuple(_MAKERS)


def content(kind: str, seed: Random) -> Content:
    language = "zh" if seed.random() < 0.78 else "en"
    dates = seed.choice(("zh", "zh", "zh0", "iso", "slash", "han", "dot"))
    made = Content(
        kind,
        people.person(seed),
        language,
        "",
        "",
        people.day(seed),
        dates=dates if language == "zh" else seed.choice(("iso", "en", "us", "en")),
    )
    made.serial = seed.choice(("", "YS", "DEMO", "A")) + str(seed.randrange(10**9, 10**12))
    _MAKERS[kind](made, seed)
    made.truth |= {"name": made.name, "issuer": made.issuer}
    return made
