"""Ways to forge a document, and honest things that look a little like forging."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from random import Random

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

from bench.evidence import camera, people, sheets
from bench.evidence.contents import Content
from bench.evidence.layouts import laid_out
from bench.evidence.sheets import Sheet, Text

PHOTOGRAPH, SCAN, PDF = "photograph", "scan", "pdf"


@dataclass
class Made:
    """A file, what it truly says, and how it was made."""

    content: bytes
    truth: dict[str, str]
    made: Content
    medium: str
    way: str = ""
    """How it was tampered with; "" for an honest one."""
    facts: dict[str, str] = field(default_factory=dict)
    case: str = ""


Way = Callable[[Content, Random, str], Made | None]


def honest(made: Content, seed: Random, medium: str) -> Made:
    sheet = laid_out(made, seed)
    if medium == PDF:
        content = sheets.pdf(sheet)
        if seed.random() < 0.2:
            content = _metadata_saved(content)
    else:
        content = _saved(shot(sheets.picture(sheet), seed, medium), seed)
    return Made(content, dict(made.truth), made, medium)


def shot(image: Image.Image, seed: Random, medium: str) -> Image.Image:
    return camera.photographed(image, seed) if medium == PHOTOGRAPH else camera.scanned(image, seed)


def _saved(image: Image.Image, seed: Random) -> bytes:
    if seed.random() < 0.15:
        return camera.png(image)
    exif = Image.Exif()
    if seed.random() < 0.4:
        exif[0x0131] = seed.choice(("HarmonyOS 4.2", "iOS 18.1", "MIUI 14", "EPSON Scan 2"))
    content = camera.jpeg(image, seed.randrange(70, 95), exif=exif)
    if seed.random() < 0.25:  # sent through a chat program, which saves it again
        content = camera.jpeg(Image.open(BytesIO(content)), seed.randrange(65, 85))
    return content


def _metadata_saved(content: bytes) -> bytes:
    """The file with an update that adds metadata and changes nothing to see."""
    return appended(
        content, [(b"<</Producer(Demo Print Service)/ModDate(D:20261101120000Z)>>", b"/Info")]
    )


def appended(
    content: bytes, objects: list[tuple[bytes, bytes]], *, replaced: dict[int, bytes] | None = None
) -> bytes:
    """The file with a revision behind it: new objects named in the trailer, or replaced ones."""
    size = int(re.findall(rb"/Size\s+(\d+)", content)[-1])
    start = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    root = re.findall(rb"/Root\s+(\d+ \d+ R)", content)[-1]
    out, places, extra = bytearray(content.rstrip() + b"\n"), {}, b""
    for body, name in objects:
        places[size] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (size, body)
        extra += b"%s %d 0 R" % (name, size)
        size += 1
    for number, body in (replaced or {}).items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    begin = len(out)
    out += b"xref\n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d/Root %s/Prev %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        start,
        extra,
        begin,
    )
    return bytes(out)


# ---- what is false from the start: the paper was drawn wrong ------------------------------------


def other_name(made: Content, seed: Random, medium: str) -> Made:
    result = honest(made, seed, medium)
    result.facts["name"] = people.person(seed).name
    return result


def other_id(made: Content, seed: Random, medium: str) -> Made | None:
    if "id_number" not in made.truth:
        return None
    result = honest(made, seed, medium)
    result.facts["id_number"] = people.id_number(seed)
    return result


def broken_id(made: Content, seed: Random, medium: str) -> Made | None:
    if "id_number" not in made.truth:
        return None
    number = made.person.id_number
    _replace(made, number, people.wrong_id(number, seed))
    result = honest(made, seed, medium)
    result.facts["id_number"] = ""
    return result


def future_date(made: Content, seed: Random, medium: str) -> Made | None:
    return _redated(made, seed, medium, people.TODAY + timedelta(days=seed.randrange(2, 90)))


def stale_date(made: Content, seed: Random, medium: str) -> Made | None:
    return _redated(made, seed, medium, made.issued - timedelta(days=seed.randrange(400, 1200)))


def _redated(made: Content, seed: Random, medium: str, when: object) -> Made | None:
    if "issue_date" not in made.truth:
        return None
    from datetime import date

    assert isinstance(when, date)
    old = people.written(made.issued, made.dates)
    label = next((row for row in made.rows if row[2] == "issue_date"), None)
    if label is None:
        return None
    made.rows = [
        (a, people.written(when, made.dates) if n == "issue_date" else t, n)
        for a, t, n in made.rows
    ]
    made.truth["issue_date"] = when.isoformat()
    made.issued = when
    made.prose = ""
    return honest(made, seed, medium) if old else None


def wrong_sum(made: Content, seed: Random, medium: str) -> Made | None:
    name = {"wage_slip": "net", "invoice": "amount"}.get(made.kind)
    if name is None:
        return None
    fen = int(made.truth[name].replace(".", ""))
    other = fen + seed.choice((100_000, 200_000, 310_000, 77_700))
    made.rows = [
        (a, t.replace(people.money(fen), people.money(other)) if n == name else t, n)
        for a, t, n in made.rows
    ]
    made.truth[name] = people.yuan(other)
    return honest(made, seed, medium)


def wrong_balance(made: Content, seed: Random, medium: str) -> Made | None:
    if made.kind != "bank_statement":
        return None
    at = seed.randrange(2, len(made.table) - 1)
    row = list(made.table[at])
    fen = int(row[-1].replace(",", "").replace(".", "")) + seed.choice((100_000, 500_000, 90_000))
    row[-1] = people.money(fen)
    made.table[at] = row
    return honest(made, seed, medium)


# ---- what was done to the file ------------------------------------------------------------------


def _replace(made: Content, old: str, new: str) -> None:
    made.rows = [(a, t.replace(old, new), n) for a, t, n in made.rows]
    made.prose = made.prose.replace(old, new)
    for name, value in made.truth.items():
        if value == old:
            made.truth[name] = new


def _target(sheet: Sheet, seed: Random) -> Text | None:
    """A date, amount or name that a forger would change."""
    worth = (
        "issue_date",
        "amount",
        "net",
        "gross",
        "closing_balance",
        "start_date",
        "end_date",
        "id_number",
        "name",
    )
    found = [text for text in sheet.texts if text.field in worth]
    return seed.choice(found) if found else None


def _forged(text: str, seed: Random) -> str:
    digits = [at for at, letter in enumerate(text) if letter.isdigit()]
    if not digits:
        return text[:-2] + "伪造"
    at = digits[len(digits) // 2]
    return text[:at] + str((int(text[at]) + seed.randrange(1, 9)) % 10) + text[at + 1 :]


def saved_over(made: Content, seed: Random, _medium: str) -> Made | None:
    """A PDF to which a patch and other words were added in a later save."""
    sheet = laid_out(made, seed)
    target = _target(sheet, seed)
    if target is None:
        return None
    content = sheets.pdf(sheet)
    document = pypdfium2.PdfDocument(content)
    high = document[0].get_height()
    x, y = target.x / 25.4 * 72, high - (target.y + target.size) / 25.4 * 72
    size = target.size / 25.4 * 72
    digits = (
        "".join(letter for letter in _forged(target.text, seed) if letter.isascii()) or "2026-12-01"
    )
    page = re.search(rb"(\d+) 0 obj\s*<<[^>]*?/Type\s*/Page\b.*?endobj", content, re.DOTALL)
    if page is None:
        return None
    body = content[page.start() : page.end()].split(b"obj", 1)[1].rsplit(b"endobj", 1)[0].strip()
    contents = re.search(rb"/Contents\s+(\d+) 0 R", body)
    if contents is None:
        return None
    size_now = int(re.findall(rb"/Size\s+(\d+)", content)[-1])
    patch = f"{x + 30:.1f} {y - 2:.1f} {len(digits) * size * 0.6:.1f} {size * 1.2:.1f} re f Q"
    words = f"BT /Forged {size:.1f} Tf {x + 30:.1f} {y:.1f} Td ({digits}) Tj ET"
    drawn = f"q 1 1 1 rg {patch} {words}".encode()
    font = b"/Font<</Forged<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    body = body.replace(contents[0], b"/Contents[%s 0 R %d 0 R]" % (contents[1], size_now))
    if b"/Font" in body:
        body = re.sub(rb"/Font\s*<<", font, body, count=1)
    else:
        reference = re.search(rb"/Resources\s+(\d+) 0 R", body)
        if reference is None:
            return None
        resources = re.search(reference[1] + rb" 0 obj\s*(<<.*?>>)\s*endobj", content, re.DOTALL)
        if resources is None:
            return None
        body = body.replace(
            reference[0], b"/Resources " + re.sub(rb"/Font\s*<<", font, resources[1], count=1)
        )
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn)
    forged = appended(content, [(stream, b"/Demo")], replaced={int(page[1]): body})
    return Made(forged, dict(made.truth), made, PDF)


def painted_over(made: Content, seed: Random, _medium: str) -> Made | None:
    sheet = laid_out(made, seed)
    target = _target(sheet, seed)
    if target is None:
        return None
    cover = Text(target.x, target.y, _forged(target.text, seed), target.size, target.font)
    return Made(sheets.pdf(sheet, covers=(cover,)), dict(made.truth), made, PDF)


def other_font(made: Content, seed: Random, _medium: str) -> Made | None:
    sheet = laid_out(made, seed)
    target = _target(sheet, seed)
    if target is None or sum(letter.isdigit() for letter in target.text) < 4:
        return None
    at = sheet.texts.index(target)
    usual = sheets.FONTS[target.font][1]
    odd = "Noto Serif SC" if "Sans" in usual else "Noto Sans SC"
    return Made(sheets.pdf(sheet, fonts={at: odd}), dict(made.truth), made, PDF)


def editing_program(made: Content, seed: Random, medium: str) -> Made:
    image = shot(sheets.picture(laid_out(made, seed)), seed, SCAN if medium == PDF else medium)
    exif = Image.Exif()
    exif[0x0131] = seed.choice(
        ("Adobe Photoshop 24.0 (Windows)", "GIMP 2.10", "MeituPic 9.1", "PicsArt")
    )
    return Made(camera.jpeg(image, 88, exif=exif), dict(made.truth), made, SCAN)


def _on_picture(
    made: Content,
    seed: Random,
    change: Callable[[Image.Image, tuple[int, int, int, int], Sheet, Text], Image.Image | None],
) -> Made | None:
    """A scan in which the place of one value was changed in pixels, then saved."""
    sheet = laid_out(made, seed)
    target = _target(sheet, seed)
    if target is None:
        return None
    page = np.asarray(sheets.picture(sheet)).astype(np.float32)
    grain = np.random.default_rng(seed.randrange(2**32)).normal(
        0, seed.uniform(2.0, 4.5), page.shape
    )
    light = np.linspace(seed.uniform(0.8, 0.95), 1, page.shape[1])[None, :, None]
    scan = Image.fromarray(np.clip(page * light + grain, 0, 255).astype(np.uint8))
    changed = change(scan, sheets.bounds(target), sheet, target)
    if changed is None:
        return None
    content = (
        camera.jpeg(changed, seed.randrange(82, 95)) if seed.random() < 0.8 else camera.png(changed)
    )
    return Made(content, dict(made.truth), made, SCAN)


def pasted(made: Content, seed: Random, _medium: str) -> Made | None:
    def change(
        scan: Image.Image, box: tuple[int, int, int, int], _sheet: Sheet, target: Text
    ) -> Image.Image:
        left, top, right, bottom = box
        shade = tuple(
            int(v)
            for v in np.median(np.asarray(scan)[top:bottom, left:right].reshape(-1, 3), axis=0)
        )
        patch = Image.new("RGB", (right - left + 16, bottom - top + 12), shade)
        face = sheets.font_of(target.font, target.size)
        ImageDraw.Draw(patch).text((8, 2), _forged(target.text, seed), font=face, fill="#151515")
        scan.paste(patch, (left - 8, top - 2))
        return scan

    return _on_picture(made, seed, change)


def pasted_from_photo(made: Content, seed: Random, _medium: str) -> Made | None:
    def change(
        scan: Image.Image, box: tuple[int, int, int, int], _sheet: Sheet, target: Text
    ) -> Image.Image:
        left, top, right, bottom = box
        shade = np.median(np.asarray(scan)[top:bottom, left:right].reshape(-1, 3), axis=0)
        patch = np.empty((bottom - top + 14, right - left + 20, 3), np.float32)
        patch[:] = shade
        canvas = Image.fromarray(patch.astype(np.uint8))
        ImageDraw.Draw(canvas).text(
            (10, 3),
            _forged(target.text, seed),
            font=sheets.font_of(target.font, target.size),
            fill="#202020",
        )
        noisy = np.asarray(canvas).astype(np.float32) + np.random.default_rng(
            seed.randrange(2**32)
        ).normal(0, 14, patch.shape)
        scan.paste(Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)), (left - 10, top - 3))
        return scan

    return _on_picture(made, seed, change)


def copied(made: Content, seed: Random, _medium: str) -> Made | None:
    def change(
        scan: Image.Image, box: tuple[int, int, int, int], sheet: Sheet, target: Text
    ) -> Image.Image | None:
        others = [
            text
            for text in sheet.texts
            if text is not target
            and sum(c.isdigit() for c in text.text) >= 6
            and text.align == "left"
        ]
        if not others:
            return None
        source = sheets.bounds(seed.choice(others))
        wide = min(source[2] - source[0], 260)
        part = scan.crop((source[2] - wide, source[1], source[2], source[3]))
        scan.paste(part, (max(0, box[2] - wide), box[1]))
        return scan

    return _on_picture(made, seed, change)


#: Each way with the media it makes sense for.
WAYS: dict[str, tuple[Way, tuple[str, ...]]] = {
    "other name": (other_name, (PHOTOGRAPH, SCAN, PDF)),
    "other identity number": (other_id, (PHOTOGRAPH, SCAN, PDF)),
    "identity number fails its check": (broken_id, (SCAN, PDF, PHOTOGRAPH)),
    "date in the future": (future_date, (PHOTOGRAPH, SCAN, PDF)),
    "date out of range": (stale_date, (PHOTOGRAPH, SCAN, PDF)),
    "sum does not come out": (wrong_sum, (PHOTOGRAPH, SCAN, PDF)),
    "balance does not follow": (wrong_balance, (SCAN, PDF, PHOTOGRAPH)),
    "changed in a later save": (saved_over, (PDF,)),
    "painted over": (painted_over, (PDF,)),
    "other font": (other_font, (PDF,)),
    "saved by an editing program": (editing_program, (SCAN,)),
    "smooth patch": (pasted, (SCAN,)),
    "patch from another photograph": (pasted_from_photo, (SCAN,)),
    "copied within the page": (copied, (SCAN,)),
}
