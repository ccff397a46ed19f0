"""The programs that a picture names as its makers, in its Exif, XMP and text parts."""

import re
from io import BytesIO

from PIL import ExifTags, Image

from tideover.evidence.sandbox.pictures import DAMAGED

_TOOL = re.compile(
    rb"(?:CreatorTool|softwareAgent|Software|ProcessingSoftware)"
    rb"(?:=\"|>|\x00)([\x20-\x7e\x80-\xff]{2,80}?)(?:\"|<|\x00)"
)
_SEARCHED = 400_000
_NAMED_MAX = 8


def named_in(content: bytes) -> list[str]:
    """Return the programs that a picture names; each is a claim, and none may be true."""
    found = [match[1].decode("utf-8", "replace") for match in _TOOL.finditer(content[:_SEARCHED])]
    try:
        picture = Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
        exif = picture.getexif()
    except DAMAGED:
        return found[:_NAMED_MAX]
    for tag in (ExifTags.Base.Software, ExifTags.Base.ProcessingSoftware):
        value = exif.get(tag)
        if value:
            found.append(str(value).strip("\x00 "))
    found += [
        str(value)
        for key, value in picture.info.items()
        if str(key).lower() in {"software", "creator", "creator tool"}
    ]
    return list(dict.fromkeys(text[:80] for text in found))[:_NAMED_MAX]
