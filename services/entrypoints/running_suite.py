"""How other commands find a suite that runs: a file in its data folder, without secrets."""

import json
from collections.abc import Mapping
from pathlib import Path

from services.adapters.embedded.service_user import obstacle, service_user
from services.entrypoints.settings import Settings

SYSTEM_FOLDER = Path("/var/lib/kycuong")


class SuiteNotRunning(Exception):
    """No suite runs on this data folder."""


def data_folder() -> Path:
    """`var` here; the system's own place where root stands in a folder that the database's user cannot reach."""
    here = Path("var").resolve()
    user = service_user()
    return SYSTEM_FOLDER if user and obstacle(here.parent, user) else here


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


def settings_here(data: Path | None) -> Settings:
    """The settings of a deployment whose environment names a database; else of the suite that runs on a data folder.

    Raises:
        SuiteNotRunning: the folder's suite does not run.
    """
    told = Settings()
    if data is None and "database" in told.model_fields_set:
        return told
    return settings_of(data or data_folder())


def _path(data: Path) -> Path:
    return data / "run" / "suite.json"
