"""Model fields whose values lie in the database only as envelopes.

The envelope is bound to `table:column:row`, so the row must know its key before it is saved: models
with such fields have a UUID key (`SealedRow`). Values open when they are first read, not when the
row is loaded: a list that shows no names opens none.
"""

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from tideover.app.db.envelope import blind_index, seal, unseal
from tideover.money import Refusal

if TYPE_CHECKING:
    _TextField = models.Field[Any, Any]
else:
    _TextField = models.Field

__all__ = ["EncryptedRecord", "EncryptedText", "Sealed", "SealedRow", "blind_index"]


class NotSealable(Refusal):
    """A plain value was about to be written where only an envelope may stand."""

    code: ClassVar[str] = "not-sealable"

    def __init__(self, column: str) -> None:
        self.column = column
        super().__init__(
            f"{column} is encrypted for its own row: set it on the object and save the object, "
            "an update() or filter() of many rows cannot seal it."
        )


@dataclass(frozen=True, slots=True)
class Sealed:
    """An envelope as it lies in the database."""

    envelope: bytes


class SealedRow(models.Model):
    """A row with encrypted fields: its key is known before it is written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class _OpenedOnRead(DeferredAttribute):
    """Opens the envelope the first time the attribute is read, and keeps what was in it."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Sealed):
            return value
        field = cast("EncryptedText", self.field)
        opened = field.opened(value, instance)
        instance.__dict__[field.attname] = opened
        return opened

    # With __set__ this is a data descriptor, so that reading goes through __get__ every time.
    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedText(_TextField):
    """Text kept as an AES-GCM envelope bound to its table, column and row."""

    descriptor_class = _OpenedOnRead

    def get_internal_type(self) -> str:
        """Stored as bytes in either database."""
        return "BinaryField"

    def context_of(self, instance: models.Model) -> str:
        """The place an envelope of this field is bound to."""
        return f"{self.model._meta.db_table}:{self.column}:{instance.pk}"  # noqa: SLF001

    def opened(self, sealed: Sealed, instance: models.Model) -> Any:
        """What the envelope holds. Raises EnvelopeBroken when it is not of this row."""
        content = unseal(sealed.envelope, context=self.context_of(instance))
        return self.from_text(content.decode("utf-8"))

    # The signatures of the next two are Django's.
    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001
        """Seal the value for this row; an envelope nobody opened is written back as it is."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        content = self.to_text(value).encode("utf-8")
        return Sealed(seal(content, context=self.context_of(model_instance)))

    def get_db_prep_value(
        self,
        value: Any,
        connection: Any,
        prepared: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> Any:
        """Only an envelope may pass. Raises NotSealable for anything else."""
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise NotSealable(f"{self.model._meta.db_table}.{self.column}")  # noqa: SLF001
        return connection.Database.Binary(value.envelope)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed | None:
        """The envelope, closed: the row's key is not known here."""
        return None if value is None else Sealed(bytes(value))

    def to_text(self, value: Any) -> str:
        """The text that is sealed."""
        return str(value)

    def from_text(self, text: str) -> Any:
        """The value of a text that was sealed."""
        return text


class EncryptedRecord(EncryptedText):
    """A JSON record kept as an envelope; reads as dict."""

    def to_text(self, value: Any) -> str:
        """JSON with sorted keys."""
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def from_text(self, text: str) -> Any:
        """The record."""
        return json.loads(text)
