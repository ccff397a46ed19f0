"""Ways to set a content on a page; every kind can come in several of them."""

from random import Random

from bench.evidence.contents import Content
from bench.evidence.people import written
from bench.evidence.sheets import Seal, Sheet, jitter


def laid_out(made: Content, seed: Random) -> Sheet:
    ways = [_form, _form, _pairs, _grid, _stacked, _gap]
    if made.prose and seed.random() < 0.5:
        ways = [_prose]
    sheet = Sheet(ground=seed.choice(("#ffffff", "#ffffff", "#fdfcf7", "#f7f8fa")))
    family = seed.choice(("sans", "serif"))
    way = seed.choice(ways)
    _signature(sheet, made, seed, way(sheet, made, seed, family), family)
    return sheet


def _heading(sheet: Sheet, made: Content, seed: Random, family: str) -> float:
    y = jitter(seed, 22, 5)
    issuer_above = made.kind != "invoice" and seed.random() < 0.6
    colour = "#b01818" if made.kind == "invoice" and seed.random() < 0.5 else "#111111"
    if issuer_above:
        sheet.write(
            105, y, made.issuer, size=5.6, font=f"{family}-bold", align="center", field="issuer"
        )
        y += 11
    title = "　".join(made.title) if len(made.title) < 5 and seed.random() < 0.3 else made.title
    sheet.write(
        105,
        y,
        title,
        size=jitter(seed, 7, 0.8),
        font=f"{family}-bold",
        align="center",
        colour=colour,
    )
    return y + 18


def _label(label: str, seed: Random, made: Content) -> str:
    if made.language == "zh" and len(label) == 2 and seed.random() < 0.25:
        return label[0] + "　　"[: seed.randrange(1, 3)] + label[1]
    return label


def _colon(made: Content, seed: Random) -> str:
    return seed.choice(("：", "：", ": ", ":")) if made.language == "zh" else ": "


def _form(sheet: Sheet, made: Content, seed: Random, family: str) -> float:
    y, colon, step = _heading(sheet, made, seed, family), _colon(made, seed), jitter(seed, 10, 1.5)
    size = jitter(seed, 4.3, 0.5)
    for label, text, name in made.rows:
        word = _label(label, seed, made) + colon
        sheet.write(25, y, word + text, size=size, font=family, field=name)
        y += step
    return _table(sheet, made, seed, y + 4, family)


def _gap(sheet: Sheet, made: Content, seed: Random, family: str) -> float:
    """Labels in one column and values in another, as boxes apart."""
    y, step, at = _heading(sheet, made, seed, family), jitter(seed, 10, 1.5), jitter(seed, 72, 8)
    colon = seed.choice(("：", "", "")) if made.language == "zh" else seed.choice((":", ""))
    for label, text, name in made.rows:
        sheet.write(25, y, label + colon, font=family)
        sheet.write(at, y, text, font=family, field=name)
        y += step
    return _table(sheet, made, seed, y + 4, family)


def _pairs(sheet: Sheet, made: Content, seed: Random, family: str) -> float:
    """Two to a row where there is room."""
    y, colon, left = _heading(sheet, made, seed, family), _colon(made, seed), True
    for label, text, name in made.rows:
        words = _label(label, seed, made) + colon + text
        long = sum(2 if ord(letter) > 255 else 1 for letter in words) > 40
        if long and not left:
            y, left = y + 10, True
        sheet.write(22 if left else 112, y, words, size=4, font=family, field=name)
        if long or not left:
            y, left = y + 10, True
        else:
            left = False
    return _table(sheet, made, seed, y + (4 if left else 14), family)


def _grid(sheet: Sheet, made: Content, seed: Random, family: str) -> float:
    """A ruled table, label and value side by side, two pairs to a row."""
    y, high = _heading(sheet, made, seed, family), 11
    cells, x = [(18, 50, 52, 104), (106, 140, 142, 194)], 0
    rows = list(made.rows)
    while rows:
        label, text, name = rows.pop(0)
        wide = sum(2 if ord(letter) > 255 else 1 for letter in text) > 22
        if wide and x == 1:
            sheet.box(104, y, 196, y + high)
            y, x = y + high, 0
        label_at, mid, value_at, end = cells[x]
        end = 194 if wide else end
        sheet.box(label_at - 2, y, mid, y + high)
        sheet.box(mid, y, end + 2 if end > 190 else end, y + high)
        sheet.write(label_at, y + 3, label, size=3.6, font=family)
        sheet.write(value_at, y + 3, text, size=3.6, font=family, field=name)
        y, x = (y + high, 0) if wide or x == 1 else (y, 1)
    return _table(sheet, made, seed, y + (high if x else 0) + 6, family)


def _stacked(sheet: Sheet, made: Content, seed: Random, family: str) -> float:
    """A row of labels above a row of values, four to a row."""
    y = _heading(sheet, made, seed, family)
    for start in range(0, len(made.rows), 3):
        for at, (label, text, name) in enumerate(made.rows[start : start + 3]):
            x = 18 + 60 * at
            sheet.write(x, y, label, size=3.4, font=family, colour="#444444")
            size = 3.8 if sum(2 if ord(c) > 255 else 1 for c in text) < 27 else 2.9
            sheet.write(x, y + 6, text, size=size, font=family, field=name)
        y += 16
    return _table(sheet, made, seed, y + 4, family)


def _prose(sheet: Sheet, made: Content, seed: Random, family: str) -> float:
    y, size = _heading(sheet, made, seed, family), 4.6
    letters, line = 0, ""
    lines: list[str] = []
    text = ("　　" if made.language == "zh" else "") + made.prose
    pieces = list(text) if made.language == "zh" else [word + " " for word in text.split()]
    for piece in pieces:
        long = sum(2 if ord(letter) > 255 else 1 for letter in piece)
        if letters + long > 66 and piece not in "，。）":
            lines.append(line)
            letters, line = 0, ""
        line, letters = line + piece, letters + long
    for one in [*lines, line]:
        sheet.write(24, y, one.rstrip(), size=size, font=family, field="prose")
        y += 10
    made.truth["issue_date"] = made.issued.isoformat()
    made.truth["id_number"] = made.person.id_number
    y += 12
    sheet.write(
        125,
        y,
        made.issuer + seed.choice(("", "（盖章）") if made.language == "zh" else ("",)),
        font=family,
        field="issuer",
    )
    sheet.write(135, y + 10, written(made.issued, made.dates), font=family, field="issue_date")
    sheet.seals.append(Seal(148, y + 4, 17, "演示"))
    return -1


def _table(sheet: Sheet, made: Content, seed: Random, y: float, family: str) -> float:
    if not made.table:
        return y
    columns = len(made.table[0])
    left, right = 20, 190
    step = (right - left) / columns
    high = min(9.0, (255 - y) / max(1, len(made.table)))
    ruled = seed.random() < 0.6
    for row_at, row in enumerate(made.table):
        top = y + row_at * high
        if ruled:
            sheet.box(left - 2, top, right + 2, top + high)
        for at, cell in enumerate(row):
            if not cell:
                continue
            numeric = at >= 2 or (columns == 3 and at >= 1)
            size = min(3.5, high * 0.5)
            x = left + step * (at + 1) - 3 if numeric else left + step * at
            sheet.write(
                x,
                top + high * 0.2,
                cell,
                size=size,
                font=family,
                align="right" if numeric else "left",
                field=f"cell{row_at}.{at}",
            )
    return y + len(made.table) * high + 4


def _signature(sheet: Sheet, made: Content, seed: Random, y: float, family: str) -> None:
    if y < 0:
        return
    shown = any(text.field == "issuer" or made.issuer in text.text for text in sheet.texts)
    if not shown or seed.random() < 0.5:
        y = min(y + 8, 272)
        sheet.write(120, y, made.issuer, size=4.2, font=family, field="issuer")
        if seed.random() < 0.75 and made.kind != "wage_slip":
            sheet.seals.append(Seal(jitter(seed, 140, 8), y + 1, 16, "演示"))
    elif seed.random() < 0.5:
        covered = seed.choice(sheet.texts[1:6])
        sheet.seals.append(Seal(jitter(seed, 120, 30), covered.y + 4, 16, "演示"))
