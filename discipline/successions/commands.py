"""What can be asked of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from discipline.standing import Person
    from schemas.discipline.successions import Passage, Singled, Went
    from schemas.inspection.organisation import RestructuringAnnounced
    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class ProposeSuccession:
    """An act was announced. Total."""

    announced: RestructuringAnnounced
    heir_post: str
    posts: tuple[str, ...]
    """The posts of the agencies that end."""


@dataclass(frozen=True, slots=True)
class WithdrawSuccession:
    """The act was withdrawn. Total."""


@dataclass(frozen=True, slots=True)
class CorrectSuccession:
    """Somebody of the authority or of an agency concerned puts it right."""

    by: Person
    passages: tuple[Passage, ...]
    singled: tuple[Singled, ...]
    chains: Mapping[str, tuple[str, ...]]
    """Of every post that is named as a goal: its agency on the day and all above it; absent where there is none."""
    posts: Collection[str]
    """The posts of the agencies that end, also one that was created after the plan was proposed."""
    owned: Collection[UUID]
    """Of the follow-ups that are named, those that go on and belong to one of these posts."""
    reasons: DocumentRef


@dataclass(frozen=True, slots=True)
class ApproveSuccession:
    """The authority approves it."""

    by: Person
    chair: str
    """The post of the authority's chair."""


@dataclass(frozen=True, slots=True)
class CarryOutSuccession:
    """Everything passes on now, in one act."""

    by: Person
    chair: str
    at: datetime
    today: date
    recorded: bool
    """The end of the agencies is recorded."""
    went: tuple[Went, ...]


PolicyCommand: TypeAlias = ProposeSuccession | WithdrawSuccession
PersonsCommand: TypeAlias = CorrectSuccession | ApproveSuccession | CarryOutSuccession
Command: TypeAlias = PolicyCommand | PersonsCommand
