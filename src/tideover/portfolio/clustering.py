"""Shards over the workers of a Dask cluster, which read and write the same folders as we do."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from signal import SIG_IGN, SIGINT, signal
from threading import current_thread, main_thread
from typing import Any, ClassVar, Final

from tideover.money import Refusal
from tideover.portfolio.sharding import Runner, Shard, Told, simulate_shard
from tideover.portfolio.tallies import Tally

__all__ = ["ClusterMissing", "NoScheduler", "on_dask"]

#: A worker may die so often over one shard before the shard is held to be the cause.
DEATHS_MAX: Final = 3
#: How long to wait for a scheduler.
WAIT_SECONDS: Final = 10


class ClusterMissing(Refusal):
    """Dask is not installed."""

    code: ClassVar[str] = "cluster-missing"

    def __init__(self) -> None:
        super().__init__(
            "Dask is not installed: pip install 'tideover[cluster]', or leave out --engine dask",
            "未安装 Dask：请运行 pip install 'tideover[cluster]'，或去掉 --engine dask",
        )


class NoScheduler(Refusal):
    """No scheduler answers at the address."""

    code: ClassVar[str] = "no-scheduler"

    def __init__(self, address: str) -> None:
        super().__init__(
            f"no Dask scheduler answers at {address}: start one with `dask scheduler`, or leave "
            "out --scheduler for workers of this machine",
            f"{address} 没有 Dask 调度器响应：请先运行 dask scheduler，"
            "或去掉 --scheduler，在本机运行",
        )


def on_dask(scheduler: str | None, *, workers: int) -> Runner:
    """Return a runner over the cluster at an address, or over `workers` processes started here.

    A shard whose worker dies is given to another; sums that were written stay.

    Raises:
        ClusterMissing: Dask is not installed.
        NoScheduler: nobody answers at the address.
    """

    def run(shards: Sequence[Shard], told: Told) -> Iterator[Tally]:
        if not shards:
            return
        with ExitStack() as held:
            client = _client(scheduler, workers=min(workers, len(shards)), held=held)
            from distributed import as_completed

            # One shard in the queue of every worker is enough, and keeps an interrupt short.
            futures = client.map(simulate_shard, list(shards), pure=False, retries=DEATHS_MAX)
            held.callback(client.cancel, futures)
            held.enter_context(client.as_current())
            for future in as_completed(futures):
                tally: Tally = future.result()
                told(tally["loans"])
                yield tally

    return run


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let what is started within inherit that Ctrl-C is not meant for it: we stop our workers."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal(SIGINT, SIG_IGN)
    try:
        yield
    finally:
        signal(SIGINT, before)


def _client(scheduler: str | None, *, workers: int, held: ExitStack) -> Any:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise ClusterMissing from None
    if scheduler is not None:
        try:
            return held.enter_context(Client(scheduler, timeout=WAIT_SECONDS, set_as_default=False))
        except (OSError, ValueError):
            raise NoScheduler(scheduler) from None
    with _deaf_to_interrupts():
        cluster = LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        )
    held.enter_context(cluster)
    return held.enter_context(Client(cluster, set_as_default=False))
