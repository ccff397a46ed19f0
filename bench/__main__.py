"""Run every table, or those named: python -m bench [schedules] [folding] [offers] [papers] …."""

import sys
from importlib import import_module

#: Each module here has `run() -> bool`: whether every goal is met.
MODULES = (
    "schedules", "folding", "offers", "papers", "closing", "keeping", "desk", "service",
    "paint", "upload", "portfolio",
)  # fmt: skip


def main() -> int:
    """Print the tables and return 1 when a goal is missed."""
    met = [import_module(f"bench.{name}").run() for name in sys.argv[1:] or MODULES]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
