"""Write into the console blocks of the documentation what their commands print today."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n\$ (tideover [^\n]*)\n.*?^```", re.MULTILINE | re.DOTALL)


def printed(command: str) -> str:
    """Return what `command` prints, in a folder of its own."""
    with tempfile.TemporaryDirectory() as home:
        completed = subprocess.run(
            command.split(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={
                **os.environ,
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "TIDEOVER_HOME": home,
                "COLUMNS": "100",
                "NO_COLOR": "1",
            },
        )
    text = completed.stdout + completed.stderr
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def main() -> None:
    """Rewrite every page that shows a command."""
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        old = page.read_text(encoding="utf-8")
        new = BLOCK.sub(lambda match: f"```console\n$ {match[1]}\n{printed(match[1])}\n```", old)
        if new != old:
            page.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
