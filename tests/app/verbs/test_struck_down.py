"""The server is struck down while it signs: afterwards unsigned, or signed once, never between."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
UNSIGNED = {
    "state": "awaiting-signature",
    "signatures": 0,
    "restructures": 0,
    "active_schedules": 1,
    "notices": 0,
    "is_sealed": False,
    "faults": [],
    "chain_holds": True,
}
SIGNED = UNSIGNED | {
    "state": "active",
    "signatures": 1,
    "restructures": 1,
    "notices": 1,
    "is_sealed": True,
}


@pytest.fixture
def process(tmp_path):
    """Run a step of `signing_process` on a database file of this test's own."""
    environment = {
        name: value for name, value in os.environ.items() if name != "TIDEOVER_DATABASE_URL"
    } | {
        "TIDEOVER_HOME": str(tmp_path),
        "TIDEOVER_DEMO": "1",
        "TIDEOVER_NOW": "2026-11-23T10:30:00+08:00",
        "DJANGO_SETTINGS_MODULE": "tideover.app.settings",
    }

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "signing_process.py", *map(str, words)],
            cwd=HERE, env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    return run


def told(finished: subprocess.CompletedProcess[str]) -> dict:
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


class TestSigningStruckDown:
    def test_is_unsigned_or_signed_once(self, process):
        code = told(process("prepare"))["code"]
        struck = []

        for milliseconds in (60, 250, 700):
            finished = process("sign", code, milliseconds)
            struck.append(finished.returncode < 0)
            found = told(process("tell"))
            assert found in (UNSIGNED, SIGNED), f"after {milliseconds} ms"
            if found == SIGNED:
                break

        signature = told(process("sign", code, 60_000))
        assert told(process("tell")) == SIGNED
        assert told(process("sign", code, 60_000)) == signature
        assert any(struck), "no run was struck down: the machine is faster than the delays"
