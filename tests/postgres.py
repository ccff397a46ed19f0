"""A PostgreSQL server of the tests' own: made in a temporary folder, reached through a socket only.

The binaries are those of $PG_BIN or of Debian's package. PostgreSQL refuses to run as root, so root
hands the folder to another account and starts the server as that one. Nothing else is touched.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = 0
_SECONDS_TO_START = 60
_SERVER_ACCOUNTS = ("postgres", "nobody")
_MISSING = (
    "PostgreSQL was not found: `apt-get install postgresql`, "
    "or set PG_BIN to the folder that holds initdb and postgres."
)


class PostgresMissing(RuntimeError):
    """There are no PostgreSQL binaries to start a server from."""


def find_binaries() -> Path:
    """The folder of initdb and pg_ctl, the newest version first. Raises PostgresMissing."""
    given = os.environ.get("PG_BIN")
    folders = [Path(given)] if given else sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1]
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise PostgresMissing(_MISSING)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server and give its database URL; stop it and remove it afterwards."""
    binaries = find_binaries()
    # Short: a socket's path must fit into 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="tidepg-", dir="/tmp"))
    account = _account()
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    cluster = str(folder / "cluster")
    try:
        _run(binaries / "initdb", "-D", cluster, "-U", "tideover", "-A", "trust", "-E", "UTF8",
             "--no-sync", "--locale=C.UTF-8", account=account)  # fmt: skip
        options = f"-F -c listen_addresses='' -c unix_socket_directories={folder}"
        _run(binaries / "pg_ctl", "-D", cluster, "-w", "-o", options, "-l", f"{folder}/log",
             "start", account=account)  # fmt: skip
        try:
            yield f"postgres://tideover@/postgres?host={folder}"
        finally:
            _run(binaries / "pg_ctl", "-D", cluster, "-m", "immediate", "stop", account=account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start_again(url: str) -> None:
    """Start the server of a URL after it was killed, and wait until it answers.

    PostgreSQL refuses to start while a process of the killed server still holds its shared
    memory, which on a busy machine takes a while, so it is tried until it may.
    """
    folder = Path(url.partition("host=")[2])
    options = f"-F -c listen_addresses='' -c unix_socket_directories={folder}"
    command = (find_binaries() / "pg_ctl", "-D", str(folder / "cluster"), "-w", "-o", options,
               "-l", f"{folder}/log", "start")  # fmt: skip
    last = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            _run(*command, account=_account())
        except subprocess.CalledProcessError:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)
        else:
            return


def _account() -> pwd.struct_passwd | None:
    """The account to run the server as: None is the one the tests run as."""
    if os.getuid() != _ROOT:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in _SERVER_ACCOUNTS if name in known)


def _run(*command: str | Path, account: pwd.struct_passwd | None) -> None:
    if account is None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/tmp")
        return
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/tmp",
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
    )
