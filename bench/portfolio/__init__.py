"""The portfolio room: kernels against C and peers, whole commands, the cluster, a cold start."""

from importlib import import_module

PARTS = ("schedules", "options", "close", "cold", "commands", "cluster")


def _run(name: str) -> bool:
    return bool(import_module(f"bench.portfolio.{name}").run())


def run() -> bool:
    """Print every table of the room; one alone is `python -m bench portfolio.options`."""
    return all([*map(_run, PARTS)])
