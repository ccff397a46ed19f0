"""PDFs that would act, hide, unpack without end, or lie about themselves."""

import zlib

from corpus import ACCEPTED, BROKEN, MARKER, SCRIPT, Hostile, fixed
from pictures import ARCHIVE

from papers import flate, object_stream, pdf, stream, written, zeros
from tideover.evidence import (
    ActiveContent,
    EncryptedPdf,
    NotWhatItSays,
    TooManyPages,
    UnreadableFile,
)

EMPTY_CONTENT = b"<</Length 0>>stream\n\nendstream"
JAVASCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def with_page(extra_of_page, *, extra=()):
    return pdf(extra=extra).replace(b"/Contents 3 0 R", b"/Contents 3 0 R" + extra_of_page)


def with_content(body):
    return pdf().replace(EMPTY_CONTENT, body)


def annotation(body):
    return with_page(b"/Annots[500 0 R]", extra=[b"<</Type/Annot/Rect[0 0 9 9]" + body + b">>"])


def flate_twice(megabytes):
    once = zlib.compress(zlib.compress(bytes(megabytes * 1024 * 1024), 9), 9)
    return with_content(stream(once, b"/Filter[/FlateDecode/FlateDecode]"))


def huge_picture():
    facts = b"/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    body = flate(bytes(1000), b"/Type/XObject" + facts)
    page = with_page(b"", extra=[body])
    page = page.replace(b"/Font<</F1 4 0 R>>", b"/XObject<</X 500 0 R>>")
    return page.replace(EMPTY_CONTENT, stream(b"q 300 0 0 400 0 0 cm /X Do Q"))


def calls_itself():
    body = stream(
        b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 500 0 R>>>>"
    )
    page = with_page(b"", extra=[body]).replace(b"/Font<</F1 4 0 R>>", b"/XObject<</X 500 0 R>>")
    return page.replace(EMPTY_CONTENT, stream(b"/X Do"))


def page_tree_in_a_circle():
    return written(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 3/Kids[5 0 R]>>",
            5: b"<</Type/Pages/Count 3/Kids[2 0 R]/Parent 2 0 R>>",
        }
    )


def index_in_a_circle():
    content = pdf()
    at = content.rindex(b"xref\n0 1")
    return content.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at)


def of_size(box):
    return pdf().replace(b"/MediaBox[0 0 300 400]", b"/MediaBox[%s]" % box)


def replaced():
    return pdf(catalog=b"/OpenAction" + JAVASCRIPT) + pdf()


def runs(length):
    return with_content(stream(b"\x81A" * length, b"/Filter/RunLengthDecode"))


ACTS_ON_OPENING = tuple(
    Hostile(f"{name}.pdf", lambda catalog=catalog: pdf(catalog=catalog), ActiveContent)
    for name, catalog in {
        "script": b"/OpenAction" + JAVASCRIPT,
        "script-escaped": b"/OpenAction<</S/J#61vaScript/J#53(x)>>",
        "script-all-escaped": b"/#4fpenAction<</S/#4A#61#76#61#53#63#72#69#70#74/JS(x)>>",
        "script-spaced": b"/OpenAction\r\n<<\t/S\n/JavaScript\n/JS\n(x)>>",
        "script-named": b"/Names<</JavaScript<</Names[(a)" + JAVASCRIPT + b"]>>>>",
        "on-closing": b"/AA<</WC" + JAVASCRIPT + b">>",
        "launch": b"/OpenAction<</S/Launch/F(cmd.exe)>>",
        "launch-win": b"/OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>>",
        "phones-home": b"/OpenAction<</S/URI/URI(http://127.0.0.1/x)>>",
        "elsewhere": b"/OpenAction<</S/GoToR/F(//host/share/x.pdf)/D[0/Fit]>>",
        "sends": b"/OpenAction<</S/SubmitForm/F(http://127.0.0.1/)>>",
        "imports": b"/OpenAction<</S/ImportData/F(x.fdf)>>",
        "form": b"/AcroForm<</XFA[(template) 3 0 R]>>",
        "carries": b"/Names<</EmbeddedFiles<</Names[(x.exe)<</Type/Filespec/F(x.exe)>>]>>>>",
    }.items()
)

ACTS = (
    *ACTS_ON_OPENING,
    Hostile("packed.pdf", lambda: pdf(extra=[object_stream(JAVASCRIPT)]), ActiveContent),
    Hostile("packed-carrier.pdf", lambda: pdf(extra=[object_stream(b"<</Type/EmbeddedFile>>")]),
            ActiveContent),
    Hostile("page-opens.pdf", lambda: with_page(b"/AA<</O" + JAVASCRIPT + b">>"), ActiveContent),
    Hostile("link.pdf", lambda: annotation(b"/Subtype/Link/A" + JAVASCRIPT), ActiveContent),
    Hostile("clip.pdf", lambda: annotation(b"/Subtype/FileAttachment/FS(x)"), ActiveContent),
    Hostile("film.pdf", lambda: annotation(b"/Subtype/RichMedia"), ActiveContent),
    Hostile("replaced.pdf", replaced, ActiveContent),
    fixed("archive.pdf", pdf() + ARCHIVE, ActiveContent),
)  # fmt: skip

HIDES = (
    Hostile("locked.pdf", lambda: pdf(trailer=b"/Encrypt 9 0 R"), EncryptedPdf),
    Hostile("locked-inline.pdf",
            lambda: pdf(trailer=b"/Encrypt<</Filter/Standard>>"), EncryptedPdf),
    Hostile("locked-active.pdf",
            lambda: pdf(trailer=b"/Encrypt 9 0 R", catalog=b"/OpenAction" + JAVASCRIPT),
            EncryptedPdf),
    Hostile("packed-otherwise.pdf",
            lambda: pdf(extra=[stream(b"80>", b"/Type/ObjStm/N 1/First 4/Filter/ASCIIHexDecode")]),
            UnreadableFile),
    fixed("behind-html.pdf", b"<html>" + SCRIPT + pdf(), NotWhatItSays),
    fixed("behind-gif.pdf", b"GIF89a" + pdf(), NotWhatItSays),
    fixed("behind-junk.pdf", b"junk\n" + pdf(), NotWhatItSays),
    fixed("before-html.pdf", pdf() + SCRIPT, ACCEPTED),
    fixed("says.pdf", pdf(content=b"BT /F1 9 Tf (" + MARKER + b") Tj ET"), ACCEPTED),
)  # fmt: skip

HEAVY = (
    Hostile("bomb.pdf", lambda: with_content(zeros(600)), BROKEN),
    Hostile("bomb-twice.pdf", lambda: flate_twice(100), ACCEPTED),
    Hostile("runs.pdf", lambda: runs(2_000_000), ACCEPTED),
    Hostile("bomb-packed.pdf",
            lambda: pdf(extra=[flate(bytes(80_000_000), b"/Type/ObjStm/N 1/First 4")]), BROKEN),
    Hostile("many.pdf", lambda: pdf(pages=400), TooManyPages),
    Hostile("huge-picture.pdf", huge_picture, ACCEPTED),
    Hostile("huge-page.pdf", lambda: of_size(b"0 0 9000000 9000000"), ACCEPTED),
    Hostile("thin-page.pdf", lambda: of_size(b"0 0 14400 1"), ACCEPTED),
)  # fmt: skip

LIES = (
    fixed("head.pdf", b"%PDF-1.7", UnreadableFile),
    fixed("junk.pdf", b"%PDF-1.7\n" + b"\xde\xad\xbe\xef" * 500, UnreadableFile),
    fixed("half.pdf", pdf()[:180], UnreadableFile),
    Hostile("no-pages.pdf", lambda: pdf(pages=0), BROKEN),
    Hostile("circle.pdf", page_tree_in_a_circle, BROKEN),
    Hostile("index-circle.pdf", index_in_a_circle, ACCEPTED),
    Hostile("calls-itself.pdf", calls_itself, ACCEPTED),
    Hostile("deep.pdf", lambda: pdf(catalog=b"/Deep" + b"[" * 100_000), ACCEPTED),
    Hostile("no-area.pdf", lambda: of_size(b"0 0 0 0"), ACCEPTED),
    Hostile("turned.pdf", lambda: of_size(b"300 400 0 0"), ACCEPTED),
    Hostile("not-numbers.pdf", lambda: of_size(b"/a (b) null <<>>"), ACCEPTED),
)

DOCUMENTS = ACTS + HIDES + HEAVY + LIES
