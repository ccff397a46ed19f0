"""Work that happens while nobody looks: who runs it, one at a time, over the one database."""

from tideover.app.jobs.leases import JobRunning, Lease, lease

__all__ = ["JobRunning", "Lease", "lease"]
