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


def said(*named: str, **environment: str) -> tuple[int, str]:
    words = ["token", "--as", "inspector", *named]
    done = CliRunner().invoke(build(["token"]), words, env={"KYCUONG_LANGUAGE": "en", **environment})
    return done.exit_code, done.stderr.strip()


def test_outside_the_embedded_default_it_signs_nothing_and_asks_no_database(data: Path) -> None:
    describe(data, {"environment": "production", "secrets": str(data), "database": "postgresql:///nowhere"})
    assert said("--data", str(data)) == (1, text("en", "token-embedded-only", {}))


def test_without_the_sample_it_signs_nothing_though_accounts_are_there_from_before(data: Path) -> None:
    started = {"environment": "development", "local_accounts": "false", "database": "postgresql:///nowhere"}
    describe(data, {**started, "secrets": str(data)})
    assert said("--data", str(data)) == (1, text("en", "token-sample-only", {}))


def test_where_no_suite_runs_it_says_so(data: Path) -> None:
    assert said("--data", str(data)) == (1, text("en", "suite-not-running", {"folder": str(data)}))


def test_in_a_deployment_the_environment_says_where_everything_is() -> None:
    deployed = {"KYCUONG_DATABASE": "postgresql:///nowhere", "KYCUONG_ENVIRONMENT": "production"}
    assert said(**deployed) == (1, text("en", "token-embedded-only", {}))
