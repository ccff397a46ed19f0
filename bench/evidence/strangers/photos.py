"""What a telephone makes of a page: leaning, turned, shaded, blurred, small, compressed."""

from io import BytesIO
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageFilter


def photo(image: Image.Image, seed: Random) -> Image.Image:
    """A hand-held photograph of the page on a table."""
    page = np.asarray(image)
    high, wide = page.shape[:2]
    pad = round(wide * seed.uniform(0.02, 0.1))
    table = np.random.default_rng(seed.randrange(2**32)).normal(
        seed.randrange(50, 170), 9, (high + 2 * pad, wide + 2 * pad, 3)
    )
    table[..., 2] *= seed.uniform(0.8, 1.0)
    table = cv2.GaussianBlur(np.clip(table, 0, 255).astype(np.uint8), (0, 0), 2)
    table[pad : pad + high, pad : pad + wide] = page
    high, wide = table.shape[:2]
    lean = 0.035 * wide
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    near = flat + np.array([[seed.uniform(-lean, lean) for _ in "xy"] for _ in flat], np.float32)
    shot = cv2.warpPerspective(
        table,
        cv2.getPerspectiveTransform(flat, near),
        (wide, high),
        borderMode=cv2.BORDER_REPLICATE,
    )
    angle = seed.choice((-1, 1)) * seed.uniform(0, 8 if seed.random() < 0.3 else 3.5)
    shot = cv2.warpAffine(
        shot, cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 0.93), (wide, high),
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    shot = _lit(shot, seed)
    blurred = Image.fromarray(shot).filter(ImageFilter.GaussianBlur(seed.uniform(0.2, 1.1)))
    noise = np.random.default_rng(seed.randrange(2**32)).normal(0, seed.uniform(2, 7), shot.shape)
    return Image.fromarray(np.clip(np.asarray(blurred) + noise, 0, 255).astype(np.uint8))


def _lit(shot: np.ndarray, seed: Random) -> np.ndarray:
    """Uneven light, and now and then the shadow of a hand or the phone."""
    high, wide = shot.shape[:2]
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    fall = 1 - seed.uniform(0.05, 0.35) * (
        np.hypot(x / wide - seed.random(), y / high - seed.random()) / 1.2
    )
    if seed.random() < 0.4:
        mask = np.zeros((high, wide), np.float32)
        corner = (seed.choice((0, wide)), seed.choice((0, high)))
        cv2.ellipse(mask, corner, (wide // 2, high // 2), 30, 0, 360, 1.0, -1)
        fall = fall * (1 - seed.uniform(0.15, 0.4) * cv2.GaussianBlur(mask, (0, 0), wide / 12))
    return np.clip(shot * fall[..., None] * seed.uniform(0.9, 1.05), 0, 255).astype(np.uint8)


def turned(image: Image.Image, seed: Random) -> Image.Image:
    """Now and then on its side or on its head, as phones save when the sensor errs."""
    draw = seed.random()
    return image.rotate(
        90 if draw < 0.05 else 270 if draw < 0.1 else 180 if draw < 0.14 else 0, expand=True
    )


def flatbed(image: Image.Image, seed: Random) -> Image.Image:
    """A scan: hardly turned, a little noise."""
    angle = seed.uniform(-1.2, 1.2)
    page = np.asarray(image.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white"), np.float32)
    noise = np.random.default_rng(seed.randrange(2**32)).normal(
        0, seed.uniform(0.8, 3.5), page.shape
    )
    return Image.fromarray(np.clip(page * seed.uniform(0.95, 1) + noise, 0, 255).astype(np.uint8))


def scanner_app(image: Image.Image, seed: Random) -> Image.Image:
    """A photograph that an app flattened and whitened."""
    grey = cv2.cvtColor(np.asarray(flatbed(image, seed)), cv2.COLOR_RGB2GRAY)
    light = cv2.medianBlur(cv2.resize(grey, None, fx=0.125, fy=0.125), 31)
    light = cv2.resize(light, (grey.shape[1], grey.shape[0]))
    white = np.clip(grey.astype(np.float32) / np.maximum(light, 1) * 250, 0, 255)
    return Image.fromarray(white.astype(np.uint8)).convert("RGB")


def saved(image: Image.Image, quality: int, **options: object) -> bytes:
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality, **options)
    return out.getvalue()


def sent(content: bytes, seed: Random) -> bytes:
    """What a chat program makes of a JPEG: smaller, and compressed again."""
    image = Image.open(BytesIO(content))
    share = seed.uniform(0.8, 1.0)
    small = image.resize([round(side * share) for side in image.size], Image.Resampling.LANCZOS)
    return saved(small, seed.randrange(60, 85))
