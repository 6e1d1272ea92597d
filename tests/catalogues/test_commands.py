"""What `kycuong --help` says, in the language of who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command
from typer.testing import CliRunner

from services.adapters.catalogues import COMMANDS
from services.entrypoints.cli import build
from tests.catalogues.test_gettext import read

if TYPE_CHECKING:
    from collections.abc import Iterator


def helps(group: TyperGroup) -> Iterator[str | None]:
    """What the commands of a group say of themselves, of each option and when they ask for one."""
    for command in group.commands.values():
        yield command.help
        for parameter in command.params:
            assert isinstance(parameter, TyperOption | TyperArgument)
            yield parameter.help
            if isinstance(parameter, TyperOption) and parameter.prompt:
                yield parameter.prompt
        if isinstance(command, TyperGroup):
            yield from helps(command)


@pytest.fixture
def in_the_code(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    monkeypatch.setenv("KYCUONG_LANGUAGE", "en")
    everything = get_command(build())
    assert isinstance(everything, TyperGroup)
    return {" ".join(said.split()) if said else "" for said in helps(everything)}


def test_each_command_and_option_is_explained_in_vietnamese(in_the_code: set[str]) -> None:
    assert in_the_code - {str(entry.id) for entry in read(COMMANDS)} == set()


def test_nothing_is_explained_that_is_no_longer_there(in_the_code: set[str]) -> None:
    assert {str(entry.id) for entry in read(COMMANDS)} - in_the_code == set()


@pytest.mark.parametrize(("language", "said"), [("vi", "Nhận phiếu dưới tên mình"), ("en", "Take a ballot paper")])
def test_help_speaks_the_language_of_who_reads_it(language: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KYCUONG_LANGUAGE", language)

    shown = CliRunner().invoke(build(), ["ballot", "--help"])

    assert said in shown.output
