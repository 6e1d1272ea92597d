"""Whether a run has the deployment's tests: left out by name where no engine answers, missed where they must run."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from _pytest.terminal import TerminalReporter
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

from tests.compose import engine

HERE = Path(__file__).parent
PREFIX = "tests/compose/"
LEFT_OUT = "compose-left-out"


class Selection:
    """A pytest plugin, in the process that hands tests out and in those that run them."""

    def __init__(self) -> None:
        self._left_out: Sequence[str] = ()
        self._ran: set[str] = set()

    @pytest.hookimpl
    def pytest_configure(self) -> None:
        """Begin nothing where they must run and cannot."""
        if engine.required() and not engine.answers():
            raise pytest.UsageError("No Docker engine with compose answers here (docker info), and it is required.")

    @pytest.hookimpl
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave them out where no engine answers."""
        if engine.answers():
            return
        without = [item for item in items if HERE in item.path.parents]
        items[:] = [item for item in items if item not in without]
        config.hook.pytest_deselected(items=without)
        self._left_out = [item.nodeid for item in without]

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tell whoever hands tests out what was left out; fail a run that had to have these tests and had not."""
        if (told := getattr(session.config, "workeroutput", None)) is not None:
            told[LEFT_OUT] = list(self._left_out)
        elif self._missing():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """pytest-xdist: learn what was left out."""
        told = getattr(node, "workeroutput", {}).get(LEFT_OUT, ())
        if told and not self._left_out:
            node.config.hook.pytest_deselected(items=[SimpleNamespace(nodeid=nodeid) for nodeid in told])
            self._left_out = told

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember which files had a test that was really run."""
        if report.when == "call" and not report.skipped:
            self._ran.add(report.nodeid.partition("::")[0])

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Say it before the last line, which counts it."""
        if self._left_out:
            terminalreporter.write_line(
                f"{PREFIX} was NOT run ({len(self._left_out)} tests): no Docker engine with compose answers here.",
                yellow=True,
            )
        for path in self._missing():
            terminalreporter.write_line(f"FAILED {path} had to run, and no test of it did.", red=True)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> "FilesInTurn | None":
        """pytest-xdist: with `--dist loadfile`, one process has all of them."""
        return FilesInTurn(config, log) if config.getvalue("dist") == "loadfile" else None

    def _missing(self) -> Sequence[str]:
        if not engine.required():
            return ()
        return sorted({f"{PREFIX}{path.name}" for path in HERE.glob("test_*.py")} - self._ran)


class FilesInTurn(LoadFileScheduling):  # type: ignore[misc]  # pytest-xdist has no types
    """A file at a time to each process, but all deployments to one: each of them is a whole machine's load."""

    def _split_scope(self, nodeid: str) -> str:
        return PREFIX if nodeid.startswith(PREFIX) else str(super()._split_scope(nodeid))
