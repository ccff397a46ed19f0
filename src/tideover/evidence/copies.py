"""What may be shown of a file: pixels made new, never the sender's own bytes."""

from dataclasses import dataclass

from tideover.evidence.inspection import answer_of
from tideover.evidence.kinds import FileKind
from tideover.evidence.sandbox import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class ServedCopy:
    """A copy that is safe to hand to a browser, and its media type."""

    media_type: str
    content: bytes


def served_copy(content: bytes, *, kind: FileKind, limits: Limits = DEFAULT_LIMITS) -> ServedCopy:
    """Return a fresh copy of a file that `inspect` accepted, without metadata.

    A picture comes back as an upright JPEG, a PDF as a PDF of pictures of its pages: place,
    device, author, scripts, links and whatever was appended stay behind. The original is what
    a forensic look needs and is not touched.

    Raises:
        FileRefused: the content is not an accepted file after all.
    """
    _, copy = answer_of(content, task=("copy", kind.value, "1"), name="file", limits=limits)
    pdf = kind is FileKind.PDF
    return ServedCopy("application/pdf" if pdf else "image/jpeg", copy)


def page_picture(
    content: bytes, *, kind: FileKind, page: int = 1, limits: Limits = DEFAULT_LIMITS
) -> ServedCopy:
    """Return page number `page`, counted from one, as a JPEG to look at beside a form.

    Raises:
        NoSuchPage: the file has fewer pages.
        FileRefused: the content is not an accepted file after all.
    """
    _, copy = answer_of(content, task=("page", kind.value, str(page)), name="file", limits=limits)
    return ServedCopy("image/jpeg", copy)
