"""Saving everything and bringing it back: drills with the commands, and damaged backups."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tideover.app.verbs.backups.archive import (
    MANIFEST,
    BackupDamaged,
    NotABackup,
    unpack,
    write_archive,
)

MORNING = "2026-11-23T10:30:00+08:00"

#: Makes a lender with a case that has evidence, or reads it back, in a process of its own.
MAKE = """
from tideover.cli.service import start_service
start_service(demo=True)
from lender import open_lender, submitted
from tideover.app.files import store
lender = open_lender()
print(submitted(lender))
print(store(b"a sheet of paper", context="drill"))
"""
READ = """
import sys
from tideover.cli.service import start_service
start_service()
from tideover.app.db.models import Case
from tideover.app.files import read
from tideover.app.verbs import assessment
case = Case.objects.get(number=sys.argv[1])
print(case.state, case.borrower.name, read(sys.argv[2], context="drill").decode())
"""


class Place:
    """A home and a database of its own, worked on by commands in processes of their own."""

    def __init__(self, home: Path, database: str) -> None:
        self.home = home
        self.environment = {
            **{name: value for name, value in os.environ.items() if "TIDEOVER" not in name},
            "TIDEOVER_HOME": str(home),
            "TIDEOVER_DEMO": "1",
            "TIDEOVER_NOW": MORNING,
            "DJANGO_SETTINGS_MODULE": "tideover.app.settings",
            "PYTHONPATH": str(Path(__file__).parent),
        }
        if database:
            self.environment["TIDEOVER_DATABASE_URL"] = database

    def python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tideover(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tideover.cli.main", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def places(tmp_path, request):
    """Two empty places, on SQLite or on databases of the tests' PostgreSQL."""
    urls = ["", ""]
    if request.config.getoption("--postgres"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        urls = [_new_database(f"drill_{worker}_{number}") for number in (1, 2)]
    return [Place(tmp_path / f"home-{number}", url) for number, url in enumerate(urls)]


def _new_database(name: str) -> str:
    import psycopg
    from django.conf import settings

    known = settings.DATABASES["default"]
    host = known["HOST"]
    with psycopg.connect(
        host=host, user=known["USER"], dbname="postgres", autocommit=True
    ) as opened:
        opened.execute(f"DROP DATABASE IF EXISTS {name}")
        opened.execute(f"CREATE DATABASE {name}")
    return f"postgres://{known['USER']}@/{name}?host={host}"


class TestDrill:
    def test_brings_a_case_its_evidence_ledger_and_log_back(self, places, tmp_path):
        there, here = places
        number, digest = there.python("-c", MAKE).split()
        saved = there.tideover("backup", str(tmp_path / "all.tar"), "--with-keys")
        assert saved.returncode == 0, saved.stderr

        restored = here.tideover("restore", str(tmp_path / "all.tar"), "--lang", "en")

        assert restored.returncode == 0, restored.stderr
        assert "the ledger agrees, the log is whole" in restored.stdout
        before = there.python("-c", READ, number, digest)
        assert here.python("-c", READ, number, digest) == before
        assert "a sheet of paper" in before
        for command in ("ledger", "audit"):
            assert here.tideover(command, "verify").returncode == 0
        again = here.tideover("restore", str(tmp_path / "all.tar"))
        assert again.returncode == 2
        assert here.python("-c", READ, number, digest) == before

    def test_leaves_the_keys_out_unless_asked(self, places, tmp_path):
        there = places[0]
        there.python("-c", MAKE)

        assert there.tideover("backup", str(tmp_path / "all.tar")).returncode == 0

        with tarfile.open(tmp_path / "all.tar") as archive:
            names = archive.getnames()
        assert "database" in names
        assert not [name for name in names if name.startswith("keys")]
        assert there.tideover("backup", str(tmp_path / "all.tar")).returncode == 2


@pytest.fixture
def whole(tmp_path):
    """A backup of two small files."""
    members = {}
    for name in ("database", "files/aa/sealed"):
        member = tmp_path / "from" / name
        member.parent.mkdir(parents=True, exist_ok=True)
        member.write_bytes(name.encode() * 100)
        members[name] = member
    path = tmp_path / "whole.tar"
    write_archive(path, members, made_at="2026-11-23", vendor="sqlite", counts={"loans": 1})
    return path


class TestUnpack:
    def test_gives_back_every_byte(self, whole, tmp_path):
        contents = unpack(whole, into=tmp_path / "out")

        assert set(contents.digests) == {"database", "files/aa/sealed"}
        assert (tmp_path / "out" / "files/aa/sealed").read_bytes() == b"files/aa/sealed" * 100

    @pytest.mark.parametrize("member", ["database", "files/aa/sealed"])
    def test_finds_every_changed_byte_of_a_member(self, whole, tmp_path, member):
        with tarfile.open(whole) as archive:
            start, size = archive.getmember(member).offset_data, archive.getmember(member).size
        for number, place in enumerate(range(start, start + size, 97)):
            content = bytearray(whole.read_bytes())
            content[place] ^= 1
            changed = tmp_path / f"changed-{number}.tar"
            changed.write_bytes(content)

            with pytest.raises((BackupDamaged, NotABackup)):
                unpack(changed, into=tmp_path / f"out-{number}")

    def test_refuses_what_was_cut_off(self, whole, tmp_path):
        cut = tmp_path / "cut.tar"
        cut.write_bytes(whole.read_bytes()[:1500])

        with pytest.raises(NotABackup):
            unpack(cut, into=tmp_path / "out")

    def test_refuses_a_file_that_is_no_backup(self, tmp_path):
        path = tmp_path / "note.tar"
        path.write_text("not a tar", encoding="utf-8")

        with pytest.raises(NotABackup):
            unpack(path, into=tmp_path / "out")

    @pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/not-listed"])
    def test_takes_nothing_that_is_not_on_its_list(self, whole, tmp_path, name):
        added = tmp_path / "added.tar"
        shutil.copyfile(whole, added)
        with tarfile.open(added, "a") as archive:
            archive.add(whole, arcname=name, recursive=False)

        with pytest.raises(BackupDamaged):
            unpack(added, into=tmp_path / "out")
        assert not (tmp_path / "outside").exists()

    def test_refuses_a_list_of_another_program(self, tmp_path):
        listed = tmp_path / MANIFEST
        listed.write_text("{}", encoding="utf-8")
        with tarfile.open(tmp_path / "other.tar", "w") as archive:
            archive.add(listed, MANIFEST)

        with pytest.raises(NotABackup):
            unpack(tmp_path / "other.tar", into=tmp_path / "out")
