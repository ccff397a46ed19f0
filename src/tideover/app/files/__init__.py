"""Files kept by what they contain: encrypted, bound to their place, whole or not there at all.

`store` answers with the digest of the plain bytes, which is the only name a file has; nothing
that comes from outside is ever part of a path. `read` gives the bytes back only to a caller that
names the same context, and only when they still have that digest.
"""

from tideover.app.files.envelope import ForeignEnvelope, KeyNotHeld, opened, sealed
from tideover.app.files.parts import Upload, forget_uploads
from tideover.app.files.seen import SeenBefore, SeenDocuments
from tideover.app.files.store import (
    FileChanged,
    FileNotKept,
    Kept,
    NotADigest,
    digest_of,
    holds,
    kept,
    read,
    remove,
    scope_of,
    store,
)

__all__ = [
    "FileChanged",
    "FileNotKept",
    "ForeignEnvelope",
    "Kept",
    "KeyNotHeld",
    "NotADigest",
    "SeenBefore",
    "SeenDocuments",
    "Upload",
    "digest_of",
    "forget_uploads",
    "holds",
    "kept",
    "opened",
    "read",
    "remove",
    "scope_of",
    "sealed",
    "store",
]
