"""The same rules compiled by numba: blocks of 64 loans, whole numbers, no array bigger than asked.

Nothing here is imported before it is wanted: `engine_for` says whether it is installed and worth
its start. Every function lets the interpreter go, so threads over chunks use all cores.
"""
