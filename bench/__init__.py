"""The tables of docs/reference/performance.md, measured here and now: `make bench`."""
