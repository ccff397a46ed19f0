"""Which kind of file a row of bytes is, told from the bytes alone."""

from codecs import getincrementaldecoder
from dataclasses import dataclass
from enum import StrEnum

import puremagic


class FileKind(StrEnum):
    """A kind of file that evidence may arrive in; the value is the usual ending."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """The registered media type, as an HTTP header names it."""
        return "application/pdf" if self is FileKind.PDF else f"image/{self.value}"


@dataclass(frozen=True, slots=True)
class Found:
    """What the bytes turned out to be: an accepted kind, or only words for the refusal."""

    kind: FileKind | None
    family: str
    words: tuple[str, str]
    """In English and in Chinese."""


_ENDINGS_BY_FAMILY = {
    "image": frozenset(
        {"jpg", "jpeg", "jfif", "pjpeg", "png", "webp", "heic", "heif", "avif", "gif", "bmp", "tif"}
        | {"tiff", "mpo"}
    ),
    "pdf": frozenset({"pdf"}),
    "page": frozenset({"html", "htm", "xhtml", "svg", "xml"}),
    "archive": frozenset({"zip", "docx", "xlsx", "pptx", "wps", "ofd", "apk", "jar", "odt"}),
    "text": frozenset({"txt", "csv", "md", "log", "json"}),
}

#: Heads of the kinds that are refused by name, so that a person reads what they chose.
_OTHER_HEADS: tuple[tuple[bytes, str, tuple[str, str]], ...] = (
    (b"GIF8", "image", ("a GIF picture", " GIF 动图")),
    (b"BM", "image", ("a BMP picture", " BMP 图片")),
    (b"II*\x00", "image", ("a TIFF picture", " TIFF 图片")),
    (b"MM\x00*", "image", ("a TIFF picture", " TIFF 图片")),
    (b"PK\x03\x04", "archive", ("an archive or an Office document", "压缩包或 Office 文档")),
    (b"PK\x05\x06", "archive", ("an empty archive", "空的压缩包")),
    (b"Rar!", "archive", ("an archive", "压缩包")),
    (b"7z\xbc\xaf", "archive", ("an archive", "压缩包")),
    (b"\x1f\x8b", "archive", ("an archive", "压缩包")),
    (b"\xd0\xcf\x11\xe0", "archive", ("an old Office document", "旧版 Office 文档")),
    (b"MZ", "program", ("a program", "可执行程序")),
    (b"\x7fELF", "program", ("a program", "可执行程序")),
    (b"#!", "program", ("a script", "脚本程序")),
)
_APPLE = ("an Apple HEIC picture", "苹果 HEIC 照片（可在“设置-相机-格式”里选“兼容性最佳”后重拍）")
_BLANKS_MAX = 32
_PAGE_HEADS = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<?xml", b"<svg", b"<!--")


def sniff(content: bytes) -> Found:
    """Return what `content` is, from its first bytes; its name plays no part.

    The head of an accepted kind must stand at the very first byte, save for a few blanks before
    a PDF: one that starts later is two files in one, and is reported as what it starts with.
    """
    kind = _accepted(content)
    if kind is not None:
        word = kind.value.upper()
        return Found(kind, family_of_kind(kind), (f"a {word} file", f" {word} 文件"))
    if content[4:8] == b"ftyp":
        return _container(content)
    for head, family, words in _OTHER_HEADS:
        if content.startswith(head):
            return Found(None, family, words)
    if content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_HEADS):
        return Found(None, "page", ("a web page or drawing", "网页或矢量图文件"))
    return _by_library(content)


def family_of_kind(kind: FileKind) -> str:
    """Return “pdf” or “image”: within a family a wrong ending is an honest slip."""
    return "pdf" if kind is FileKind.PDF else "image"


def family_of_ending(ending: str) -> str:
    """Return the family the ending belongs to, or the ending itself when it has none."""
    for family, endings in _ENDINGS_BY_FAMILY.items():
        if ending in endings:
            return family
    return ending


def _accepted(content: bytes) -> FileKind | None:
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind.WEBP
    head = content[:_BLANKS_MAX].lstrip(b"\xef\xbb\xbf \r\n\t")
    return FileKind.PDF if head.startswith(b"%PDF-") else None


def _container(content: bytes) -> Found:
    if content[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim"}:
        return Found(None, "image", _APPLE)
    if content[8:12] in {b"avif", b"avis"}:
        return Found(None, "image", ("an AVIF picture", " AVIF 图片"))
    return Found(None, "video", ("a video", "视频"))


def _by_library(content: bytes) -> Found:
    """Return a name for a kind this module does not know, from puremagic's table of heads."""
    if _is_text(content):
        return Found(None, "text", ("plain text", "纯文本"))
    try:
        ending = puremagic.from_string(content[:4096]).lstrip(".")
    except (puremagic.PureError, ValueError):
        ending = ""
    if not ending:
        return Found(None, "unknown", ("of a kind nobody here knows", "无法识别的格式"))
    return Found(None, family_of_ending(ending), (f"a .{ending} file", f" .{ending} 文件"))


def _is_text(content: bytes) -> bool:
    head = content[:4096]
    if b"\x00" in head:
        return False
    try:
        getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
