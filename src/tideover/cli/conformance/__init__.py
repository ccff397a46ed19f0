"""tideover conformance: loan cases that others published, against this engine."""

from tideover.cli.conformance.command import run

__all__ = ["run"]
