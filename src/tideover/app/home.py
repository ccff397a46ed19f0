"""Where this deployment keeps its things, and the secrets it keeps them under.

Everything lies in one folder, `TIDEOVER_HOME` (by default ./var): the SQLite file, the evidence,
the anchor of the audit log. Secrets come from the environment. The demo lender makes its own once,
under `keys/`, readable by nobody else; a real lender must bring them.
"""

import base64
import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from tideover.money import Refusal

_KEY_BYTES = 32
_OWNER_ONLY = 0o600


class SecretMissing(Refusal):
    """A secret is neither in the environment nor may it be made up, since this is no demo."""

    code: ClassVar[str] = "secret-missing"

    def __init__(self, variable: str) -> None:
        self.variable = variable
        super().__init__(
            f"{variable} is not set. Set it in the environment, "
            "or set TIDEOVER_DEMO=1 to run the demo lender with secrets of its own."
        )


class SecretMalformed(Refusal):
    """A key is not base64 of 32 bytes."""

    code: ClassVar[str] = "secret-malformed"

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size
        super().__init__(
            f"{name} holds {size} bytes where {_KEY_BYTES} are needed; "
            "write `id:` followed by the base64 of 32 random bytes."
        )


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys by their id. The first seals; every one of them opens."""

    keys: tuple[tuple[str, bytes], ...]

    @property
    def current(self) -> tuple[str, bytes]:
        """The id and the key new values are sealed with."""
        return self.keys[0]

    def get(self, key_id: str) -> bytes | None:
        """The key of that id, or None when this deployment does not hold it."""
        return next((key for known, key in self.keys if known == key_id), None)


def home() -> Path:
    """The folder of this deployment, made for its owner only when it is not there yet."""
    folder = Path(os.environ.get("TIDEOVER_HOME", "var")).absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def is_demo() -> bool:
    """Whether this is the demo lender: own secrets, on-screen outbox, plain HTTP.

    A home whose secrets the demo made is a demo, unless secrets come from the environment.
    """
    told = os.environ.get("TIDEOVER_DEMO", "")
    if told or os.environ.get("TIDEOVER_SECRET_KEY", ""):
        return told == "1"
    return (home() / "keys" / _file_name("TIDEOVER_SECRET_KEY")).exists()


def keys_folder() -> Path:
    """The folder of the demo's secrets, closed to everybody else."""
    folder = home() / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def secret(variable: str) -> str:
    """The secret of that environment variable; the demo makes one the first time.

    Raises SecretMissing when it is not set and this is not the demo.
    """
    value = os.environ.get(variable, "")
    if value:
        return value
    if not is_demo():
        raise SecretMissing(variable)
    return _made_once(_file_name(variable))


def _file_name(variable: str) -> str:
    return variable.removeprefix("TIDEOVER_").lower().replace("_", "-")


def keyring(variable: str = "TIDEOVER_FIELD_KEYS") -> Keyring:
    """The keys of one purpose, written `id:base64,id:base64`, the current one first.

    Raises SecretMissing and SecretMalformed.
    """
    entries = [entry.strip() for entry in secret(variable).split(",") if entry.strip()]
    return Keyring(tuple(_key(entry, variable) for entry in entries))


def _key(entry: str, variable: str) -> tuple[str, bytes]:
    key_id, _, text = entry.rpartition(":")
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise SecretMalformed(variable, 0) from error
    if len(key) != _KEY_BYTES:
        raise SecretMalformed(variable, len(key))
    return key_id or "k1", key


def _made_once(name: str) -> str:
    path = keys_folder() / name
    if not path.exists():
        text = "k1:" + base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode("ascii")
        _place(path, text)
    return path.read_text(encoding="ascii").strip()


def _place(path: Path, text: str) -> None:
    """Write a whole file at once: whoever comes second keeps what the first one made."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
