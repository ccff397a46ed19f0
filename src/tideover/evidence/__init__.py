"""What each cause needs as evidence, and what a file is before anybody looks at it.

Bytes in, findings out: nothing here keeps a file or fetches one. `inspect` says what an upload
is or refuses it by name; `served_copy` makes the only bytes that a browser may be given.
"""

from tideover.evidence.copies import ServedCopy, page_picture, served_copy
from tideover.evidence.inspection import Sniffed, inspect
from tideover.evidence.kinds import FileKind
from tideover.evidence.names import display_name
from tideover.evidence.needs import EvidenceNeed, NeedWithoutWords, needed
from tideover.evidence.refusals import (
    ActiveContent,
    EmptyFile,
    EncryptedPdf,
    FileRefused,
    KindNotAccepted,
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
    "EmptyFile",
    "EncryptedPdf",
    "EvidenceNeed",
    "FileKind",
    "FileRefused",
    "KindNotAccepted",
    "Limits",
    "NeedWithoutWords",
    "NoSuchPage",
    "NotWhatItSays",
    "PixelFlood",
    "ServedCopy",
    "Sniffed",
    "TooLarge",
    "TooManyPages",
    "TooMuchToOpen",
    "UnreadableFile",
    "display_name",
    "inspect",
    "needed",
    "page_picture",
    "served_copy",
]
