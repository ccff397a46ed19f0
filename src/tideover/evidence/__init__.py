"""What each cause needs as evidence, and what a file is before anybody looks at it.

Bytes in, findings out: nothing here keeps a file or fetches one. `inspect` says what an upload
is or refuses it by name; `served_copy` makes the only bytes that a browser may be given.
"""

from tideover.evidence.checks import Facts, Finding, Outcome, Weight
from tideover.evidence.copies import ServedCopy, page_picture, served_copy
from tideover.evidence.examination import Examined, examine
from tideover.evidence.inspection import Sniffed, inspect
from tideover.evidence.kinds import FileKind
from tideover.evidence.likeness import Likeness, Signature, likeness, signature_of
from tideover.evidence.names import display_name
from tideover.evidence.needs import EvidenceNeed, NeedWithoutWords, needed
from tideover.evidence.reading import Document, DocumentKind, Field, Where
from tideover.evidence.refusals import (
    ActiveContent,
    EmptyFile,
    EncryptedPdf,
    FileRefused,
    KindNotAccepted,
    NoRoomLeft,
    NoSuchPage,
    NotWhatItSays,
    PixelFlood,
    TooLarge,
    TooManyPages,
    TooMuchToOpen,
    UnreadableFile,
)
from tideover.evidence.sandbox import Limits

__all__ = [
    "ActiveContent",
    "Document",
    "DocumentKind",
    "EmptyFile",
    "EncryptedPdf",
    "EvidenceNeed",
    "Examined",
    "Facts",
    "Field",
    "FileKind",
    "FileRefused",
    "Finding",
    "KindNotAccepted",
    "Likeness",
    "Limits",
    "NeedWithoutWords",
    "NoRoomLeft",
    "NoSuchPage",
    "NotWhatItSays",
    "Outcome",
    "PixelFlood",
    "ServedCopy",
    "Signature",
    "Sniffed",
    "TooLarge",
    "TooManyPages",
    "TooMuchToOpen",
    "UnreadableFile",
    "Weight",
    "Where",
    "display_name",
    "examine",
    "inspect",
    "likeness",
    "needed",
    "page_picture",
    "served_copy",
    "signature_of",
]
