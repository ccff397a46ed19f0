"""Reading what a case says from a file, for `tideover evidence inspect --facts`."""

import json
from datetime import date
from typing import ClassVar

from tideover.cli.arguments import parse_day
from tideover.cli.files import file_bytes
from tideover.evidence import Facts
from tideover.money import Refusal


class FactsNotRead(Refusal):
    """The facts of a case cannot be read from the file."""

    code: ClassVar[str] = "facts-not-read"

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(
            f"the facts in {name!r} cannot be read: {problem}; write one JSON object with case, "
            "as_of, date_from, date_to and, if known, name and id_number",
            f"无法读取“{name}”中的案件信息；请写成一个 JSON 对象，包含 case、as_of、date_from、"
            "date_to，以及已知的 name 和 id_number",
        )


def facts_of(name: str | None, *, today: date) -> Facts:
    """Return the facts in the JSON file `name`; without one, only that today is `today`.

    Raises:
        FileNotReadable: there is no such file.
        FactsNotRead: it does not hold facts.
        NotADate: one of its dates is none.
    """
    if name is None:
        return Facts(as_of=today)
    try:
        told = json.loads(file_bytes(name))
    except ValueError:
        raise FactsNotRead(name, "it is not JSON") from None
    if not isinstance(told, dict):
        raise FactsNotRead(name, "it is not one object")
    texts = {key: str(value) for key, value in told.items() if value is not None}
    days = {
        key: parse_day(texts[key][:10]) if key in texts else None
        for key in ("as_of", "date_from", "date_to")
    }
    return Facts(
        as_of=days["as_of"] or today,
        case=texts.get("case"),
        date_from=days["date_from"],
        date_to=days["date_to"],
        name=texts.get("name"),
        id_number=texts.get("id_number"),
    )
