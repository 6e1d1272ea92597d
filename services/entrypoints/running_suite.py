"""How other commands find a suite that runs: a file in its data folder, without secrets."""

import json
from collections.abc import Mapping
from pathlib import Path

from services.entrypoints.settings import Settings


class SuiteNotRunning(Exception):
    """No suite runs on this data folder."""


def describe(data: Path, settings: Mapping[str, str]) -> None:
    """Write down what the processes of this run are told; whole or not at all."""
    path = _path(data)
    unfinished = path.with_name(path.name + ".new")
    unfinished.write_text(json.dumps(dict(settings), indent=1))
    unfinished.replace(path)


def forget(data: Path) -> None:
    """The run has ended."""
    _path(data).unlink(missing_ok=True)


def settings_of(data: Path | None) -> Settings:
    """The settings of the suite that runs on a data folder; without one, those of the environment.

    Raises:
        SuiteNotRunning: the folder's suite does not run.
    """
    if data is None:
        return Settings()
    try:
        told = json.loads(_path(data).read_text())
    except FileNotFoundError:
        raise SuiteNotRunning(str(data)) from None
    return Settings(**told)


def _path(data: Path) -> Path:
    return data / "run" / "suite.json"
