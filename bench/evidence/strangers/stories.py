"""A false story on a paper that looks true: names, dates and amounts that cannot be."""

from datetime import timedelta
from random import Random

from bench.evidence import people
from bench.evidence.strangers.files import File, honest
from bench.evidence.strangers.papers import Paper, Words


def name_not_of_the_case(made: Paper, seed: Random, medium: str) -> File:
    file = honest(made, seed, medium)
    file.facts["name"] = "陆" + "".join(seed.choices(people.GIVEN, k=2))
    return file


def id_not_of_the_case(made: Paper, seed: Random, medium: str) -> File | None:
    if "id_number" not in made.truth:
        return None
    file = honest(made, seed, medium)
    file.facts["id_number"] = people.id_number(seed)
    return file


def id_with_wrong_check(made: Paper, seed: Random, medium: str) -> File | None:
    if "id_number" not in made.truth or made.told is None:
        return None
    digits = iter(people.wrong_id(made.truth["id_number"], seed))
    written = made.told.texts["id_number"]  # perhaps in groups
    _put(made, written, "".join(" " if sign == " " else next(digits) for sign in written))
    file = honest(made, seed, medium)
    file.facts["id_number"] = ""
    return file


def _put(made: Paper, old: str, new: str) -> None:
    def other(words: Words) -> Words:
        return Words(words.text.replace(old, new), words.field)

    made.head = [other(words) for words in made.head]
    made.rows = [(label, other(words)) for label, words in made.rows]
    made.total = [(label, other(words)) for label, words in made.total]
    made.foot = [other(words) for words in made.foot]
    made.prose = made.prose.replace(old, new)


def _dated(made: Paper, seed: Random, medium: str, days: int) -> File | None:
    if "issue_date" not in made.truth or made.told is None:
        return None
    when = people.TODAY + timedelta(days=days)
    _put(made, made.told.texts["issue_date"], made.told.style.day(when))
    made.truth["issue_date"] = when.isoformat()
    return honest(made, seed, medium)


def dated_ahead(made: Paper, seed: Random, medium: str) -> File | None:
    return _dated(made, seed, medium, seed.randrange(3, 120))


def dated_long_ago(made: Paper, seed: Random, medium: str) -> File | None:
    return _dated(made, seed, medium, -seed.randrange(300, 1500))


def ends_too_soon(made: Paper, seed: Random, medium: str) -> File | None:
    if not {"start_date", "end_date"} <= made.truth.keys() or made.told is None:
        return None
    first, last = made.told.texts["start_date"], made.told.texts["end_date"]
    _put(made, first, "\0")
    _put(made, last, first)
    _put(made, "\0", last)
    return honest(made, seed, medium)


def total_raised(made: Paper, seed: Random, medium: str) -> File | None:
    name = {"invoice": "amount", "wage_slip": "net"}.get(made.kind)
    if name is None or made.told is None:
        return None
    fen = int(made.truth[name].replace(".", ""))
    old, new = made.told.texts[name], made.told.style.money(fen + seed.choice((90_000, 300_000)))
    _put(made, old, new)
    return honest(made, seed, medium)


def balance_raised(made: Paper, seed: Random, medium: str) -> File | None:
    if made.kind != "bank_statement" or made.told is None:
        return None
    columns = [at for at, words in enumerate(made.table[1]) if words.field == "balance"]
    row, column = seed.randrange(2, len(made.table) - 1), columns[0]
    figure = made.table[row][column].text.replace(",", "")
    fen = int(figure.replace(".", "")) + seed.choice((50_000, 200_000, 1_000_000))
    text = people.money(fen, commas=made.told.style.commas)
    made.table[row][column] = Words(text, "balance")
    return honest(made, seed, medium)
