"""Reading a page the way its visitor would: its words, its forms and what they carry."""

from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: where it posts to and what it already holds."""

    action: str
    method: str
    fields: dict[str, str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.forms: list[Form] = []
        self._skips = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attributes}
        if tag in {"script", "style"}:
            self._skips += 1
        if tag == "form":
            form = Form(known.get("action", ""), known.get("method", "get").lower(), {})
            self.forms.append(form)
        if tag == "input" and known.get("type") == "hidden" and self.forms:
            self.forms[-1].fields[known["name"]] = known.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._skips -= 1

    def handle_data(self, words: str) -> None:
        if not self._skips:
            self.words.append(words)


def read(response) -> _Reader:
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader


def words(response) -> str:
    """Return everything that is written on the page, blanks made single."""
    return " ".join(" ".join(read(response).words).split()).replace("\u00a0", " ")


def form(response, address: str) -> Form:
    """Return the form of the page that posts to `address`."""
    return next(each for each in read(response).forms if each.action == address)


def posts(response) -> list[Form]:
    """Return every form of the page that changes something."""
    return [each for each in read(response).forms if each.method == "post"]
