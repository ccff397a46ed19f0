"""What other tools do to papers: to honest ones without harm, and to those that somebody forges."""

from collections.abc import Callable
from io import BytesIO
from random import Random

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from bench.evidence import people
from bench.evidence.strangers import drawing, files, photos, retouching
from bench.evidence.strangers.files import PDF, PHOTO, SCAN, File, Setting, setting
from bench.evidence.strangers.pages import Mark
from bench.evidence.strangers.papers import Paper

Way = Callable[[Paper, Random], File | None]
_CHAT_SIDE = 1_440


def chat(image: Image.Image, seed: Random) -> bytes:
    """What a chat program sends: no side longer than it likes, and about quality 70."""
    small = image.copy()
    small.thumbnail((_CHAT_SIDE, _CHAT_SIDE), Image.Resampling.LANCZOS)
    return photos.saved(small, seed.randrange(64, 78))


def _shown(put: Setting, seed: Random) -> Image.Image:
    """A photograph or a scan, out of its first compression."""
    image = files.shot(put.picture(), seed, seed.choice((PHOTO, SCAN)))
    return Image.open(BytesIO(photos.saved(image, seed.randrange(80, 95)))).convert("RGB")


def _pictured(make: Callable[[Image.Image, Random], bytes]) -> Way:
    def way(made: Paper, seed: Random) -> File | None:
        put = setting(made, seed)
        if len(put.pages) > 1:
            return None
        return File(make(_shown(put, seed), seed), made, PHOTO, truth=dict(made.truth))

    return way


# ---- honest -------------------------------------------------------------------------------------


def _glare(image: Image.Image, seed: Random) -> bytes:
    """A lamp that shines back from the paper."""
    high, wide = image.height, image.width
    spot = np.zeros((high, wide), np.float32)
    centre = (round(wide * seed.uniform(0.15, 0.85)), round(high * seed.uniform(0.1, 0.9)))
    axes = (round(wide * seed.uniform(0.06, 0.14)), round(wide * seed.uniform(0.04, 0.1)))
    cv2.ellipse(spot, centre, axes, seed.uniform(0, 90), 0, 360, 1.0, -1)
    spot = cv2.GaussianBlur(spot, (0, 0), wide * seed.uniform(0.015, 0.05))
    bright = np.asarray(image, np.float32) + 150 * spot[..., None] * seed.uniform(0.5, 1.0)
    lit = Image.fromarray(np.clip(bright, 0, 255).astype(np.uint8))
    return photos.saved(lit, seed.randrange(80, 93))


def _sharpened(image: Image.Image, seed: Random) -> bytes:
    sharp = image.filter(ImageFilter.UnsharpMask(seed.uniform(1, 2), seed.randrange(60, 140), 2))
    return photos.saved(sharp, seed.randrange(80, 93))


def _stamped(image: Image.Image, seed: Random) -> bytes:
    """With the time and the place that a camera program writes into its photographs."""
    draw, size = ImageDraw.Draw(image), round(image.width / 34)
    face = drawing.face("noto-sans", size)
    y = image.height - 4 * size
    for text in ("2026-11-18 14:32", "演示市演示区"):
        draw.text((size, y), text, font=face, fill="white", stroke_width=2, stroke_fill="#333333")
        y += round(1.5 * size)
    return photos.saved(image, seed.randrange(80, 93))


def _photographed_again(image: Image.Image, seed: Random) -> bytes:
    """Printed and photographed once more."""
    return photos.saved(photos.photo(image, seed), seed.randrange(70, 92))


def _cut_and_turned(image: Image.Image, seed: Random) -> bytes:
    """Cropped and straightened in the telephone's own album."""
    turned = image.rotate(seed.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor="#777777")
    wide, high = turned.size
    cut = turned.crop((wide // 40, high // 40, wide - wide // 40, high - high // 40))
    return photos.saved(cut, seed.randrange(80, 93))


def merged(made: Paper, seed: Random) -> File | None:
    """Two honest PDFs of two programs in one file, in the order in which they were got."""
    import pikepdf

    put = setting(made, seed)
    note = Setting([type(put.pages[0])(marks=[Mark(80, 90, "附件：无正文")])], "song", 2, "#ffffff")
    whole = pikepdf.new()
    for pages in (put.pages, note.pages):
        with pikepdf.open(BytesIO(drawing.printed(pages, seed))) as part:
            whole.pages.extend(part.pages)
    out = BytesIO()
    whole.save(out)
    return File(out.getvalue(), made, PDF, truth=dict(made.truth))


HONEST: dict[str, Way] = {
    "sent by a chat program": _pictured(chat),
    "glare": _pictured(_glare),
    "sharpened": _pictured(_sharpened),
    "stamped by the camera": _pictured(_stamped),
    "printed and photographed": _pictured(_photographed_again),
    "cut and straightened": _pictured(_cut_and_turned),
    "two PDFs merged": merged,
}


# ---- forged -------------------------------------------------------------------------------------


def _worked(change: retouching.Change, *, sent: bool = False) -> Way:
    """A scan that was changed in one place, and saved well or sent by a chat program."""

    def way(made: Paper, seed: Random) -> File | None:
        put = setting(made, seed)
        mark = retouching.target(put, seed)
        if mark is None or len(put.pages) > 1:
            return None
        first = files.shot(put.picture(), seed, SCAN)
        first = Image.open(BytesIO(photos.saved(first, seed.randrange(75, 95)))).convert("RGB")
        changed = change(first, put, mark, seed)
        if changed is None:
            return None
        content = chat(changed, seed) if sent else photos.saved(changed, seed.randrange(85, 96))
        return File(content, made, SCAN, truth=dict(made.truth))

    return way


def photographed_after(change: retouching.Change) -> Way:
    """Changed in a photograph that was taken from straight above, in uneven light."""

    def way(made: Paper, seed: Random) -> File | None:
        put = setting(made, seed)
        mark = retouching.target(put, seed)
        if mark is None or len(put.pages) > 1:
            return None
        page = np.asarray(put.picture(), np.float32)
        fall = np.linspace(seed.uniform(0.7, 0.9), 1, page.shape[1])[None, :, None]
        noise = np.random.default_rng(seed.randrange(2**32)).normal(0, 5, page.shape)
        shown = cv2.GaussianBlur(page * fall, (0, 0), 0.8) + noise
        first = Image.fromarray(np.clip(shown, 0, 255).astype(np.uint8))
        changed = change(first, put, mark, seed)
        if changed is None:
            return None
        return File(photos.saved(changed, 90), made, PHOTO, truth=dict(made.truth))

    return way


def digits_rewritten(made: Paper, seed: Random) -> File | None:
    """Digits of one value changed in the content stream, in the very font, and saved anew."""
    import pikepdf

    put = setting(made, seed)
    mark = retouching.target(put, seed)
    if mark is None or mark.field not in {"amount", "net", "gross", "closing_balance"}:
        return None
    with pikepdf.open(BytesIO(drawing.printed(put.pages, seed))) as document:
        page = document.pages[0]
        ascii_only = "".join(sign for sign in mark.text if sign.isascii()).strip()
        for step in pikepdf.parse_content_stream(page):
            if str(step.operator) != "Tj":
                continue
            said = bytes(step.operands[0])
            plain = said.replace(b"\x00", b"").decode("latin-1")
            if ascii_only and ascii_only[-5:] in plain:
                at = max(said.rfind(digit) for digit in b"0123456789")
                changed = bytearray(said)
                changed[at] = b"0123456789"[(said[at] - 48 + seed.randrange(1, 9)) % 10]
                new = _streamed(page, said, bytes(changed))
                page.Contents = document.make_stream(new)
                out = BytesIO()
                document.save(out)
                return File(out.getvalue(), made, PDF, truth=dict(made.truth))
    return None


def _streamed(page: object, old: bytes, new: bytes) -> bytes:
    import pikepdf

    steps = []
    for step in pikepdf.parse_content_stream(page):
        operands = [
            pikepdf.String(new) if str(step.operator) == "Tj" and bytes(one) == old else one
            for one in step.operands
        ]
        steps.append(pikepdf.ContentStreamInstruction(operands, step.operator))
    return pikepdf.unparse_content_stream(steps)


def one_digit_in_another_font(made: Paper, seed: Random) -> File | None:
    """One digit of a PDF covered by a white box, and another typed over it."""
    import pikepdf

    put = setting(made, seed)
    mark = retouching.target(put, seed)
    if mark is None or mark.field == "prose":
        return None
    content = drawing.printed(put.pages, seed)
    text = pypdfium2.PdfDocument(content)[0].get_textpage()
    found = text.search(mark.text, match_case=True).get_next()
    if found is None:
        return None
    at = max(place for place, sign in enumerate(mark.text) if sign.isdigit())
    left, low, right, up = text.get_charbox(found[0] + at)
    digit = retouching.other_digit(int(mark.text[at]), seed)
    drawn = (
        f"q 1 1 1 rg {left - 0.3:.1f} {low - 1:.1f} {right - left + 0.6:.1f} {up - low + 2:.1f} re "
        f"f 0 g BT /Odd {mark.size:.1f} Tf {left - 0.5:.1f} {low:.1f} Td ({digit}) Tj ET Q"
    ).encode()
    with pikepdf.open(BytesIO(content)) as document:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        document.pages[0].add_resource(font, pikepdf.Name.Font, pikepdf.Name("/Odd"))
        document.pages[0].contents_add(drawn)
        out = BytesIO()
        document.save(out)
    return File(out.getvalue(), made, PDF, truth=dict(made.truth))


def page_replaced(made: Paper, seed: Random) -> File | None:
    """The page with the value taken from another paper, of another person, between honest ones."""
    import pikepdf

    put = setting(made, seed)
    if "name" not in made.truth:
        return None
    pages = drawing.printed(put.pages, seed)
    whole = pikepdf.new()
    with pikepdf.open(BytesIO(pages)) as part:
        whole.pages.extend(part.pages)
    out = BytesIO()
    whole.save(out)
    file = File(out.getvalue(), made, PDF, truth=dict(made.truth))
    file.facts["name"] = people.person(seed).name
    return file


FORGED: dict[str, Way] = {
    "healed and typed over": _worked(retouching.healed),
    "healed in a photograph": photographed_after(retouching.healed),
    "piece of another JPEG": _worked(retouching.pasted_in),
    "piece in a photograph": photographed_after(retouching.pasted_in),
    "healed, then sent by a chat program": _worked(retouching.healed, sent=True),
    "whited out, then sent by a chat program": _worked(retouching.whited_out, sent=True),
    "piece of another, then sent": _worked(retouching.pasted_in, sent=True),
    "digits of a PDF rewritten": digits_rewritten,
    "one digit of a PDF covered": one_digit_in_another_font,
    "page of another person's PDF": page_replaced,
}
