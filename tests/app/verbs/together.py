"""Running the same thing in several threads at one moment."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection


def together(*things: Callable[[], Any], late: Sequence[float] = ()) -> list[Any]:
    """Start every thing behind one barrier; return results and exceptions in the given order.

    `late` are the seconds that each waits behind the barrier; those it does not name wait none.
    """
    barrier = threading.Barrier(len(things))
    results: list[Any] = [None] * len(things)

    def run(place: int, thing: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            time.sleep(late[place] if place < len(late) else 0)
            results[place] = thing()
        except Exception as error:  # noqa: BLE001 - handed to the test, which looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(place, thing)) for place, thing in enumerate(things)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
