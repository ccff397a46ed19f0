"""Small files made in memory: photographs, PDFs, and what may be wrong with them."""

import zlib
from io import BytesIO

from PIL import Image


def picture(kind="JPEG", *, size=(320, 240), colour="white", **options):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def png_head(width, height):
    """The head of a PNG that promises so many pixels, and next to nothing behind it."""
    facts = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)
        for kind, body in ((b"IHDR", facts), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b""))
    )


def zeros(megabytes):
    """A packed stream that unpacks into that many megabytes."""
    packer = zlib.compressobj(1)
    blank = bytes(1024 * 1024)
    body = b"".join(packer.compress(blank) for _ in range(megabytes)) + packer.flush()
    return stream(body, b"/Filter/FlateDecode")


def pdf(*, pages=1, catalog=b"", extra=(), trailer=b"", content=b""):
    """A PDF with its own index; `catalog`, `extra` objects and `trailer` go in as they are."""
    kids = b" ".join(b"%d 0 R" % (10 + at) for at in range(pages))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        3: stream(content),
        4: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for at in range(pages):
        objects[10 + at] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 3 0 R"
            b"/Resources<</Font<</F1 4 0 R>>>>>>"
        )
    objects |= {500 + at: body for at, body in enumerate(extra)}
    return written(objects, trailer=trailer)


def stream(content, head=b""):
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), head, content)


def flate(content, head=b""):
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode" + head)


def written(objects, *, trailer=b""):
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    index = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, at)
    size = max(objects) + 1
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, index)
    return bytes(out)


def object_stream(*bodies, first_number=600):
    """The bodies packed into one object stream, as writers since PDF 1.5 do."""
    heads, text = [], b""
    for at, body in enumerate(bodies):
        heads.append(b"%d %d" % (first_number + at, len(text)))
        text += body + b" "
    head = b" ".join(heads) + b" "
    facts = b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(head))
    return flate(head + text, facts)
