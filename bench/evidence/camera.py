"""Making a clean picture look like a scan or a photograph."""

from io import BytesIO
from random import Random

import cv2
import numpy as np
from PIL import Image


def scanned(image: Image.Image, seed: Random) -> Image.Image:
    page = np.asarray(image).astype(np.float32)
    noise = np.random.default_rng(seed.randrange(2**32)).normal(
        0, seed.uniform(1.0, 3.0), page.shape
    )
    page = np.clip(page * seed.uniform(0.96, 1.0) + noise, 0, 255).astype(np.uint8)
    return Image.fromarray(page).rotate(
        seed.uniform(-0.6, 0.6), fillcolor="white", resample=Image.Resampling.BICUBIC
    )


def photographed(image: Image.Image, seed: Random) -> Image.Image:
    page = np.asarray(image)
    high, wide = page.shape[:2]
    border = round(0.06 * wide)
    table = np.array(
        [seed.randrange(60, 150), seed.randrange(60, 130), seed.randrange(50, 120)], np.uint8
    )
    desk = np.empty((high + 2 * border, wide + 2 * border, 3), np.uint8)
    desk[:] = table
    desk[border : border + high, border : border + wide] = page
    high, wide = desk.shape[:2]
    lean = 0.025 * wide
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    moved = corners + np.array(
        [[seed.uniform(-lean, lean) for _ in "xy"] for _ in corners], np.float32
    )
    desk = cv2.warpPerspective(
        desk,
        cv2.getPerspectiveTransform(corners, moved),
        (wide, high),
        borderValue=[int(t) for t in table],
    )
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), seed.uniform(-4, 4), 0.95)
    desk = cv2.warpAffine(desk, turn, (wide, high), borderValue=[int(t) for t in table])
    across = (
        np.linspace(seed.uniform(0.6, 0.95), 1.0, wide)
        if seed.random() < 0.5
        else np.linspace(1.0, seed.uniform(0.6, 0.95), wide)
    )
    down = np.linspace(seed.uniform(0.8, 1.0), seed.uniform(0.85, 1.0), high)
    light = (down[:, None] * across[None, :])[..., None] * np.array(
        [seed.uniform(0.92, 1.0), seed.uniform(0.92, 1.0), seed.uniform(0.82, 1.0)]
    )
    desk = np.clip(desk * light, 0, 255)
    desk = cv2.GaussianBlur(desk, (0, 0), seed.uniform(0.3, 1.0))
    desk = desk + np.random.default_rng(seed.randrange(2**32)).normal(
        0, seed.uniform(2, 6), desk.shape
    )
    return Image.fromarray(np.clip(desk, 0, 255).astype(np.uint8))


def jpeg(image: Image.Image, quality: int, **options: object) -> bytes:
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality, **options)
    return out.getvalue()


def png(image: Image.Image, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", **options)
    return out.getvalue()
