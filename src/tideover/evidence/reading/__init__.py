"""What a document says: its kind and its fields, each with the place on the page.

Lines of text in, a `Document` out: pure, and it does not matter whether the lines were a text
layer or were read from a photograph.
"""

from tideover.evidence.reading.document_kinds import DocumentKind, kind_of
from tideover.evidence.reading.documents import Document, document_of
from tideover.evidence.reading.fields import FIELDS, Field
from tideover.evidence.reading.lines import Line, Where, plain

__all__ = [
    "FIELDS",
    "Document",
    "DocumentKind",
    "Field",
    "Line",
    "Where",
    "document_of",
    "kind_of",
    "plain",
]
