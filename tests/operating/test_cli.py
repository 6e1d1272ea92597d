"""The command line where the packages of `kycuong up` are not installed, as in the deployment's image."""

import pytest
from typer.testing import CliRunner

from services.entrypoints import cli


@pytest.fixture(autouse=True)
def image(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "find_spec", lambda _name: None)


def test_help_names_what_works_there() -> None:
    shown = CliRunner().invoke(cli.build(), ["--help"])
    assert shown.exit_code == 0
    assert "verify" in shown.output
    assert "doctor" not in shown.output


def test_what_does_not_work_there_is_no_command() -> None:
    refused = CliRunner().invoke(cli.build(), ["doctor"])
    assert refused.exit_code == 2
    assert "No such command" in refused.output
