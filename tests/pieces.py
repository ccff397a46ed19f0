"""Lines of a page made by hand, as a reader would return them."""

from tideover.evidence.reading import Line, Where, document_of

PAGE = (1_240, 1_754)


def line(text, left=100, top=100, *, sure=1000, height=30, page=1):
    """A line whose letters are as wide as they are tall, half that for Latin ones."""
    wide = sum(height if ord(letter) > 255 else height // 2 for letter in text)
    right, bottom = left + wide, top + height
    where = Where(
        page,
        1000 * left // PAGE[0],
        1000 * top // PAGE[1],
        1000 * right // PAGE[0],
        1000 * bottom // PAGE[1],
    )
    return Line(text, left, top, right, bottom, where, sure)


def page(*texts, sure=1000):
    """Texts under each other; a tuple is a row of cells."""
    lines = []
    for at, row in enumerate(texts):
        cells = row if isinstance(row, tuple) else (row,)
        lines += [
            line(cell, 100 + 280 * column, 100 + 60 * at, sure=sure)
            for column, cell in enumerate(cells)
            if cell
        ]
    return tuple(lines)


def values(*texts, sure=1000):
    """The fields of a page, by name."""
    return {name: field.value for name, field in read(*texts, sure=sure).fields.items()}


def read(*texts, sure=1000):
    return document_of(page(*texts, sure=sure))
