"""Dates, amounts and numbers as documents write them, read into one form of each."""

import re
from collections.abc import Callable, Iterator
from datetime import date

_YEAR = r"(?<!\d)(?:19|20)\d{2}"
_GAP = r"\s*"
_NUMERIC = re.compile(
    rf"({_YEAR}){_GAP}[年\-/.]{_GAP}(\d{{1,2}}){_GAP}[月\-/.]{_GAP}(\d{{1,2}})"
    rf"(?:(?!\d)|(?=\d{{2}}:\d{{2}})){_GAP}日?"  # the blank before a time of day may be lost
)
#: A reader may lose the second mark: 2026.1104.
_HALF_MARKED = re.compile(rf"({_YEAR})[年\-/.](0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)日?")
_COMPACT = re.compile(rf"({_YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_HAN_DIGITS = {digit: str(at) for at, digit in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "O": "0",
    "o": "0",
    "0": "0",
    "○": "0",
    "◯": "0",
}
#: Readers and fonts lose the round nought: 二二六年 is 2026 as 二〇二六年 is.
_HAN_YEAR = (
    r"([一二][〇零○◯Oo0一二三四五六七八九]{3}"
    r"|(?<![〇零一二三四五六七八九十])二[一二三][〇零○◯Oo0一二三四五六七八九])"
)
_HAN = re.compile(
    _HAN_YEAR + r"\s?年\s?([一二三四五六七八九十]{1,2})\s?月\s?([一二三四五六七八九十]{1,3})\s?日"
)
_HAN_MONTH = re.compile(_HAN_YEAR + r"\s?年\s?([一二三四五六七八九十]{1,2})\s?月")
_MONTHS = {
    name: at
    for at, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s-]*([A-Za-z]{{3,9}})[.,\s-]*({_YEAR})"
)
_MONTH_FIRST = re.compile(rf"([A-Za-z]{{3,9}})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*({_YEAR})")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d{2})(?!\d)")
_MONTH = re.compile(rf"({_YEAR}){_GAP}[年\-/.]{_GAP}(0?[1-9]|1[0-2])(?!\d){_GAP}月?")
_COMPACT_MONTH = re.compile(rf"({_YEAR})(0[1-9]|1[0-2])(?!\d)")
_NAMED_MONTH = re.compile(rf"([A-Za-z]{{3,9}})\.?[\s,-]*({_YEAR})")
#: A comma of thousands may be read as a dot or have a blank after it.
_AMOUNT = re.compile(
    r"(?<![\d.,*])(?:(?<![A-Za-z])|(?<=RMB)|(?<=CNY))(?P<sign>[-+])?\s?[¥$]?\s?(?P<after>-)?"
    r"(?P<body>\d{1,3}(?:[,.]\s?\d{3})+(?:\.\s?\d{1,2})?|\d+(?:\.\s?\d{1,2})?)"
    r"(?![\d%*年月日]|[.,]\d)\s?(?P<ten>万)?"
)
_DIGITS_MAX = 8
_CAPITAL_DIGITS = {
    digit: at
    for at, shapes in enumerate(
        ("零〇", "壹一壱", "贰二貳", "叁三叄", "肆四", "伍五", "陆六陸", "柒七", "捌八", "玖九")
    )
    for digit in shapes
}
_CAPITAL_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_CAPITAL = re.compile(
    r"[零壹贰叁肆伍陆柒捌玖貳叄陸][零壹贰叁肆伍陆柒捌玖貳叄陸拾佰仟万亿]*[元圆][整正零壹贰叁肆伍陆柒捌玖角分]*"
)
#: Eighteen places, in one piece or in groups of any length.
_ID = re.compile(r"(?<![\dA-Za-z])(?:\d[ -]?){17}[\dXx](?![\dA-Za-z])")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"


def dates_in(text: str) -> Iterator[tuple[date, tuple[int, int]]]:
    """Yield the dates in `text` in the order they stand, each with where it begins and ends.

    The day of birth inside an identity number is none of them.
    """
    found: list[tuple[int, int, date]] = []
    identity = find_id(text)
    taken = (0, 0) if identity is None else identity[1]
    for pattern, read in _DATE_READERS:
        for match in pattern.finditer(text):
            day = read(match)
            in_id = taken[0] < match.end() and match.start() < taken[1]
            if day is None or in_id:
                continue
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), day))
    for start, end, day in sorted(found, key=lambda one: one[0]):
        yield day, (start, end)


def first_month(text: str) -> str | None:
    """Return the first month in `text` as 2026-03, if there is one."""
    for pattern in (_MONTH, _COMPACT_MONTH):
        if match := pattern.search(text):
            return f"{match[1]}-{int(match[2]):02}"
    if match := _HAN_MONTH.search(text):
        month = _han_number(match[2])
        return f"{_han_year(match[1])}-{month:02}" if 1 <= month <= 12 else None
    for match in _NAMED_MONTH.finditer(text):
        if match[1].lower() in _MONTHS:
            return f"{match[2]}-{_MONTHS[match[1].lower()]:02}"
    return None


def amounts_in(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the amounts in figures in `text`, in fen, each with where it begins and ends.

    Dates and long numbers are not amounts; a number without decimals counts.
    """
    masked = _without_dates(text)
    for match in _AMOUNT.finditer(masked):
        if len(match["body"]) > _DIGITS_MAX and match["body"].isdigit():
            continue  # a number of something
        fen = _fen(match["body"])
        if match["ten"]:
            fen *= 10_000
        negative = "-" in (match["sign"], match["after"])
        yield (-fen if negative else fen), match.span()


def first_amount(text: str) -> int | None:
    """Return the first amount in `text` in fen: in figures, or else in Chinese capitals."""
    figures = list(amounts_in(text))
    marked = [
        fen
        for fen, (start, end) in figures
        if re.search(r"[¥$]", text[start:end]) or "." in text[start:end]
    ]
    if marked:
        return marked[0]
    capital = capital_amount(text)
    if capital is not None:
        return capital
    return figures[0][0] if figures else None


def capital_amount(text: str) -> int | None:
    """Return the amount written in Chinese capitals in `text`, in fen, if there is one."""
    match = _CAPITAL.search(text.replace(" ", ""))
    if match is None or match[0][-1] in _CAPITAL_DIGITS:
        return None  # a digit without its unit: the line was broken there
    whole, _, rest = re.sub("圆", "元", match[0]).partition("元")
    fen = 100 * _capital_number(whole)
    for mark, worth in (("角", 10), ("分", 1)):
        if part := re.search(rf"(.){mark}", rest):
            fen += worth * _CAPITAL_DIGITS.get(part[1], 0)
    return fen


def find_id(text: str) -> tuple[str, tuple[int, int]] | None:
    """Return the first number in `text` that is shaped like an identity number, and its place."""
    for match in _ID.finditer(text):
        number = re.sub("[ -]", "", match[0]).upper()
        if _day(number[6:10], number[10:12], number[12:14]) is not None:
            return number, match.span()
    return None


def id_check_holds(number: str) -> bool:
    """Return whether the last place of an identity number follows from the others (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number, strict=False))
    return _ID_CHECKS[total % 11] == number[-1]


def yuan(fen: int) -> str:
    """Return fen as decimal yuan, such as 1234.50."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02}"


def _fen(body: str) -> int:
    digits = body.replace(" ", "")
    whole, dot, cents = digits.rpartition(".")
    if not dot or len(cents) > 2:
        return 100 * int(re.sub(r"\D", "", digits))
    return 100 * int(re.sub(r"\D", "", whole)) + int(cents.ljust(2, "0"))


def _without_dates(text: str) -> str:
    for _, (start, end) in dates_in(text):
        text = text[:start] + "年" * (end - start) + text[end:]
    return text


def _capital_number(text: str) -> int:
    total = section = digit = 0
    for letter in text:
        if letter in _CAPITAL_DIGITS:
            digit = _CAPITAL_DIGITS[letter]
        elif letter in _CAPITAL_UNITS:
            section += (digit or 1) * _CAPITAL_UNITS[letter]
            digit = 0
        elif letter in "万亿":
            total = (total + section + digit) * (10_000 if letter == "万" else 100_000_000)
            section = digit = 0
    return total + section + digit


def _han_year(text: str) -> str:
    digits = "".join(_HAN_DIGITS[letter] for letter in text)
    return digits if len(digits) == 4 else f"{digits[0]}0{digits[1:]}"


def _han_number(text: str) -> int:
    before, ten, after = text.partition("十")
    if not ten:
        return int(_HAN_DIGITS[text]) if len(text) == 1 else 0
    tens = int(_HAN_DIGITS[before]) if before else 1
    return 10 * tens + (int(_HAN_DIGITS[after]) if after else 0)


def _day(year: str, month: int | str, day: int | str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _named(year: str, name: str, day: str) -> date | None:
    month = _MONTHS.get(name.lower())
    return None if month is None else _day(year, month, day)


_DATE_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]], ...] = (
    (_NUMERIC, lambda match: _day(match[1], match[2], match[3])),
    (_HAN, lambda match: _day(_han_year(match[1]), _han_number(match[2]), _han_number(match[3]))),
    (_DAY_FIRST, lambda match: _named(match[3], match[2], match[1])),
    (_MONTH_FIRST, lambda match: _named(match[3], match[1], match[2])),
    (_SLASHED, lambda match: _day(match[3], match[2], match[1])),
    (_HALF_MARKED, lambda match: _day(match[1], match[2], match[3])),
    (_COMPACT, lambda match: _day(match[1], match[2], match[3])),
)
