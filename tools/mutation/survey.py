"""Which tests run which lines, how long each takes, and that all of them pass as things are."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, Phase, settings

#: Lines a module runs when it is imported, before any test.
AT_IMPORT = ""


@dataclass(eq=False)
class Survey:
    """A pytest plugin: it watches a run. Its hooks are called by pytest."""

    sources: list[str]
    examples: int
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    lines: dict[str, dict[int, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._coverage = Coverage(data_file=None, include=self.sources, config_file=False)
        self._coverage.start()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Draw few examples, always the same."""
        for item in items:
            calm(item, self.examples)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note what the test runs, and the processor time it takes."""
        self._coverage.switch_context(item.nodeid)
        started = time.process_time()
        try:
            return (yield)
        finally:
            self._coverage.switch_context(AT_IMPORT)
            self.seconds[item.nodeid] = time.process_time() - started

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note whether the test failed."""
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Turn what was noted round: the tests of each line of each file."""
        self._coverage.stop()
        found = self._coverage.get_data()
        for path in found.measured_files():
            self.lines[path] = {
                line: [name for name in names if name in self.seconds or name == AT_IMPORT]
                for line, names in found.contexts_by_lineno(path).items()
            }


def calm(item: pytest.Item, examples: int) -> bool:
    """Let hypothesis draw the same few examples each time, keep no book, and shrink nothing.

    Returns whether the test draws anything: another one does the same however often it runs.
    """
    draws = False
    bound = getattr(item, "obj", None)
    machine, test = getattr(item, "cls", None), getattr(bound, "__func__", bound)
    for holder, name in ((machine, "settings"), (test, "_hypothesis_internal_use_settings")):
        own = getattr(holder, "_settings_as_written", getattr(holder, name, None))
        if isinstance(own, settings):
            setattr(holder, "_settings_as_written", own)  # noqa: B010
            setattr(holder, name, _calm(own, examples))
            draws = True
    return draws


def _calm(own: settings, examples: int) -> settings:
    return settings(
        own,
        max_examples=min(own.max_examples, examples),
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
