"""Without an engine the deployment's tests are left out by name and number, and a run that must have them fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = (sys.executable, "-m", "pytest", "tests/compose", "tests/operating/test_selection.py", "-k", "compose or cheap")
NO_ENGINE = {"DOCKER_HOST": "unix:///nowhere/docker.sock"}
REQUIRED = {"KYCUONG_COMPOSE": "required"}


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("KYCUONG", "PYTEST"))}
    return subprocess.run(RUN, cwd=ROOT, env={**inherited, **environment}, capture_output=True, text=True, check=False)


def test_cheap() -> None:
    """What the runs below run besides."""


def test_without_an_engine_they_are_counted_as_left_out() -> None:
    done = run(**NO_ENGINE)
    *_, reason, last = done.stdout.splitlines()
    assert "no Docker engine" in reason
    assert "1 passed" in last
    assert "deselected" in last
    assert done.returncode == 0


def test_where_they_are_required_nothing_begins_without_an_engine() -> None:
    done = run(**NO_ENGINE, **REQUIRED)
    assert "No Docker engine" in done.stderr
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
