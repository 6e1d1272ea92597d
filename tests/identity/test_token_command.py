"""`kycuong token` signs for the suite that `kycuong up` runs on this machine, and for nobody else."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.adapters.catalogues import text
from services.entrypoints.cli import build
from services.entrypoints.running_suite import describe


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path


def said(data: Path) -> tuple[int, str]:
    done = CliRunner().invoke(
        build(["token"]), ["token", "--as", "inspector", "--data", str(data)], env={"KYCUONG_LANGUAGE": "en"}
    )
    return done.exit_code, done.stderr.strip()


def test_outside_the_embedded_default_it_signs_nothing_and_asks_no_database(data: Path) -> None:
    describe(data, {"environment": "production", "secrets": str(data), "database": "postgresql:///nowhere"})
    assert said(data) == (1, text("en", "token-embedded-only", {}))


def test_where_no_suite_runs_it_says_so(data: Path) -> None:
    assert said(data) == (1, text("en", "suite-not-running", {"folder": str(data)}))
