"""The same arithmetic in C, compiled with the system's compiler when the bench runs."""

import ctypes
import shutil
import subprocess
from pathlib import Path

import numpy as np

from bench.peers import ROOT

SOURCE = Path(__file__).with_name("kernels.c")
LIBRARY = ROOT / "build" / "bench-kernels.so"
FLAGS = ("-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC")


def reference() -> ctypes.CDLL | None:
    """Return the compiled library, or say by name that there is no compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        print("  skipped: C reference loop (there is no gcc)")
        return None
    LIBRARY.parent.mkdir(exist_ok=True)
    subprocess.run([compiler, *FLAGS, str(SOURCE), "-o", str(LIBRARY), "-lm"], check=True)
    return ctypes.CDLL(str(LIBRARY))


def as_c(value: object) -> object:
    """Return an argument as C takes it: an array as its address, a number as 64 bits."""
    if isinstance(value, np.ndarray):
        return value.ctypes.data_as(ctypes.c_void_p)
    return ctypes.c_int64(int(value))  # type: ignore[call-overload]
