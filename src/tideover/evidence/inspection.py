"""Looking into an upload before it is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from tideover.evidence import refusals
from tideover.evidence.kinds import FileKind, Found, family_of_ending, sniff
from tideover.evidence.names import claimed_ending, display_name
from tideover.evidence.sandbox import DEFAULT_LIMITS, ChildFailed, Limits, ask

EVERY_KIND = frozenset(FileKind)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What an accepted file is, told from its content alone."""

    kind: FileKind
    name: str
    """The file's own name made safe to show; never a path."""
    size: int
    """In bytes."""
    pages: int
    width: int | None
    """In pixels; None for a document."""
    height: int | None

    @property
    def media_type(self) -> str:
        """The media type of the content, whatever the sender claimed."""
        return self.kind.media_type


def inspect(
    content: bytes,
    *,
    name: str,
    bytes_max: int,
    kinds: Collection[str] = EVERY_KIND,
    limits: Limits = DEFAULT_LIMITS,
) -> Sniffed:
    """Return what `content` is, after decoding it for real in a process of its own.

    `name` only decides whether the file is what it says; a wrong ending among pictures is an
    honest slip (chat programs do it) and passes. Nothing is written and nothing is fetched.

    Raises:
        EmptyFile, TooLarge, NotWhatItSays, KindNotAccepted, EncryptedPdf, ActiveContent,
        TooManyPages, PixelFlood, TooMuchToOpen, UnreadableFile: the first that applies, in
        this order.
    """
    shown = display_name(name)
    if not content:
        raise refusals.EmptyFile(shown)
    if len(content) > bytes_max:
        raise refusals.TooLarge(size=len(content), limit=bytes_max)
    kind = _accepted_kind(sniff(content), name=name, kinds=kinds)
    figures, _ = answer_of(content, task=("inspect", kind.value, "1"), name=shown, limits=limits)
    return Sniffed(
        kind=kind,
        name=shown,
        size=len(content),
        pages=cast("int", figures["pages"]),
        width=cast("int | None", figures.get("width")),
        height=cast("int | None", figures.get("height")),
    )


def answer_of(
    content: bytes, *, task: tuple[str, str, str], name: str, limits: Limits
) -> tuple[dict[str, object], bytes]:
    """Return the child's figures and the copy it made, or raise the refusal it named."""
    try:
        answer = ask(task, content, limits=limits)
    except ChildFailed:
        raise refusals.TooMuchToOpen(name) from None
    if "refused" in answer.figures:
        raise _refusal(answer.figures, name=name, limits=limits)
    return answer.figures, answer.content


def _accepted_kind(found: Found, *, name: str, kinds: Collection[str]) -> FileKind:
    ending = claimed_ending(name)
    if ending is not None and family_of_ending(ending) != found.family:
        raise refusals.NotWhatItSays(display_name(name), claimed=f".{ending}", found=found.words)
    if found.kind is None or found.kind not in kinds:
        raise refusals.KindNotAccepted(display_name(name), found=found.words)
    return found.kind


def _refusal(figures: dict[str, object], *, name: str, limits: Limits) -> refusals.FileRefused:
    match figures:
        case {"refused": "encrypted"}:
            return refusals.EncryptedPdf(name)
        case {"refused": "active", "found": list(found)}:
            return refusals.ActiveContent(name, found=tuple(str(part) for part in found))
        case {"refused": "too-many-pages", "pages": int(pages)}:
            return refusals.TooManyPages(name, pages=pages, limit=limits.pages_max)
        case {"refused": "too-many-pixels", "width": int(width), "height": int(height)}:
            return refusals.PixelFlood(name, width=width, height=height, limit=limits.pixels_max)
        case {"refused": "too-much"}:
            return refusals.TooMuchToOpen(name)
        case {"refused": "no-such-page", "pages": int(pages)}:
            return refusals.NoSuchPage(name, pages=pages)
        case _:
            return refusals.UnreadableFile(name)
