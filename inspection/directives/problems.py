"""What is wrong with a pack: where, as typed facts; the words and the mend stand in the catalogues under the code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing that has to be mended."""

    file: str
    line: int
    """From 1."""
    where: str
    """The place in the pack, such as `violation_types[3].remediation.days`; empty for the whole."""
    code: str
    """Id of the text that says what is wrong; its attribute `mend` says how to mend it."""
    facts: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        stated = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.file}:{self.line}: {self.where or 'pack'}: {self.code}({stated})"


class PackError(Exception):
    """A pack cannot be used; names everything that is wrong with it, in the order of its lines."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))
        super().__init__("\n".join(map(str, self.problems)))
