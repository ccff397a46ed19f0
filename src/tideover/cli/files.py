"""Reading the file a command was given."""

from pathlib import Path
from typing import ClassVar

from tideover.money import Refusal


class FileNotReadable(Refusal):
    """There is no such file, or it may not be read."""

    code: ClassVar[str] = "file-not-readable"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name!r} cannot be read; check the name and whether you may read it",
            f"无法读取“{name}”；请检查文件名和读取权限",
        )


def file_bytes(name: str) -> bytes:
    """Return what is in the file `name`.

    Raises:
        FileNotReadable: it is not there, is a folder, or may not be read.
    """
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError):
        raise FileNotReadable(name) from None
