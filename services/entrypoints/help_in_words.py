"""What `--help` says of commands and their options, in the reader's language.

The code says it in English, the catalogue in Vietnamese by that English. What Typer says itself (Usage, Options) is
its own.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperArgument, TyperGroup, TyperOption

from services.adapters.catalogues import COMMANDS, vietnamese
from services.entrypoints.console import language


class SpokenGroup(TyperGroup):
    """A group all of whose commands speak the reader's language."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 -- handed on as Typer hands them
        super().__init__(**attributes)
        if language() == "vi":
            _speak(self)


def _speak(group: TyperGroup) -> None:
    for command in group.commands.values():
        command.help = _said(command.help)
        for parameter in command.params:
            if isinstance(parameter, TyperOption | TyperArgument):
                parameter.help = _said(parameter.help)
            if isinstance(parameter, TyperOption):
                parameter.prompt = _said(parameter.prompt)
        if isinstance(command, TyperGroup):
            _speak(command)


def _said(english: str | None) -> str | None:
    """In Vietnamese; a help that no catalogue has stands as it is."""
    return english and vietnamese(COMMANDS).get(" ".join(english.split()), english)
