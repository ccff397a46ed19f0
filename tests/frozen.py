"""Frozen all the way down: what a room shows to others cannot be changed."""

from dataclasses import is_dataclass
from types import ModuleType


def loose(room: ModuleType) -> list[str]:
    """The public records of a room that can be changed, or that take attributes they lack."""
    records = [getattr(room, name) for name in room.__all__]
    return [
        record.__name__
        for record in records
        if isinstance(record, type) and is_dataclass(record)
        if not record.__dataclass_params__.frozen or not hasattr(record, "__slots__")
    ]
