"""Pictures, and what pretends to be one."""

import zlib
from io import BytesIO

from corpus import ACCEPTED, BROKEN, MARKER, SCRIPT, Hostile, fixed
from PIL import Image, PngImagePlugin

from papers import pdf, picture, png_head
from tideover.evidence import (
    ActiveContent,
    EmptyFile,
    KindNotAccepted,
    NotWhatItSays,
    PixelFlood,
    TooLarge,
    UnreadableFile,
)

ARCHIVE = b"PK\x03\x04" + bytes(26) + MARKER + b"PK\x05\x06" + bytes(18)
EXIF_ORIENTATION, EXIF_COMMENT, EXIF_GPS = 0x0112, 0x9286, 0x8825


def with_exif():
    exif = Image.Exif()
    exif[EXIF_COMMENT] = MARKER
    exif.get_ifd(EXIF_GPS)[2] = (39.0, 54.0, 20.0)
    return picture(exif=exif)


def with_text(*, packed=False):
    facts = PngImagePlugin.PngInfo()
    facts.add_text("Comment", SCRIPT.decode() if not packed else "A" * 3_000_000, zip=packed)
    return picture("PNG", pnginfo=facts)


def animated(kind):
    out = BytesIO()
    frames = [Image.new("RGB", (60, 60), (shade, 0, 0)) for shade in range(40)]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def jpeg_of(width, height):
    """A JPEG whose frame header was rewritten to promise another size."""
    content = bytearray(picture(size=(16, 16)))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = height.to_bytes(2) + width.to_bytes(2)
    return bytes(content)


def webp_of(side):
    frame = picture("WEBP", size=(16, 16))[12:]
    head = b"VP8X" + (10).to_bytes(4, "little") + bytes(4)
    head += (side - 1).to_bytes(3, "little") * 2
    body = b"WEBP" + head + frame
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def broken_png():
    content = bytearray(picture("PNG", size=(400, 400), colour="teal"))
    content[content.index(b"IDAT") + 40] ^= 0xFF
    return bytes(content)


WRONG_KINDS = (
    fixed("empty.jpg", b"", EmptyFile),
    fixed("", b"", EmptyFile),
    fixed("dot.png", b".", NotWhatItSays),
    fixed("blank.jpg", b" \r\n\t " * 50, NotWhatItSays),
    Hostile("zeros.png", lambda: bytes(1_000_000), NotWhatItSays),
    Hostile("huge.jpg", lambda: bytes(20 * 1024 * 1024 + 1), TooLarge),
    fixed("page.jpg", b"<!DOCTYPE html>" + SCRIPT, NotWhatItSays),
    fixed("page.png", b"\xef\xbb\xbf  <HTML>" + SCRIPT, NotWhatItSays),
    fixed("page.html", b"<html>" + SCRIPT, KindNotAccepted),
    fixed("drawing.jpg", b"<svg onload='alert(1)'>" + SCRIPT, NotWhatItSays),
    fixed("drawing.svg", b"<?xml version='1.0'?><svg>" + SCRIPT, KindNotAccepted),
    fixed("entity.xml", b"<?xml?><!DOCTYPE x [<!ENTITY a 'aa'>]>", KindNotAccepted),
    fixed("shell.jpg", b"<?php system($_GET['c']); ?>", NotWhatItSays),
    fixed("run.png", b"#!/bin/sh\nrm -rf /\n", NotWhatItSays),
    fixed("photo.jpg.exe", b"MZ\x90\x00" + bytes(200), NotWhatItSays),
    fixed("photo.jpg", b"MZ\x90\x00" + bytes(200), NotWhatItSays),
    fixed("photo", b"\x7fELF" + bytes(200), KindNotAccepted),
    fixed("letter.docx", ARCHIVE, KindNotAccepted),
    fixed("letter.jpg", ARCHIVE, NotWhatItSays),
    fixed("bomb.zip", b"PK\x03\x04" + zlib.compress(bytes(10_000_000)), KindNotAccepted),
    fixed("bomb.gz", b"\x1f\x8b\x08" + bytes(20), NotWhatItSays),
    fixed("old.rar", b"Rar!\x1a\x07\x00", NotWhatItSays),
    fixed("old.doc", b"\xd0\xcf\x11\xe0" + bytes(500), NotWhatItSays),
    fixed("script.gif", b"GIF89a/*" + MARKER + b"*/=1;alert(1)", KindNotAccepted),
    fixed("script.jpg", b"GIF89a/*" + MARKER + b"*/=1;alert(1)", KindNotAccepted),
    fixed("scan.tiff", b"II*\x00\x08\x00\x00\x00" + b"\xff" * 200, KindNotAccepted),
    fixed("scan.jpg", b"MM\x00*" + b"\xff" * 200, KindNotAccepted),
    fixed("scan.bmp", b"BM" + b"\xff" * 200, KindNotAccepted),
    fixed("IMG_1.heic", b"\x00\x00\x00\x18ftypheic" + bytes(60), KindNotAccepted),
    fixed("IMG_1.avif", b"\x00\x00\x00\x18ftypavif" + bytes(60), KindNotAccepted),
    fixed("clip.jpg", b"\x00\x00\x00\x18ftypisom" + bytes(60), NotWhatItSays),
    fixed("statement.pdf", picture(), NotWhatItSays),
    fixed("photo.png", pdf(), NotWhatItSays),
    fixed("print.pdf", b"%!PS-Adobe-3.0\n(x) run", NotWhatItSays),
)

DAMAGED = (
    fixed("half.jpg", picture(size=(600, 600), colour="teal")[:900], UnreadableFile),
    fixed("half.png", picture("PNG", size=(600, 600))[:300], UnreadableFile),
    fixed("half.webp", picture("WEBP", size=(600, 600), colour="teal")[:60], UnreadableFile),
    fixed("head.jpg", b"\xff\xd8\xff", UnreadableFile),
    fixed("head.png", b"\x89PNG\r\n\x1a\n", UnreadableFile),
    fixed("head.webp", b"RIFF\x00\x00\x00\x00WEBP", UnreadableFile),
    Hostile("crossed.png", broken_png, UnreadableFile),
    fixed("flood.png", png_head(50_000, 50_000), PixelFlood),
    fixed("longest.png", png_head(2**31 - 1, 1), PixelFlood),
    fixed("strip.png", png_head(30_000_000, 1), BROKEN),
    fixed("nothing.png", png_head(0, 0), BROKEN),
    Hostile("flood.jpg", lambda: jpeg_of(65_500, 65_500), PixelFlood),
    Hostile("flood.webp", lambda: webp_of(16_384), (PixelFlood, *BROKEN)),
    Hostile("words.png", lambda: with_text(packed=True), BROKEN),
)

NEUTRALISED = (
    fixed("archive.jpg", picture() + ARCHIVE, ActiveContent),
    fixed("archive.png", picture("PNG") + ARCHIVE, ActiveContent),
    fixed("tail.jpg", picture() + SCRIPT, ACCEPTED),
    fixed("tail.png", picture("PNG") + SCRIPT, ACCEPTED),
    fixed("comment.jpg", picture(comment=SCRIPT), ACCEPTED),
    Hostile("place.jpg", with_exif, ACCEPTED),
    Hostile("text.png", with_text, ACCEPTED),
    Hostile("many.png", lambda: animated("PNG"), ACCEPTED),
    Hostile("many.webp", lambda: animated("WEBP"), ACCEPTED),
    Hostile("large.png", lambda: picture("PNG", size=(5_000, 5_000)), ACCEPTED),
)

PICTURES = WRONG_KINDS + DAMAGED + NEUTRALISED
