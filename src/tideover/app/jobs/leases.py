"""Leases: a job runs in one place at a time, and a process that died blocks nobody for long.

A lease is a row with an owner and an end. Whoever holds it renews it while working. It only spares
double work: what a job does is safe against running twice by itself.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db.models import Q

from tideover.app import clock
from tideover.app.db.models import JobLease
from tideover.money import Refusal

#: Longer than any chunk of any job takes.
LENGTH = timedelta(seconds=60)
_FAILURE_LENGTH_MAX = 300


class JobRunning(Refusal):
    """The job is being done by another process."""

    code: ClassVar[str] = "job-running"

    def __init__(self, name: str, *, owner: str, until: datetime | None) -> None:
        self.owner = owner
        when = f"{until:%H:%M:%S}" if until else "soon"
        super().__init__(
            f"{name} is being run by {owner}; wait for it, or try again after {when} UTC when its "
            f"lease ends if that process has died",
            f"{name} 正由 {owner} 执行；请等待其完成。若该进程已中止，可在 {when}（UTC）后重试",
        )


@dataclass(frozen=True, slots=True)
class Lease:
    """A job that is ours until its end."""

    name: str
    owner: str

    def renew(self) -> None:
        """Move the end on. Raises JobRunning when somebody took the job over."""
        held = JobLease.objects.filter(name=self.name, owner=self.owner)
        if not held.update(until=clock.now() + LENGTH):
            _refuse(self.name)


@contextmanager
def lease(name: str) -> Iterator[Lease]:
    """Hold the job while the block runs; how it ended is kept. Raises JobRunning."""
    row, _ = JobLease.objects.get_or_create(name=name)
    owner, at = f"{socket.gethostname()}:{os.getpid()}", clock.now()
    is_free = Q(until__isnull=True) | Q(until__lte=at) | Q(owner=owner)
    if _is_gone(row.owner):
        is_free |= Q(owner=row.owner)
    free = JobLease.objects.filter(is_free, name=name)
    if not free.update(owner=owner, until=at + LENGTH, began_at=at):
        _refuse(name)
    failure = "stopped"
    try:
        yield Lease(name, owner)
        failure = ""
    except Refusal as refusal:
        failure = str(refusal)[:_FAILURE_LENGTH_MAX]
        raise
    finally:
        held = JobLease.objects.filter(name=name, owner=owner)
        held.update(owner="", until=None, finished_at=clock.now(), failure=failure)


def _is_gone(owner: str) -> bool:
    """Whether the owner was a process of this machine that has died: its lease need not run out."""
    host, _, number = owner.rpartition(":")
    if host != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _refuse(name: str) -> None:
    row = JobLease.objects.get(name=name)
    raise JobRunning(name, owner=row.owner, until=row.until)
