"""Pictures that were worked on: one value of a page changed in pixels, then saved."""

from collections.abc import Callable
from io import BytesIO
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bench.evidence.strangers import drawing, photos
from bench.evidence.strangers.files import PHOTO, SCAN, SCREEN, File, Setting, png, setting, shot
from bench.evidence.strangers.pages import Mark
from bench.evidence.strangers.papers import Paper

WORTH = frozenset(
    [
        "name",
        "issue_date",
        "amount",
        "net",
        "gross",
        "closing_balance",
        "start_date",
        "end_date",
        "id_number",
        "number",
    ]
)


def target(put: Setting, seed: Random) -> Mark | None:
    found = [
        mark
        for mark in put.pages[0].marks
        if mark.field.split(" ")[0] in WORTH and sum(sign.isdigit() for sign in mark.text) >= 3
    ]
    return seed.choice(found) if found else None


def _digits(put: Setting, mark: Mark, seed: Random) -> tuple[int, int, tuple[int, int, int, int]]:
    """One digit of the mark, its place in the text and its box on the picture."""
    places = [at for at, sign in enumerate(mark.text) if sign.isdigit()]
    at = seed.choice(places[-6:])
    return at, int(mark.text[at]), _box(put, mark, at, at + 1)


def _box(put: Setting, mark: Mark, start: int, end: int) -> tuple[int, int, int, int]:
    set_in = drawing.face(put.font, mark.size * put.scale)
    x, y = mark.x * put.scale, mark.y * put.scale
    left, right = set_in.getlength(mark.text[:start]), set_in.getlength(mark.text[:end])
    _, top, _, bottom = set_in.getbbox(mark.text[start:end])
    return round(x + left), round(y + top) - 1, round(x + right) + 1, round(y + bottom) + 1


def other_digit(digit: int, seed: Random) -> str:
    return str((digit + seed.randrange(1, 9)) % 10)


Change = Callable[[Image.Image, Setting, Mark, Random], Image.Image | None]


def worked_on(change: Change, made: Paper, seed: Random, medium: str) -> File | None:
    """A JPEG from the scanner or phone, opened, changed in one place, and saved again."""
    put = setting(made, seed)
    mark = target(put, seed)
    if mark is None or len(put.pages) > 1:
        return None
    first = shot(put.picture(), seed, SCAN if medium != SCREEN else SCREEN)
    if medium != SCREEN:
        first = Image.open(BytesIO(photos.saved(first, seed.randrange(60, 95)))).convert("RGB")
    changed = change(first, put, mark, seed)
    if changed is None:
        return None
    content = (
        png(changed) if seed.random() < 0.25 else photos.saved(changed, seed.randrange(75, 96))
    )
    return File(content, made, medium, truth=dict(made.truth))


def _shade(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int]:
    left, top, right, bottom = box
    part = np.asarray(image)[max(0, top - 4) : bottom + 4, max(0, left - 4) : right + 4].reshape(
        -1, 3
    )
    red, green, blue = np.percentile(part, 80, axis=0)
    return round(red), round(green), round(blue)


def digit_moved(image: Image.Image, put: Setting, mark: Mark, seed: Random) -> Image.Image | None:
    """A digit copied from elsewhere on the page over another."""
    _, digit, box = _digits(put, mark, seed)
    wide, high = box[2] - box[0], box[3] - box[1]
    donors = []
    for other in put.pages[0].marks:
        if abs(other.size - mark.size) > 0.3:
            continue
        donors += [
            _box(put, other, at, at + 1)
            for at, sign in enumerate(other.text)
            if sign.isdigit() and int(sign) != digit
        ]
    donors = [
        one for one in donors if abs(one[1] - box[1]) > high or abs(one[0] - box[0]) > 3 * wide
    ]
    if not donors:
        return None
    left, top, right, bottom = seed.choice(donors)
    image.paste(image.crop((left, top, right, bottom)), (box[0], box[3] - (bottom - top)))
    return image


def value_moved(image: Image.Image, put: Setting, mark: Mark, seed: Random) -> Image.Image | None:
    """A whole run of digits copied from another line."""
    box = _box(put, mark, max(0, len(mark.text) - 6), len(mark.text))
    others = [
        other
        for other in put.pages[0].marks
        if other is not mark and sum(sign.isdigit() for sign in other.text[-6:]) >= 4
    ]
    if not others:
        return None
    other = seed.choice(others)
    left, top, right, bottom = _box(put, other, len(other.text) - 6, len(other.text))
    image.paste(image.crop((left - 2, top - 2, right + 2, bottom + 2)), (box[0] - 2, box[1] - 2))
    return image


def digit_retyped(image: Image.Image, put: Setting, mark: Mark, seed: Random) -> Image.Image:
    """One digit covered in the paper's shade and typed again in another font."""
    _, digit, box = _digits(put, mark, seed)
    draw = ImageDraw.Draw(image)
    draw.rectangle(box, fill=_shade(image, box))
    font = seed.choice([name for name in drawing.FACES if name != put.font])
    face = drawing.face(font, mark.size * put.scale)
    draw.text((box[0], mark.y * put.scale), other_digit(digit, seed), font=face, fill="#141414")
    return image


def whited_out(image: Image.Image, put: Setting, mark: Mark, seed: Random) -> Image.Image:
    """The end of the value under a white box, and typed again."""
    start = max(0, len(mark.text) - seed.randrange(4, 9))
    box = _box(put, mark, start, len(mark.text))
    text = "".join(other_digit(int(s), seed) if s.isdigit() else s for s in mark.text[start:])
    draw = ImageDraw.Draw(image)
    draw.rectangle((box[0] - 2, box[1] - 3, box[2] + 3, box[3] + 3), fill="white")
    face = drawing.face(put.font, mark.size * put.scale)
    draw.text((box[0], mark.y * put.scale), text, font=face, fill="black")
    return image


def pasted_in(image: Image.Image, put: Setting, mark: Mark, seed: Random) -> Image.Image:
    """A piece cut from another JPEG of the same office, saved at another quality."""
    start = max(0, len(mark.text) - seed.randrange(4, 9))
    left, top, right, bottom = _box(put, mark, start, len(mark.text))
    text = "".join(other_digit(int(s), seed) if s.isdigit() else s for s in mark.text[start:])
    donor = Image.new(
        "RGB", (right - left + 40, bottom - top + 40), _shade(image, (left, top, right, bottom))
    )
    face = drawing.face(put.font, mark.size * put.scale)
    ImageDraw.Draw(donor).text((20, 20 - top + mark.y * put.scale), text, font=face, fill="#181818")
    donor = photos.flatbed(donor, seed)
    donor = Image.open(BytesIO(photos.saved(donor, seed.randrange(30, 60)))).convert("RGB")
    image.paste(donor.crop((17, 17, donor.width - 17, donor.height - 17)), (left - 3, top - 3))
    return image


def blurred_in(image: Image.Image, put: Setting, mark: Mark, seed: Random) -> Image.Image:
    """A value smoothed away and typed over, the edges softened."""
    start = max(0, len(mark.text) - seed.randrange(4, 9))
    left, top, right, bottom = _box(put, mark, start, len(mark.text))
    box = (left - 4, top - 4, right + 4, bottom + 4)
    text = "".join(other_digit(int(s), seed) if s.isdigit() else s for s in mark.text[start:])
    patch = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), _shade(image, box))
    face = drawing.face(put.font, mark.size * put.scale)
    ImageDraw.Draw(patch).text((4, 4 - top + mark.y * put.scale), text, font=face, fill="#1a1a1a")
    image.paste(patch.filter(ImageFilter.GaussianBlur(0.8)), box[:2])
    return image


def healed(image: Image.Image, put: Setting, mark: Mark, seed: Random) -> Image.Image:
    """The old digits taken out by an inpainting brush, new ones typed on what it made."""
    start = max(0, len(mark.text) - seed.randrange(4, 9))
    left, top, right, bottom = _box(put, mark, start, len(mark.text))
    page = np.asarray(image).copy()
    mask = np.zeros(page.shape[:2], np.uint8)
    mask[top - 2 : bottom + 2, left - 2 : right + 2] = 255
    clean = Image.fromarray(cv2.inpaint(page, mask, 4, cv2.INPAINT_TELEA))
    text = "".join(other_digit(int(s), seed) if s.isdigit() else s for s in mark.text[start:])
    face = drawing.face(put.font, mark.size * put.scale)
    ImageDraw.Draw(clean).text((left, mark.y * put.scale), text, font=face, fill="#161616")
    return clean


def photoshopped(made: Paper, seed: Random, medium: str) -> File | None:
    """The program that saved it is named in the picture."""
    put = setting(made, seed)
    if len(put.pages) > 1:
        return None
    image, exif = (
        shot(put.picture(), seed, medium if medium in {PHOTO, SCAN} else SCAN),
        Image.Exif(),
    )
    exif[0x0131] = seed.choice(
        (
            "Adobe Photoshop CC 2019 (Windows)",
            "GIMP 2.10.34",
            "Snapseed 2.0",
            "MeituPic 9.8",
            "paint.net 5.0",
        )
    )
    return File(photos.saved(image, 90, exif=exif), made, SCAN, truth=dict(made.truth))
