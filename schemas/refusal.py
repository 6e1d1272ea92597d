"""Refusals: why a command was not carried out, as typed facts without any HTTP code."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import ClassVar, Self


class Coded(str):
    """Codes in a refusal's facts whose words stand in the catalogues as `<kind>-<code>`: readers get the words.

    As a fact for programs it is the codes themselves, joined by commas.
    """

    __slots__ = ("codes", "kind")
    kind: str
    codes: tuple[str, ...]

    def __new__(cls, kind: str, *codes: str) -> Self:
        """Name the kind, and as many codes of it as there are."""
        made = super().__new__(cls, ", ".join(codes))
        made.kind, made.codes = kind, codes
        return made


@dataclass(unsafe_hash=True)
class Refusal(Exception):
    """A command was refused; the subclass names the rule, its fields the facts.

    `code` is the class name in kebab-case and the id of its text in the catalogues; the
    fields are the text's arguments. `field` names the input at fault where there is one.
    Subclasses are `@dataclass(unsafe_hash=True)` and not frozen: contextlib assigns
    `__traceback__` to every exception that passes through it.
    """

    field: ClassVar[str | None] = None

    @property
    def code(self) -> str:
        """Return the id of the refusal: its class name in kebab-case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()

    @property
    def facts(self) -> dict[str, object]:
        """Return what the refusal states, by name."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}

    def __str__(self) -> str:
        stated = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code}({stated})"
