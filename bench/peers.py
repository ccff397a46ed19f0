"""Other people's engines, installed for the bench alone and never into the project."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_FOLDER = ROOT / "build" / "bench-peers"
_LOCK = ROOT / "requirements" / "bench.txt"


class PeersMissing(RuntimeError):
    """The packages to compare with could not be installed."""


def make_importable() -> None:
    """Install the peers once, and put them where Python looks last."""
    if not (_FOLDER / "polars").exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        locked = ["--require-hashes", "-r", str(_LOCK), "--target", str(_FOLDER)]
        if subprocess.run([*command, *locked], check=False).returncode:
            raise PeersMissing(f"pip could not install {_LOCK.name}: is there a package index?")
    sys.path.append(str(_FOLDER))
