"""Pictures, opened for real: every pixel is decoded once, and nothing but pixels is served."""

import struct
import warnings
import zlib
from io import BytesIO

from PIL import (
    Image,
    ImageFile,
    ImageOps,
    MpoImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from tideover.evidence.sandbox import Limits
from tideover.evidence.sandbox.answers import Refused

_FORMATS = ("JPEG", "PNG", "WEBP")
#: Modules that Pillow loads in the middle of a picture: Exif is laid out like a TIFF, and the
#: photographs of many phones are several JPEGs in one. They must be here before the doors close.
LOADED_EARLY = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
#: What Pillow raises for a damaged picture, depending on the format and the damage.
DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)
_ARCHIVE_END = b"PK\x05\x06"
_ARCHIVE_TAIL = 66_000
_CHECKED_SIDE = 1_000


def warm_up() -> None:
    """Load the decoders now, since no file can be opened later."""
    warnings.simplefilter("ignore")
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, checked before a pixel is decoded
    Image.preinit()


def inspect(content: bytes, *, limits: Limits) -> dict[str, object]:
    """Return width and height of the picture after decoding all of it.

    Raises:
        Refused: `too-many-pixels`, `unreadable`, or `active` when an archive is hidden behind it.
    """
    if ends_in_an_archive(content):
        raise Refused("active", found=["archive"])
    picture = picture_of(content, limits=limits)
    width, height = picture.size
    try:
        # A JPEG may be decoded at a part of its size: all of its bytes are still read.
        picture.draft(None, (_CHECKED_SIDE, _CHECKED_SIDE))
        picture.load()
    except DAMAGED:
        raise Refused("unreadable") from None
    return {"pages": 1, "width": width, "height": height}


def served_copy(content: bytes, *, limits: Limits) -> bytes:
    """Return the picture as a fresh JPEG: upright, on white, and without any metadata."""
    picture = picture_of(content, limits=limits)
    side, longest = limits.served_side_max, max(picture.size)
    wanted = tuple(length * side // longest for length in picture.size)
    try:
        # A JPEG may be decoded at a half or a quarter of its size, which is as much as is needed.
        picture.draft("RGB", (wanted[0], wanted[1]))
        picture.thumbnail((side, side))
        upright = ImageOps.exif_transpose(picture)
    except DAMAGED:
        raise Refused("unreadable") from None
    return as_jpeg(upright)


def page_picture(content: bytes, *, page: int, limits: Limits) -> bytes:
    """Return the picture itself: it has one page."""
    if page != 1:
        raise Refused("no-such-page", pages=1)
    return served_copy(content, limits=limits)


def as_jpeg(picture: Image.Image) -> bytes:
    """Return `picture` as JPEG bytes that hold pixels and nothing else."""
    out = BytesIO()
    on_white(picture).save(out, "JPEG", quality=88, optimize=False)
    return out.getvalue()


def on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in colours, on white where it is clear."""
    ground = Image.new("RGB", picture.size, "white")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground.paste(clear, mask=clear.getchannel("A"))
    else:
        ground.paste(picture.convert("RGB"))
    return ground


def ends_in_an_archive(content: bytes) -> bool:
    """Return whether the file is an archive as well, which is read from its end."""
    return _ARCHIVE_END in content[-_ARCHIVE_TAIL:]


def picture_of(content: bytes, *, limits: Limits) -> Image.Image:
    """Return the picture, its pixels not decoded yet.

    Raises:
        Refused: `unreadable` or `too-many-pixels`.
    """
    try:
        picture = Image.open(BytesIO(content), formats=_FORMATS)
    except (UnidentifiedImageError, *DAMAGED):
        raise Refused("unreadable") from None
    width, height = picture.size
    if width * height > limits.pixels_max:
        raise Refused("too-many-pixels", width=width, height=height)
    return picture
