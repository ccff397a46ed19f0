"""Run every table, or those named: python -m bench [schedules] [folding]."""

import sys
from importlib import import_module

#: Each module here has `tables() -> Iterable[Table]`.
MODULES = ("schedules", "folding")


def main() -> None:
    """Print the tables."""
    for name in sys.argv[1:] or MODULES:
        for table in import_module(f"bench.{name}").tables():
            print(table.text, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
